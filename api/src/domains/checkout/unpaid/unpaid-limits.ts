import { DomainError } from '../../../kernel/errors.js';
import { checkoutBlocked } from '../checkout.errors.js';
import { shareOfStock } from '../../catalog/index.js';
import { PaymentMethod } from '../../payments/index.js';

/*
 * What may be held without being paid
 *
 * An order holds its stock from `checkoutComplete` until it is paid or expires, and cash on delivery takes it at
 * once. No buyer may take the shop's stock away from others that way. Limits apply to a buyer (the account; for a
 * guest the e-mail address and the phone number, either of which makes two orders from one network the same buyer's)
 * and, much wider, to a network, because a mobile operator puts thousands of people behind one address. What strangers
 * order elsewhere under an e-mail address or a number never counts against its owner; staff releases such orders and
 * blocks whom they come from.
 *
 * The minimums make the limits harmless to ordinary buyers: the last unit of a unique item is always within them, and
 * so are thirty people with a few units each behind one address. A share counts as soon as it is more than its
 * minimum.
 */

/** How much one side (a buyer, a network) may hold unpaid. */
export interface HoldAllowance {
  /** Unpaid orders at a time. */
  readonly orders: number;
  /** Orders of the last hour that were not paid, whatever happened to them. */
  readonly ordersPerHour: number;
  /** Orders of the last 24 hours that expired or were cancelled. */
  readonly lapsedPerDay: number;
  /** Units at a time that are always allowed. */
  readonly units: number;
  /** Units at a time as a share of what the shop has in stock, 0 to 1. */
  readonly share: number;
}

export interface UnpaidLimits {
  readonly buyer: HoldAllowance;
  /** The allowance of a network; units count beyond the first `freeUnits` of each order. */
  readonly network: HoldAllowance;
  /** As `network`, for the wide network of an IPv6 address. */
  readonly wide: HoldAllowance;
  readonly freeUnits: number;
  /** Stricter limits for what is held for days or shipped before it is paid: bank transfer and cash on delivery. */
  readonly unsecured: {
    readonly units: number;
    readonly share: number;
    /** Of the stock of one variant, 0 to 1; `freeUnits` of it in any case. */
    readonly shareOfVariant: number;
    /** Goods that one buyer may hold, minor units of the shop's currency. */
    readonly value: number;
  };
  /**
   * The owner is alerted when one side holds more than this share of the stock (0 to 1) and more than so many units.
   */
  readonly alert: { readonly share: number; readonly units: number };
}

/** What one side holds and ordered, without the order that is checked. */
export interface OpenHolds {
  readonly orders: number;
  readonly ordersPastHour: number;
  readonly lapsedPastDay: number;
  readonly units: number;
}

export interface UnpaidSituation {
  readonly isBlocked: boolean;
  readonly paymentMethod: PaymentMethod;
  /** Of the order that is checked. */
  readonly units: number;
  /** Of the order that is checked, minor units. */
  readonly value: number;
  readonly buyer: OpenHolds & { readonly value: number };
  /** `units` counts beyond the free ones of each order. */
  readonly network: OpenHolds;
  /** As `network`; all zero for an address that has no wide network. */
  readonly wide: OpenHolds;
  /** Units of all variants on hand. */
  readonly stock: number;
  /** For each variant of the order: what the buyer would hold of it, and the units on hand. */
  readonly variants: readonly { readonly wanted: number; readonly onHand: number }[];
}

const SIDES = ['buyer', 'network', 'wide'] as const;

/** Why an order may not be held; null when it may. */
export function userErrorOf(details: UnpaidSituation, limits: UnpaidLimits): DomainError | null {
  if (details.isBlocked) return checkoutBlocked();
  if (SIDES.some((side) => isOverOrders(details[side], limits[side])))
    return new DomainError(
      'TOO_MANY_UNPAID_ORDERS',
      'Too many orders wait for their money. Pay or cancel one of them, or try again later.',
    );
  return isOverUnits(details, limits)
    ? new DomainError(
        'UNPAID_QUANTITY_TOO_LARGE',
        details.paymentMethod === PaymentMethod.CARD
          ? 'So many pieces cannot be held without being paid. Order fewer at a time, or contact the shop.'
          : 'So many pieces cannot be held for this way to pay. Pay by card, order fewer, or contact the shop.',
        details.paymentMethod === PaymentMethod.CARD ? null : ['paymentMethod'],
      )
    : null;
}

/** Whether one side would hold so much of the stock that the owner should be alerted. */
export function isAlarming(details: UnpaidSituation, limits: UnpaidLimits): boolean {
  return mostHeld(details, limits) > Math.max(limits.alert.units, limits.alert.share * details.stock);
}

/** Whether the shop's stock can matter: below every minimum no share decides anything. */
export function dependsOnStock(details: Omit<UnpaidSituation, 'stock'>, limits: UnpaidLimits): boolean {
  const { alert, buyer, network, wide, unsecured } = limits;
  const floors = [alert, buyer, network, wide, unsecured].map(({ units }) => units);
  return mostHeld(details, limits) > Math.min(...floors);
}

function mostHeld(
  { units, buyer, network, wide }: Omit<UnpaidSituation, 'stock'>,
  limits: UnpaidLimits,
): number {
  return Math.max(units + buyer.units, beyondFree(units, limits) + Math.max(network.units, wide.units));
}

function isOverOrders(side: OpenHolds, allowance: HoldAllowance): boolean {
  return (
    side.orders >= allowance.orders ||
    side.ordersPastHour >= allowance.ordersPerHour ||
    side.lapsedPastDay >= allowance.lapsedPerDay
  );
}

function isOverUnits(details: UnpaidSituation, limits: UnpaidLimits): boolean {
  const { units, buyer, network, wide, stock } = details;
  const most = ({ units: floor, share }: { units: number; share: number }): number =>
    Math.max(floor, Math.floor(shareOfStock(stock, share)));
  if (buyer.units + units > most(limits.buyer)) return true;
  const beyond = beyondFree(units, limits);
  // An order of so few units is never refused because of what its network holds.
  if (beyond > 0 && network.units + beyond > most(limits.network)) return true;
  if (beyond > 0 && wide.units + beyond > most(limits.wide)) return true;
  if (details.paymentMethod === PaymentMethod.CARD) return false;
  const { unsecured, freeUnits } = limits;
  return (
    buyer.units + units > most(unsecured) ||
    buyer.value + details.value > unsecured.value ||
    details.variants.some(
      ({ wanted, onHand }) =>
        wanted > Math.max(freeUnits, Math.ceil(shareOfStock(onHand, unsecured.shareOfVariant))),
    )
  );
}

function beyondFree(units: number, { freeUnits }: UnpaidLimits): number {
  return Math.max(0, units - freeUnits);
}
