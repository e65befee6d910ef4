import {
  fulfillmentOf,
  hasLeft,
  isIn,
  LIVES,
  newLine,
  sum,
  toUnits,
  type Method,
  type ModelLine,
  type ModelOrder,
  type ModelReturn,
} from './shop-model-order.js';
import { refundableOf, settledOf, takeOff, worthOf, type Settled } from './shop-model-money.js';
import { endTrade, expire } from './shop-model-endings.js';
import { ALL, ModelStock, type ModelVariant } from './shop-model-stock.js';

/*
 * The reference model of orders: the status, amounts and quantities of an order after any sequence of steps. Each
 * method returns whether the shop has to accept the step, and changes nothing otherwise.
 */

export class ShopModel {
  readonly orders: ModelOrder[] = [];
  readonly returns: ModelReturn[] = [];
  readonly stock: ModelStock;
  now = 0;

  constructor(
    variants: readonly ModelVariant[],
    private readonly capturesLater: boolean,
  ) {
    this.stock = new ModelStock(variants, (order, variant, quantity) => {
      const line = (order as ModelOrder).lines?.find((candidate) => candidate.variant === variant);
      if (line) line.out += quantity;
    });
  }

  draft(lines: readonly { variant: ModelVariant; quantity: number }[], discount = 0): ModelOrder {
    const order: ModelOrder = {
      ...{
        id: '',
        token: '',
        secret: '',
        method: 'CARD' as Method,
        status: 'DRAFT',
        paymentStatus: 'PENDING',
      },
      lines: lines.map(({ variant, quantity }) => newLine(variant, quantity)),
      ...{ shipping: 0, total: 0, captured: 0, returned: 0, refunded: 0, shippingRefunded: 0 },
      ...{ held: new Map(), expiresAt: 0, edit: null, isExchange: false, shipments: [] },
    };
    takeOff(order, discount);
    return order;
  }

  /** The buyer places an order, or staff send a draft. */
  submit(order: ModelOrder, method: Method, life = LIVES[method]): boolean {
    const units = toUnits(order.lines);
    if (order.status !== 'DRAFT' || !this.stock.canSell(units)) return false;
    order.method = method;
    order.held = this.stock.hold(order, units);
    order.expiresAt = this.now + life;
    order.status = 'PENDING_PAYMENT';
    if (method === 'CASH_ON_DELIVERY') this.place(order, 'PLACED', 'PENDING');
    if (method === 'MANUAL') this.placePaid(order);
    return true;
  }

  pay(order: ModelOrder): boolean {
    if (order.status !== 'PENDING_PAYMENT' || order.method !== 'CARD') return false;
    if (this.capturesLater) this.place(order, 'PLACED', 'AUTHORIZED');
    else this.placePaid(order);
    return true;
  }

  capture(order: ModelOrder): boolean {
    if (order.paymentStatus !== 'AUTHORIZED' || !isIn(order, 'PLACED', 'FULFILLED', 'COMPLETED'))
      return false;
    this.moneyCame(order);
    return true;
  }

  markReceived(order: ModelOrder): boolean {
    const isOffline = order.method === 'BANK_TRANSFER' || order.method === 'CASH_ON_DELIVERY';
    if (!isOffline || order.captured > 0) return false;
    if (order.status === 'PENDING_PAYMENT') this.placePaid(order);
    else if (isIn(order, 'PLACED', 'FULFILLED', 'COMPLETED')) this.moneyCame(order);
    else if (order.status !== 'EXPIRED' || !this.takeAgain(order)) return false;
    return true;
  }

  /** A payment succeeded for an expired or cancelled order. */
  payTooLate(order: ModelOrder): void {
    if (order.status === 'EXPIRED' && this.takeAgain(order)) return;
    order.captured += order.total;
    this.giveBack(order, order.total);
  }

  cancel(order: ModelOrder, restock: boolean, isStaff = true): boolean {
    if (order.status === 'CANCELLED') return true;
    if (order.status === 'REFUNDED' && isStaff) return this.giveUpUnits(order, restock);
    const isOpen = isIn(order, 'DRAFT', 'PENDING_PAYMENT');
    const mayEnd = isIn(order, 'PLACED', 'PAID') || (order.status === 'REVIEW' && isStaff);
    if (!isOpen && !(mayEnd && !hasLeft(order))) return false;
    this.stock.release(order, order.held);
    order.held = new Map();
    if (order.captured === 0 && order.status !== 'PAID') order.paymentStatus = 'CANCELLED';
    order.status = 'CANCELLED';
    for (const line of order.lines) {
      const dropped = this.stock.dropBackordered(order, line.variant, line.quantity);
      // Units that were cancelled before are restocked already, or damaged.
      const toLeave = line.quantity - line.fulfilled - line.cancelled - dropped;
      if (restock) this.takeIn(line, Math.max(0, Math.min(line.out, toLeave)));
    }
    endTrade(this, order);
    this.giveAll(order);
    this.tidy(order);
    return true;
  }

  /** Staff gives up the units that never left of an order whose money went back; it stays REFUNDED. */
  private giveUpUnits(order: ModelOrder, restock: boolean): boolean {
    const neverLeft = (line: ModelLine): number => line.quantity - line.fulfilled - line.cancelled;
    if (order.lines.every((line) => neverLeft(line) === 0)) return false;
    for (const line of order.lines) {
      const units = neverLeft(line);
      const dropped = this.stock.dropBackordered(order, line.variant, units);
      if (restock) this.takeIn(line, Math.max(0, Math.min(line.out, units - dropped)));
      line.cancelled += units;
    }
    this.tidy(order);
    return true;
  }

  /** Time passes, and scheduled jobs run. */
  pass(ms: number): void {
    this.now += ms;
    for (const order of this.orders) {
      if (order.status === 'PENDING_PAYMENT' && order.expiresAt < this.now) expire(this, order);
      if (order.edit && order.edit.expiresAt < this.now) this.dropEdit(order);
    }
    this.stock.expireHolds(this.now);
  }

  leftToShip(order: ModelOrder, line: ModelLine): number {
    return line.quantity - line.fulfilled - line.cancelled - this.stock.waiting(line.variant, order, true);
  }

  ship(order: ModelOrder, shipment: ReadonlyMap<ModelLine, number>): boolean {
    const isReady = isIn(order, 'PAID', 'PLACED') && order.paymentStatus !== 'AUTHORIZED';
    const fits = [...shipment].every(
      ([line, quantity]) => quantity > 0 && quantity <= this.leftToShip(order, line),
    );
    if (!isReady || !fits || shipment.size === 0) return false;
    for (const [line, quantity] of shipment) line.fulfilled += quantity;
    this.tidy(order);
    return true;
  }

  deliver(order: ModelOrder, shipment: ModelOrder['shipments'][number]): void {
    const isFirst = !shipment.isDelivered;
    shipment.isDelivered = true;
    if (isFirst && order.status === 'FULFILLED' && order.shipments.every(({ isDelivered }) => isDelivered))
      order.status = 'COMPLETED';
  }

  /** The refundable amount of an order: what was paid, less exchange credit. */
  refundable(order: ModelOrder): number {
    return refundableOf(order, this.returnsOf(order));
  }

  /** Refunded or exchanged units of a line. */
  settled(order: ModelOrder, line: ModelLine): Settled {
    return settledOf(line, this.returnsOf(order));
  }

  worth(order: ModelOrder, line: ModelLine, quantity: number): number {
    return worthOf(line, this.settled(order, line), quantity);
  }

  refundLine(
    order: ModelOrder,
    line: ModelLine,
    { quantity, restock, shipping }: { quantity: number; restock: boolean; shipping: number },
  ): boolean {
    const left = line.quantity - this.settled(order, line).units;
    const amount = this.worth(order, line, quantity) + shipping;
    const isTooMuch = amount > this.refundable(order) || shipping > order.shipping - order.shippingRefunded;
    if (quantity > left || amount <= 0 || isTooMuch) return false;
    const unshipped = Math.max(0, line.quantity - line.fulfilled - line.cancelled);
    const cancelled = Math.min(quantity, unshipped);
    const dropped = Math.min(cancelled, this.stock.waiting(line.variant, order, true));
    line.refunded += quantity;
    line.refundedWorth += amount - shipping;
    line.refundedAway += quantity - cancelled;
    line.cancelled += cancelled;
    order.shippingRefunded += shipping;
    this.stock.dropBackordered(order, line.variant, dropped);
    if (restock) this.takeIn(line, Math.min(quantity - dropped, line.out));
    this.tidy(order);
    this.giveBack(order, amount);
    return true;
  }

  refundAmount(order: ModelOrder, amount: number): boolean {
    if (amount <= 0 || amount > this.refundable(order)) return false;
    this.giveBack(order, amount);
    return true;
  }

  returnsOf(order: ModelOrder): ModelReturn[] {
    return this.returns.filter((back) => back.order === order);
  }

  dropEdit(order: ModelOrder): void {
    if (!order.edit) return;
    this.stock.release(order, order.edit.held);
    order.edit = null;
  }

  /** Records a refund and updates the payment status. */
  giveBack(order: ModelOrder, amount: number): void {
    order.returned += amount;
    const missing = Math.min(order.total, Math.max(0, order.total - order.captured + order.returned));
    const refunded = Math.min(order.returned, missing);
    if (refunded === order.refunded) return;
    order.refunded = refunded;
    const isAll = refunded === order.total || order.returned === order.captured;
    order.paymentStatus = refunded === 0 ? 'PAID' : isAll ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
    if (isAll && isIn(order, 'PAID', 'FULFILLED', 'COMPLETED')) {
      order.status = 'REFUNDED';
      // Nothing is shipped for it any more.
      for (const { variant } of order.lines) this.stock.dropBackordered(order, variant, ALL);
    }
    this.tidy(order);
  }

  /** Restocks units. */
  takeIn(line: ModelLine, quantity: number): void {
    line.out -= quantity;
    this.stock.arrive(line.variant, quantity);
  }

  /** Derives the fulfillment status from the lines; an ended order also ends its open edit. */
  tidy(order: ModelOrder): void {
    if (isIn(order, 'PAID', 'PLACED') && fulfillmentOf(order) === 'FULFILLED') order.status = 'FULFILLED';
    if (!isIn(order, 'PAID', 'PLACED')) this.dropEdit(order);
  }

  placePaid(order: ModelOrder): void {
    order.captured += order.total;
    this.place(order, 'PAID', 'PAID');
  }

  /** Refunds all that is left with every unit, each at its value where the values add up to what is left. */
  private giveAll(order: ModelOrder): void {
    const amount = this.refundable(order);
    if (amount === 0) return;
    const units = order.lines.map((line) => {
      const quantity = line.quantity - this.settled(order, line).units;
      return { line, quantity, worth: this.worth(order, line, quantity) };
    });
    const shipping = order.shipping - order.shippingRefunded;
    const isExact = sum(units.map(({ worth }) => worth)) + shipping === amount;
    for (const { line, quantity, worth } of units) {
      line.cancelled += Math.min(quantity, line.quantity - line.fulfilled - line.cancelled);
      line.refunded += quantity;
      line.refundedWorth += isExact ? worth : 0;
    }
    if (isExact) order.shippingRefunded += shipping;
    this.giveBack(order, amount);
  }

  private place(order: ModelOrder, status: string, paymentStatus: string): void {
    const { held } = order;
    order.held = new Map();
    order.status = status;
    order.paymentStatus = paymentStatus;
    this.stock.sell(order, held);
  }

  private moneyCame(order: ModelOrder): void {
    order.captured += order.total;
    order.paymentStatus = 'PAID';
    if (order.status === 'PLACED') order.status = 'PAID';
  }

  private takeAgain(order: ModelOrder): boolean {
    const units = toUnits(order.lines);
    if (!this.stock.canSell(units)) return false;
    order.held = this.stock.hold(order, units);
    this.placePaid(order);
    return true;
  }
}
