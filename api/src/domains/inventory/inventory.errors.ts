import { defineErrors } from '../../kernel/error-codes.js';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../../kernel/ids.js';
import { EXACT_QUANTITY_LIMIT, leftMessage } from '../catalog/index.js';
import { UserError } from '../../platform/graphql/user-error.type.js';
import { StockHoldStatus } from './holds/stock-hold-status.js';

export const inventoryErrors = defineErrors({
  INSUFFICIENT_STOCK:
    'Fewer can be had than were asked for: see availableQuantity of InsufficientStockError.',
  STALE_QUANTITY: 'The stock is not what the caller believed: see currentQuantity of StaleQuantityError.',
  HOLD_EXPIRED: 'The time of the hold ran out and its stock was given back.',
  HOLD_CLOSED: 'The hold was committed or released before: see status of HoldClosedError.',
  LAST_LOCATION: 'At least one location must be sold from.',
  VARIANT_UNKNOWN: 'No variant has this SKU or barcode.',
  VARIANT_AMBIGUOUS: 'SKU and barcode are those of two variants, or the barcode could be that of several.',
  LOCATION_UNKNOWN: 'No location has this code or name.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof inventoryErrors, true> {}
}

/** What closing a hold may be refused with. */
export const holdErrors = ['HOLD_EXPIRED', 'HOLD_CLOSED'] as const;

@ObjectType({
  implements: UserError,
  description: 'INSUFFICIENT_STOCK: fewer are left than were requested. Nothing was reserved.',
  simpleResolvers: true,
})
export class InsufficientStockError extends UserError {
  override readonly graphqlType = 'InsufficientStockError';

  @Field(() => ID, { description: 'The variant that is short.' })
  readonly variantId: string;

  @Field(() => Int, {
    nullable: true,
    description: `How many are available now; 0 when sold out. For buyers exact up to ${EXACT_QUANTITY_LIMIT}, and null above; for staff always exact.`,
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
    'HOLD_EXPIRED: the hold expired and its stock was released. HOLD_CLOSED: it was committed or released before; see status.',
  simpleResolvers: true,
})
export class HoldClosedError extends UserError {
  override readonly graphqlType = 'HoldClosedError';

  @Field(() => StockHoldStatus, { description: 'The status of the hold.' })
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
  description: 'STALE_QUANTITY: the stock differs from what the caller saw. Read it again and decide.',
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
