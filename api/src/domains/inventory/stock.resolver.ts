import { Arg, Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Role } from '../../platform/graphql/roles.js';
import type { LedgerList } from './lists/ledger-list.js';
import { StockSort } from './stock.enums.js';
import { StockFilter, StockMovementFilter } from './lists/stock-filter.input.js';
import type { StockList } from './lists/stock-list.js';
import { movementQuery, stockQuery, uuidOf } from './lists/stock-queries.js';
import { StockLocation } from './locations/stock-location.type.js';
import { itemById, locations } from './stock-rows.js';
import { StockReservationConnection } from './lists/stock-reservation.type.js';
import { StockMovementConnection } from './lists/stock-movement.type.js';
import { StockItem, StockItemConnection } from './stock.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ArgsType()
class StockPage implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: 'How many, 1 to 100, reading forward; 20 when neither first nor last is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Read on after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, 1 to 100, reading backward.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Read back from this cursor.' })
  before?: string | null;
}

@ArgsType()
class StockItemsArguments extends StockPage {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that must all be found, each in SKU, barcode, or the names of product and variant in any language. Accents, capitals and signs in words do not matter.',
  })
  search?: string | null;

  @Field(() => StockFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: StockFilter | null;

  @Field(() => StockSort, {
    nullable: true,
    defaultValue: StockSort.SKU_ASC,
    description: 'The order of the list.',
  })
  sort!: StockSort;
}

@ArgsType()
class StockMovementsArguments extends StockPage {
  @Field(() => StockMovementFilter, { nullable: true, description: 'Narrows the list.' })
  filter?: StockMovementFilter | null;
}

@ArgsType()
class StockReservationsArguments extends StockPage {
  @Field(() => ID, { nullable: true, description: 'Only of this variant.' })
  variantId?: string | null;
}

@Resolver()
export class StockResolver {
  constructor(
    private readonly list: StockList,
    private readonly ledger: LedgerList,
  ) {}

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => StockItemConnection, { description: 'The stock of every variant for sale or in preparation.' })
  async stockItems(
    @Args(() => StockItemsArguments) { search, filter, sort, ...page }: StockItemsArguments,
  ): Promise<object> {
    const query = stockQuery(search, filter);
    return {
      ...(await this.list.page(query, page, sort ?? StockSort.SKU_ASC)),
      totalCount: () => this.list.count(query),
    };
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => StockItem, {
    nullable: true,
    description: 'The stock of one variant; null when there is none of this id.',
  })
  async stockItem(
    @Arg('variantId', () => ID, { description: 'The variant.' }) variantId: string,
    @Ctx() { database }: RequestContext,
  ): Promise<object | null> {
    const uuid = localId('vari', variantId);
    return uuid ? database.row(itemById, { id: uuid }) : null;
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(5)
  @Query(() => [StockLocation], {
    description: 'Every location of stock: active ones first, then by priority.',
  })
  stockLocations(@Ctx() { database }: RequestContext): Promise<object[]> {
    return database.rows(locations);
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => StockMovementConnection, { description: 'The ledger of stock, newest first.' })
  async stockMovements(
    @Args(() => StockMovementsArguments) { filter, ...page }: StockMovementsArguments,
  ): Promise<object> {
    const query = movementQuery(filter);
    return {
      ...(await this.ledger.movements(query, page)),
      totalCount: () => this.ledger.countMovements(query),
    };
  }

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => StockReservationConnection, { description: 'What is held now, soonest to expire first.' })
  async stockReservations(
    @Args(() => StockReservationsArguments) { variantId, ...page }: StockReservationsArguments,
  ): Promise<object> {
    const uuid = uuidOf('vari', variantId);
    return {
      ...(await this.ledger.reservations(uuid, page)),
      totalCount: () => this.ledger.countReservations(uuid),
    };
  }
}
