import { NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import type { StoredAddress } from '../../identity/index.js';
import type { OrderEntity, OrderLineEntity } from '../../orders/index.js';
import type { Place } from '../../shipping/index.js';
import type { At, Requested } from './price-draft.js';

/** The part of a draft that decides its price. */
export interface RequestedPrice {
  /** Where the goods go: decides about tax and delivery. */
  readonly place: Place;
  readonly shippingMethodId: string | null;
  readonly lines: readonly Requested[];
  /** Discount on the goods, gross, minor units. */
  readonly discount: number;
  /** The path of the lines in the input; `lines` when left out. */
  readonly at?: At;
}

/** The content of a draft as staff requests it. */
export interface DraftContent extends RequestedPrice {
  readonly email: string;
  readonly phone: string | null;
  readonly language: Language;
  readonly customerId: string | null;
  readonly shippingAddress: StoredAddress;
  readonly billingAddress: StoredAddress;
  readonly shippingMethodId: string;
  readonly note: string | null;
}

/** What is written in a draft, to be written again. @throws NotFoundError for a draft without a delivery */
export function contentOf(order: OrderEntity, lines: readonly OrderLineEntity[]): DraftContent {
  const { email, phone, language, userId, shippingAddress, billingAddress, shippingMethodId, note } = order;
  if (!shippingMethodId) throw new NotFoundError('delivery to this country', ['orderId']);
  return {
    ...{ email, phone, language, shippingAddress, billingAddress, shippingMethodId, note },
    customerId: userId,
    place: shippingAddress,
    lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })),
    discount: staffDiscountIn(order.adjustments),
  };
}

/** What staff take off the goods of a draft, minor units: the discounts of plugins are not theirs. */
export function staffDiscountIn(
  adjustments: readonly { readonly code: string; readonly amount: number }[],
): number {
  return adjustments.find(({ code }) => code === 'STAFF_DISCOUNT')?.amount ?? 0;
}
