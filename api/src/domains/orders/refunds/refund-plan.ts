import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import {
  partOf,
  planCharges,
  type RefundableCharge,
  type RefundableRate,
  type RefundedCharge,
  type RefundedRate,
  type RequestedRefundCharge,
} from './refund-charges.js';
import { taxStep } from './tax-step.js';

/*
 * Which amount is refunded for which units, in minor units.
 *
 * A unit is worth the line's total after discount divided by its quantity, rounded down; the rest belongs to the last
 * unit, so that all units add up to the line whatever the steps. Tax is split cumulatively: every step takes the
 * rounded tax of the sum so far, less the tax refunded already, so that the steps add up as well, also when one of
 * them failed. Preview and refund both use this plan; the credit note copies it.
 */

/**
 * The amounts and units of a line that decide about refunds. Settled units were refunded, or exchanged for other
 * goods.
 */
export interface RefundableLine {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly fulfilled: number;
  /** Units cancelled before they were shipped. */
  readonly cancelled: number;
  /** How many of the cancelled units are to be refunded again, because the refund that cancelled them has failed. */
  readonly givenUp: number;
  readonly totalNet: number;
  readonly totalGross: number;
  readonly settledQuantity: number;
  readonly settledAmount: number;
  /** The tax in it. */
  readonly settledTax: number;
  /** Units sold and not restocked yet. */
  readonly restockable: number;
  /** Units back-ordered: sold before they were in stock, and not in stock yet. */
  readonly backordered: number;
}

/** The amounts of an order that decide about refunds. */
export interface RefundableOrder {
  readonly lines: readonly RefundableLine[];
  readonly totalNet: number;
  readonly totalGross: number;
  readonly shippingGross: number;
  /** The tax rates of the delivery; together what it costs. */
  readonly shippingRates: readonly RefundableRate[];
  readonly charges: readonly RefundableCharge[];
  /** What earlier decisions refunded: in all, of it for the delivery, of it tax. Failed ones do not count. */
  readonly givenBack: number;
  readonly givenBackShipping: number;
  readonly givenBackTax: number;
  /** What was captured and neither refunded, nor is being refunded, nor was exchanged or lost to a dispute. */
  readonly refundable: number;
  /** The buyer disputes this money, and the bank has not decided. */
  readonly isDisputed: boolean;
}

export interface RequestedRefundLine {
  readonly orderLineId: string;
  readonly quantity: number;
  /** Null restocks only if nothing of the line was shipped. */
  readonly restock: boolean | null;
}

/** Either lines and parts of delivery and charges, or a plain amount; then the lines only say which units came back. */
export interface RequestedRefund {
  readonly lines: readonly RequestedRefundLine[];
  readonly shipping: number | null;
  /** None when left out. */
  readonly charges?: readonly RequestedRefundCharge[];
  readonly amount: number | null;
  /** The units were returned: none of them is one that was never shipped. */
  readonly sentBack?: boolean;
}

export interface PlannedLine {
  readonly line: RefundableLine;
  readonly quantity: number;
  readonly amount: number;
  /** The tax in it. */
  readonly tax: number;
  /** Units to restock. */
  readonly restocked: number;
  /** Units that were never shipped: cancelled now, or by a refund that failed. */
  readonly unshipped: number;
  /** Units that are cancelled now: they will not be shipped any more. */
  readonly cancelled: number;
  /** How many of the cancelled units were back-ordered: they were never in stock. */
  readonly dropped: number;
}

export interface RefundPlan {
  readonly lines: readonly PlannedLine[];
  readonly charges: readonly RefundedCharge[];
  readonly shippingAmount: number;
  /** By tax rate; together the amount. */
  readonly shippingRates: readonly RefundedRate[];
  readonly shippingTax: number;
  readonly amount: number;
  readonly tax: number;
  readonly restocked: number;
}

/**
 * Plans a refund without writing anything.
 *
 * @throws InvalidInputError | NotFoundError for a request that fits no unit or no money
 * @throws DomainError REFUND_TOO_LARGE for more than is refundable
 */
export function planRefund(ledger: RefundableOrder, requested: RequestedRefund): RefundPlan {
  const lines = planLines(ledger, requested);
  const shippingAmount = planShipping(ledger, requested);
  const charges = planCharges(ledger, requested);
  const amount = requested.amount ?? amountsOf(lines) + shippingAmount + amountsOf(charges);
  const shippingRates = partOf(ledger.shippingRates, shippingAmount);
  const shippingTax = sum(shippingRates.map(({ tax }) => tax));
  const field = requested.amount === null ? 'lines' : 'amount';
  if (amount <= 0) throw new InvalidInputError('Nothing would go back.', [field]);
  if (amount > ledger.refundable) {
    throw new DomainError('REFUND_TOO_LARGE', `At most ${ledger.refundable} minor units can go back.`, [
      field,
    ]);
  }
  return {
    lines,
    charges,
    shippingAmount,
    shippingRates,
    shippingTax,
    amount,
    tax: taxOf(ledger, requested, { lines, charges, shippingTax, amount }),
    restocked: sum(lines.map((line) => line.restocked)),
  };
}

/**
 * The request for everything that is left of an order: every unit, the delivery and the charges where that is exactly the money
 * that is left, else the money without naming units.
 */
export function requestForAll(ledger: RefundableOrder, restock: boolean): RequestedRefund {
  const lines = ledger.lines
    .map((line) => ({ orderLineId: line.id, quantity: line.quantity - line.settledQuantity, restock }))
    .filter(({ quantity }) => quantity > 0);
  const shipping = ledger.shippingGross - ledger.givenBackShipping;
  const charges = ledger.charges
    .map(({ code, gross, givenBack }) => ({ code, amount: gross - givenBack }))
    .filter(({ amount }) => amount > 0);
  const units = sum(ledger.lines.map((line) => unitsWorth(line, line.quantity - line.settledQuantity)));
  return units + shipping + amountsOf(charges) === ledger.refundable
    ? { lines, shipping, charges, amount: null }
    : { lines, shipping: null, amount: ledger.refundable };
}

/**
 * What the next units of a line are worth, gross, minor units. The last unit includes what rounding left over.
 * Everything that values units uses this: refund, return, exchange, their documents, and an edit that removes units.
 */
export function unitsWorth(
  line: Pick<RefundableLine, 'quantity' | 'totalGross' | 'settledQuantity' | 'settledAmount'>,
  quantity: number,
): number {
  if (quantity === 0) return 0;
  const unit = Math.floor(line.totalGross / line.quantity);
  const plain = unit * quantity;
  const isLast = line.settledQuantity + quantity === line.quantity;
  const rest = line.totalGross - unit * line.quantity;
  return isLast ? plain + Math.min(rest, Math.max(0, line.totalGross - line.settledAmount - plain)) : plain;
}

function planLines(ledger: RefundableOrder, requested: RequestedRefund): PlannedLine[] {
  if (new Set(requested.lines.map(({ orderLineId }) => orderLineId)).size < requested.lines.length)
    throw new InvalidInputError('Each line may stand once in a refund.', ['lines']);
  return requested.lines.map(({ orderLineId, quantity, restock }, i) => {
    const line = ledger.lines.find(({ id }) => id === orderLineId);
    if (!line) throw new NotFoundError('line in this order', ['lines', String(i), 'orderLineId']);
    const left = Math.max(0, line.quantity - line.settledQuantity);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left) {
      throw new InvalidInputError(`Of this line ${left} can be refunded.`, ['lines', String(i), 'quantity']);
    }
    const amount = requested.amount === null ? unitsWorth(line, quantity) : 0;
    return {
      line,
      quantity,
      amount,
      tax: taxStep(
        { net: line.totalNet, gross: line.totalGross },
        { amount: line.settledAmount, tax: line.settledTax },
        amount,
      ),
      ...planGoods(line, quantity, {
        restock: restock ?? line.fulfilled === 0,
        sentBack: requested.sentBack ?? false,
      }),
    };
  });
}

/** Plans what is restocked, cancelled and dropped. Units that are still to be shipped to the buyer are left out. */
function planGoods(
  line: RefundableLine,
  quantity: number,
  { restock, sentBack }: { restock: boolean; sentBack: boolean },
): Pick<PlannedLine, 'unshipped' | 'cancelled' | 'dropped' | 'restocked'> {
  const toShip = Math.max(0, line.quantity - line.fulfilled - line.cancelled);
  const unshipped = sentBack ? 0 : Math.min(quantity, line.givenUp + toShip);
  const cancelled = Math.max(0, unshipped - line.givenUp);
  const dropped = Math.min(cancelled, line.backordered);
  const onHandUnits = Math.max(0, line.restockable - Math.max(0, toShip - line.backordered));
  const restocked = restock ? cancelled - dropped + Math.min(quantity - cancelled, onHandUnits) : 0;
  return { unshipped, cancelled, dropped, restocked: Math.min(restocked, Math.max(0, line.restockable)) };
}

function planShipping(ledger: RefundableOrder, { shipping, amount }: RequestedRefund): number {
  if (amount !== null && shipping)
    throw new InvalidInputError('Give a plain amount, or a part of the delivery.', ['shipping']);
  const left = Math.max(0, ledger.shippingGross - ledger.givenBackShipping);
  const wanted = shipping ?? 0;
  if (wanted < 0 || wanted > left)
    throw new InvalidInputError(`Of the delivery ${left} minor units can go back.`, ['shipping']);
  return wanted;
}

/** The tax in an amount; the refund that uses up the order's money takes what is left of its tax. */
function taxOf(
  ledger: RefundableOrder,
  requested: RequestedRefund,
  plan: Pick<RefundPlan, 'lines' | 'charges' | 'shippingTax' | 'amount'>,
): number {
  const whole = { net: ledger.totalNet, gross: ledger.totalGross };
  const left = Math.max(0, whole.gross - whole.net - ledger.givenBackTax);
  if (ledger.givenBack + plan.amount >= ledger.totalGross) return Math.min(left, plan.amount);
  const tax =
    requested.amount === null
      ? sum([...plan.lines, ...plan.charges].map(({ tax }) => tax)) + plan.shippingTax
      : taxStep(whole, { amount: ledger.givenBack, tax: ledger.givenBackTax }, plan.amount);
  return Math.min(tax, left, plan.amount);
}

function amountsOf(parts: readonly { readonly amount: number }[]): number {
  return sum(parts.map(({ amount }) => amount));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
