import { DomainError, InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { scale } from '../../kernel/money.js';

/*
 * What goes back for what, in minor units.
 *
 * A unit is worth the line's total after discount divided by its quantity, rounded down; the rest goes with the last
 * unit, so that all units add up to the line whatever the steps. Tax is shared by cumulated amounts: every step takes
 * what the rounded sum so far is more than the tax that went back already, so that the steps add up as well, also when one
 * of them failed. Preview and refund both come from here; the credit note copies it.
 */

/** A line as far as its money is concerned. Settled units were paid back already, or exchanged for other goods. */
export interface RefundableLine {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly fulfilled: number;
  /** Given up before they left. */
  readonly cancelled: number;
  /** How many of those wait for their money again, because the refund that gave them up has failed. */
  readonly givenUp: number;
  readonly totalNet: number;
  readonly totalGross: number;
  readonly settledQuantity: number;
  readonly settledAmount: number;
  /** The tax in it. */
  readonly settledTax: number;
  /** Sold and not yet put back on a shelf. */
  readonly restockable: number;
  /** Sold before they were there: the order still waits for them. */
  readonly backordered: number;
}

/** An order as far as its money is concerned. */
export interface RefundableOrder {
  readonly lines: readonly RefundableLine[];
  readonly totalNet: number;
  readonly totalGross: number;
  readonly shippingNet: number;
  readonly shippingGross: number;
  /** What earlier decisions gave back: in all, of it for the delivery, of it tax. Failed ones do not count. */
  readonly givenBack: number;
  readonly givenBackShipping: number;
  readonly givenBackShippingTax: number;
  readonly givenBackTax: number;
  /** What came in and neither went back, nor is on its way back, nor was exchanged or lost to a dispute. */
  readonly refundable: number;
  /** The buyer asked the bank for this money back, and the bank has not decided. */
  readonly isDisputed: boolean;
}

export interface RequestedRefundLine {
  readonly orderLineId: string;
  readonly quantity: number;
  /** Null: as long as nothing of the line was shipped. */
  readonly restock: boolean | null;
}

/** Either lines and a part of the delivery, or a plain amount; then the lines only say which units came back. */
export interface RequestedRefund {
  readonly lines: readonly RequestedRefundLine[];
  readonly shipping: number | null;
  readonly amount: number | null;
  /** The units have been sent back: none of them is one that never left. */
  readonly sentBack?: boolean;
}

export interface PlannedLine {
  readonly line: RefundableLine;
  readonly quantity: number;
  readonly amount: number;
  /** The tax in it. */
  readonly tax: number;
  /** Units to be put back on the shelf. */
  readonly restocked: number;
  /** Units that never left: given up now, or by a refund that failed. */
  readonly unshipped: number;
  /** Units that are given up now: they will not be shipped any more. */
  readonly cancelled: number;
  /** How many of those the order does not wait for any more: they were never on a shelf. */
  readonly dropped: number;
}

export interface RefundPlan {
  readonly lines: readonly PlannedLine[];
  readonly shippingAmount: number;
  readonly shippingTax: number;
  readonly amount: number;
  readonly tax: number;
  readonly restocked: number;
}

/**
 * What a wish would do.
 *
 * @throws InvalidInputError | NotFoundError for a wish that fits no unit or no money
 * @throws DomainError REFUND_TOO_LARGE for more than is refundable
 */
export function planRefund(ledger: RefundableOrder, requested: RequestedRefund): RefundPlan {
  const lines = planLines(ledger, requested);
  const shippingAmount = planShipping(ledger, requested);
  const amount = requested.amount ?? sum(lines.map((line) => line.amount)) + shippingAmount;
  const shippingTax = taxStep(
    { net: ledger.shippingNet, gross: ledger.shippingGross },
    { amount: ledger.givenBackShipping, tax: ledger.givenBackShippingTax },
    shippingAmount,
  );
  const field = requested.amount === null ? 'lines' : 'amount';
  if (amount <= 0) throw new InvalidInputError('Nothing would go back.', [field]);
  if (amount > ledger.refundable) {
    throw new DomainError('REFUND_TOO_LARGE', `At most ${ledger.refundable} minor units can go back.`, [
      field,
    ]);
  }
  return {
    lines,
    shippingAmount,
    shippingTax,
    amount,
    tax: taxOf(ledger, requested, { lines, shippingTax, amount }),
    restocked: sum(lines.map((line) => line.restocked)),
  };
}

/**
 * The wish for everything that is left of an order: every unit and the delivery where that is exactly the money that is
 * left, else the money without a word about units.
 */
export function requestForAll(ledger: RefundableOrder, restock: boolean): RequestedRefund {
  const lines = ledger.lines
    .map((line) => ({ orderLineId: line.id, quantity: line.quantity - line.settledQuantity, restock }))
    .filter(({ quantity }) => quantity > 0);
  const shipping = ledger.shippingGross - ledger.givenBackShipping;
  const whole =
    sum(ledger.lines.map((line) => unitsWorth(line, line.quantity - line.settledQuantity))) + shipping;
  return whole === ledger.refundable
    ? { lines, shipping, amount: null }
    : { lines, shipping: null, amount: ledger.refundable };
}

/**
 * What the next units of a line are worth. The last of them brings what rounding has kept so far. Everything that values
 * units asks here: refund, return, exchange, the documents of them, and an edit that takes units off.
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

/** What becomes of the goods. Those which are still to be shipped to the buyer stay out of it. */
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

/** The tax in an amount; the refund that empties the order takes what is left of its tax. */
function taxOf(
  ledger: RefundableOrder,
  requested: RequestedRefund,
  plan: Pick<RefundPlan, 'lines' | 'shippingTax' | 'amount'>,
): number {
  const whole = { net: ledger.totalNet, gross: ledger.totalGross };
  const left = Math.max(0, whole.gross - whole.net - ledger.givenBackTax);
  if (ledger.givenBack + plan.amount >= ledger.totalGross) return Math.min(left, plan.amount);
  const tax =
    requested.amount === null
      ? sum(plan.lines.map((line) => line.tax)) + plan.shippingTax
      : taxStep(whole, { amount: ledger.givenBack, tax: ledger.givenBackTax }, plan.amount);
  return Math.min(tax, left, plan.amount);
}

/** The tax in the next amount of a price, of which some went back already with the tax in that. */
function taxStep(
  price: { net: number; gross: number },
  before: { amount: number; tax: number },
  amount: number,
): number {
  if (price.gross === 0) return 0;
  const upTo = scale(price.gross - price.net, Math.min(before.amount + amount, price.gross), price.gross);
  return Math.min(amount, Math.max(0, upTo - before.tax));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
