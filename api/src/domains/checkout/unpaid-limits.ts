import { DomainError } from '../../kernel/errors.js';
import { PaymentMethod } from '../payments/index.js';

/*
 * What may be held without being paid
 *
 * An order holds its stock from the press of "pay" until its money is there or its time is over, and cash on delivery takes
 * it at once. Nobody may take the shop's stock away from others that way. Limits are kept for a buyer (the account; of a
 * guest the e-mail address and the phone number, either of which makes two orders one buyer's) and, wider by far, for a network, because a mobile operator puts thousands of people behind one address.
 *
 * The floors are what makes the limits harmless to buyers: the last piece of a one-off is always within them, and so are
 * thirty people with a few pieces each behind one address. A share counts as soon as it is more than its floor.
 */

/** How much one side (a buyer, a network) may hold unpaid. */
export interface HoldAllowance {
  /** Orders that wait for their money at a time. */
  readonly orders: number;
  /** Orders within an hour that nobody has paid, whatever became of them. */
  readonly ordersPerHour: number;
  /** Orders of the last 24 hours that came to nothing. */
  readonly lapsedPerDay: number;
  /** Units at a time, in any case. */
  readonly units: number;
  /** Units at a time as a share of what the shop has in stock, 0 to 1. */
  readonly share: number;
}

export interface UnpaidLimits {
  readonly buyer: HoldAllowance;
  /** Its units count beyond the first `freeUnits` of each order. */
  readonly network: HoldAllowance;
  /** As `network`, for the wide network of an IPv6 address. */
  readonly wide: HoldAllowance;
  readonly freeUnits: number;
  /** Stricter, for what is held for days or leaves before it is paid: bank transfer and cash on delivery. */
  readonly unsecured: {
    readonly units: number;
    readonly share: number;
    /** Of the stock of one variant, 0 to 1; `freeUnits` of it in any case. */
    readonly shareOfVariant: number;
    /** Goods that one buyer may hold, minor units of the shop's currency. */
    readonly value: number;
  };
  /** The owner is told when one side holds more than this share of the stock (0 to 1) and more than so many units. */
  readonly alert: { readonly share: number; readonly units: number };
}

/** What one side holds and did, without the order that is judged. */
export interface OpenHolds {
  readonly orders: number;
  readonly ordersPastHour: number;
  readonly lapsedPastDay: number;
  readonly units: number;
}

export interface UnpaidSituation {
  readonly isBlocked: boolean;
  readonly paymentMethod: PaymentMethod;
  /** Of the order that is judged. */
  readonly units: number;
  /** Of the order that is judged, minor units. */
  readonly value: number;
  readonly buyer: OpenHolds & { readonly value: number };
  /** `units`: beyond the free ones of each order. */
  readonly network: OpenHolds;
  /** As `network`; all zero for an address that has no wide network. */
  readonly wide: OpenHolds;
  /** Units of all variants on hand. */
  readonly stock: number;
  /** Variants of the order with what the buyer would hold of each, and what is on hand of it. */
  readonly variants: readonly { readonly wanted: number; readonly onHand: number }[];
}

const SIDES = ['buyer', 'network', 'wide'] as const;

/** Why an order may not be held; null when it may. */
export function userErrorOf(details: UnpaidSituation, limits: UnpaidLimits): DomainError | null {
  if (details.isBlocked)
    return new DomainError(
      'CHECKOUT_BLOCKED',
      'Orders are not taken from here now. Please contact the shop.',
    );
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

/** Whether one side would hold so much of the stock that the owner should look. */
export function isAlarming(details: UnpaidSituation, limits: UnpaidLimits): boolean {
  return mostHeld(details, limits) > Math.max(limits.alert.units, limits.alert.share * details.stock);
}

/** Whether the stock of the shop can matter: below every floor no share of it decides anything. */
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
    Math.max(floor, Math.floor(share * stock));
  if (buyer.units + units > most(limits.buyer)) return true;
  const beyond = beyondFree(units, limits);
  // An order of so few is never refused because of what its neighbours hold.
  if (beyond > 0 && network.units + beyond > most(limits.network)) return true;
  if (beyond > 0 && wide.units + beyond > most(limits.wide)) return true;
  if (details.paymentMethod === PaymentMethod.CARD) return false;
  const { unsecured, freeUnits } = limits;
  return (
    buyer.units + units > most(unsecured) ||
    buyer.value + details.value > unsecured.value ||
    details.variants.some(
      ({ wanted, onHand }) => wanted > Math.max(freeUnits, Math.ceil(unsecured.shareOfVariant * onHand)),
    )
  );
}

function beyondFree(units: number, { freeUnits }: UnpaidLimits): number {
  return Math.max(0, units - freeUnits);
}
