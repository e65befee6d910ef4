import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import { EXACT_QUANTITY_LIMIT, leftMessage } from '../catalog/index.js';
import { UserError } from '../../platform/graphql/user-error.type.js';
import { StockHoldStatus } from './stock.enums.js';

@ObjectType({
  implements: UserError,
  description: 'INSUFFICIENT_STOCK: fewer are left than were asked for. Nothing was taken.',
  simpleResolvers: true,
})
export class InsufficientStockError extends UserError {
  override readonly graphqlType = 'InsufficientStockError';

  @Field(() => ID, { description: 'The variant that is short.' })
  readonly variantId: string;

  @Field(() => Int, {
    nullable: true,
    description: `How many can be had now; 0 when sold out. Buyers are told up to ${EXACT_QUANTITY_LIMIT}, and null when more are left; staff always.`,
  })
  readonly availableQuantity: number | null;

  /**
   * @param available the quantity as the reader may see it: for buyers `shownQuantity` of it; null when more are left
   */
  constructor(variantUuid: string, available: number | null, path: readonly string[] | null = null) {
    super('INSUFFICIENT_STOCK', leftMessage(available), path);
    this.variantId = globalId('vari', variantUuid);
    this.availableQuantity = available;
  }
}

@ObjectType({
  implements: UserError,
  description:
    'HOLD_EXPIRED: its time ran out and the stock was given back. HOLD_CLOSED: it was committed or released before; see status.',
  simpleResolvers: true,
})
export class HoldClosedError extends UserError {
  override readonly graphqlType = 'HoldClosedError';

  @Field(() => StockHoldStatus, { description: 'What became of the hold.' })
  readonly status: StockHoldStatus;

  constructor(code: 'HOLD_EXPIRED' | 'HOLD_CLOSED', status: StockHoldStatus) {
    super(code, code === 'HOLD_EXPIRED' ? 'This hold has expired.' : `This hold was ${status} before.`, [
      'holdId',
    ]);
    this.status = status;
  }
}

@ObjectType({
  implements: UserError,
  description: 'STALE_QUANTITY: the stock is not what the caller believed. Read it again and decide.',
  simpleResolvers: true,
})
export class StaleQuantityError extends UserError {
  override readonly graphqlType = 'StaleQuantityError';

  @Field(() => Int, { description: 'The quantity on hand now.' })
  readonly currentQuantity: number;

  constructor(currentQuantity: number) {
    super('STALE_QUANTITY', `There are ${currentQuantity} on hand now.`, ['changeFromQuantity']);
    this.currentQuantity = currentQuantity;
  }
}
