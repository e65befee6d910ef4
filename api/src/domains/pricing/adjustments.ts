import type { LocalizedText } from '../../kernel/languages.js';
import { inEveryLanguage } from '../../platform/messages.js';

/** What every adjustment of a price says. Amounts are tax included, in minor units, and never below zero. */
interface AdjustmentBase {
  /** `STAFF_DISCOUNT`, or `<plugin>.<CODE>`. Unique in one price. */
  readonly code: string;
  /** The reason that buyers and staff read. */
  readonly name: LocalizedText;
  /** Of two of the same kind the lower one comes first; of equal positions the one whose code does. */
  readonly position: number;
  readonly amount: number;
}

/** Taken off the goods. */
export interface Discount extends AdjustmentBase {
  readonly kind: 'DISCOUNT';
  /** The indexes of the items that it is for; null for all. */
  readonly items: readonly number[] | null;
}

/** Added beside goods and delivery. */
export interface Charge extends AdjustmentBase {
  readonly kind: 'CHARGE';
  /** Its tax rate; of one that follows the goods the rate beside goods that cost nothing. */
  readonly taxBasisPoints: number;
  /** Whether it has the rates of the goods, each with the share of the goods of that rate. */
  readonly followsGoods: boolean;
}

export type Adjustment = Discount | Charge;

interface Applied {
  readonly code: string;
  readonly name: LocalizedText;
  /** What was really taken off or added, tax included. */
  readonly amount: number;
}

export interface AppliedDiscount extends Applied {
  readonly kind: 'DISCOUNT';
  /** How much of it each item has, in the order of the items; together the amount. */
  readonly shares: readonly number[];
}

/** What a charge costs at one tax rate, tax included, minor units. */
export interface ChargeRate {
  readonly basisPoints: number;
  readonly net: number;
  readonly amount: number;
}

export interface AppliedCharge extends Applied {
  readonly kind: 'CHARGE';
  readonly net: number;
  /** Lowest rate first; together the amount and the net. */
  readonly rates: readonly ChargeRate[];
}

export type AppliedAdjustment = AppliedDiscount | AppliedCharge;

/** The adjustments that the shop itself makes; the messages of `documents` name them. */
export type OwnAdjustment = 'STAFF_DISCOUNT' | 'EXCHANGE_CREDIT' | 'ACCEPTED_PRICE';

export function nameOfAdjustment(code: OwnAdjustment): LocalizedText {
  return inEveryLanguage('documents', `adjustments.${code}`);
}

/** A discount of the shop itself on all goods; none for an amount of 0. */
export function ownDiscount(code: OwnAdjustment, amount: number): Discount[] {
  if (amount === 0) return [];
  return [{ kind: 'DISCOUNT', code, name: nameOfAdjustment(code), position: 0, amount, items: null }];
}

const KINDS: readonly Adjustment['kind'][] = ['DISCOUNT', 'CHARGE'];

/** The order in which adjustments count, whatever order they were given in. */
export function inPriceOrder(adjustments: readonly Adjustment[]): readonly Adjustment[] {
  return adjustments.toSorted(
    (a, b) =>
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      a.position - b.position ||
      (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
  );
}
