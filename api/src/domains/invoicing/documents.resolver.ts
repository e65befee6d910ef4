import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../kernel/ids.js';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { perRequest, type RequestContext } from '../../platform/graphql/context.js';
import { loadManyBy } from '../../platform/graphql/load-many-by.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { Order, orderQuery, type OrderEntity } from '../orders/index.js';
import * as sql from './invoicing.statements.js';
import type { ExportFileEntity } from './exports/export-file.entity.js';
import type { ExportService } from './exports/export.service.js';
import { OrderExport, OrderExportCreateInput, OrderExportPayload } from './exports/export.type.js';
import { Invoice } from './invoice.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

const documentLoaders = perRequest(({ database }) => ({
  invoices: loadManyBy(database, sql.invoicesByOrder, (invoice) => invoice.orderId),
}));

/** The fields that invoicing adds to an order. */
@Resolver(() => Order)
export class OrderInvoicesResolver {
  @ListSize(2)
  @FieldResolver(() => [Invoice], {
    description: 'Invoices and credit notes, oldest first; empty until the money is here.',
  })
  invoices(@Root() order: OrderEntity, @Ctx() context: RequestContext): Promise<object[]> {
    return documentLoaders(context).invoices.load(order.id);
  }
}

@Resolver()
export class OrderExportResolver {
  constructor(private readonly exports: ExportService) {}

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Query(() => OrderExport, {
    nullable: true,
    description: "One of the caller's own exports; null for those of others.",
  })
  async orderExport(
    @Arg('id', () => ID, { description: 'The export.' }) id: string,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ExportFileEntity | null> {
    const uuid = localId('expt', id);
    return uuid && viewer ? this.exports.findOwn(uuid, viewer.userId) : null;
  }

  @Auth(Role.SUPPORT, 'ORDER_READ')
  @Mutation(() => OrderExportPayload, {
    description: 'Has orders written into a file, oldest first; `orderExport` says when it is there.',
  })
  orderExportCreate(
    @Arg('input', () => OrderExportCreateInput, { description: 'Which orders.' })
    input: OrderExportCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<OrderExportPayload> {
    return asPayload(input, async () => {
      if (!viewer) throw new Error('A guarded field was reached without a viewer');
      const { search, filter, idempotencyKey } = input;
      return {
        export: await this.exports.request(viewer.userId, orderQuery(search, filter), idempotencyKey),
      };
    });
  }
}
