import type { LocalizedText } from '../../../kernel/languages.js';
import type { ChargeRate } from '../../pricing/index.js';

/** A line's share of a discount, tax included, minor units; above zero. */
export interface StoredShare {
  readonly lineId: string;
  readonly amount: number;
}

interface StoredBase {
  readonly code: string;
  readonly name: LocalizedText;
  /** What was taken off or added, tax included, minor units. */
  readonly amount: number;
}

export interface StoredDiscount extends StoredBase {
  readonly kind: 'DISCOUNT';
  /** Together the amount; the shares of a line in all discounts are its `discount`. */
  readonly shares: readonly StoredShare[];
}

export interface StoredCharge extends StoredBase {
  readonly kind: 'CHARGE';
  readonly net: number;
  /** Lowest rate first; together the amount and the net. */
  readonly rates: readonly ChargeRate[];
}

/** What was taken off an order and added to it beside the delivery, as it was when it was priced. */
export type StoredAdjustment = StoredDiscount | StoredCharge;
