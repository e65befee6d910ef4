import type { Actor } from '../../../kernel/actor.js';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { DomainError, InvalidInputError } from '../../../kernel/errors.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';
import { PaymentMethod, type PaymentEntity } from '../../payments/index.js';
import { neverLeft, shipmentOut, returnedUnits } from './goods-at-home.js';
import type { OrderEntity, ShipmentEntity } from '../order.entity.js';
import type { OrderRefundService } from '../refunds/order-refund.service.js';
import { OrderStatus } from '../order-states.js';
import type { OrderService } from '../order.service.js';
import { undelivered } from './shipment.statements.js';
import {
  unitsWorth,
  type RefundableLine,
  type RefundableOrder,
  type RequestedRefund,
} from '../refunds/refund-plan.js';

/*
 * Receiving less than the price because a shipment was refused
 *
 * An order with cash on delivery was shipped in several shipments; one was accepted and paid, another came back. The
 * courier brings the money for what was kept. The agreed price is recorded as received, and the rest of it, which was
 * never received, as refunded in the same transaction, for the units that came back and those that were never
 * shipped: so its documents are an invoice over the order and a credit note over what was refused, and their
 * difference is the money that was received. No refund is sent, since the payment has no provider, and the buyer is
 * told the amount that was collected.
 *
 * Where accounts of the shop (tenders) pay for what was kept, the courier collects nothing: 0 is recorded, and what the
 * accounts paid beyond the goods that were kept goes back to them with the same decision: that is money given back, for
 * which the member of staff needs the permission (see giving-back.ts), while what was never received is not.
 *
 * Locks: order and payment by the caller, then stock where units are named; accounts after payments, before stock.
 */

const refusedUnits = statement('orders.refused-units', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, units: t.int },
  sql: `SELECT l.order_line_id AS id, sum(l.quantity)::int AS units FROM shipment_line l JOIN shipment s ON s.id = l.shipment_id
   WHERE s.order_id = :orderId AND s.status = 'RETURNED' GROUP BY l.order_line_id`,
});

const givenUp = statement('orders.refused-given-up', {
  params: { orderId: t.uuid },
  row: { '?column?': t.int },
  sql: `SELECT 1 FROM order_refund WHERE order_id = :orderId AND reason = '${AUTOMATIC_REASONS.REFUSED_AT_DOOR}'`,
});

/**
 * Checks that a shipment may still change its status. The goods of a cancelled order count as back in the shop, and
 * so do those of a shipment that came back when the rest was collected on delivery: their shipments stay as they are.
 * Requires the order lock.
 * @throws DomainError ILLEGAL_TRANSITION
 */
export async function assertShipmentChangeable(
  tx: Tx,
  { id, status }: OrderEntity,
  shipment: Pick<ShipmentEntity, 'status'>,
): Promise<void> {
  const isGivenUp =
    status === OrderStatus.CANCELLED ||
    (shipment.status === 'RETURNED' && (await tx.row(givenUp, { orderId: id })) !== null);
  if (!isGivenUp) return;
  throw new DomainError(
    'ILLEGAL_TRANSITION',
    'Its goods were given up when it was back: what became of it stays as it is.',
    ['status'],
  );
}

export interface PartCollected {
  /** The part of the price that was not collected, minor units. */
  readonly missing: number;
  /** Whether nothing was collected: tenders pay for all that was kept. */
  readonly isAllTendered: boolean;
  /** Whether the units that came back, or were never shipped, are restocked. */
  readonly restock: boolean;
  readonly actor: Actor;
}

/** @throws InvalidInputError when this amount cannot have been collected for the order */
export async function assertPartCollected(
  tx: Tx,
  order: OrderEntity,
  payment: Pick<PaymentEntity, 'amount'>,
  amount: number,
): Promise<void> {
  if (amount < (order.tendered > 0 ? 0 : 1) || amount >= payment.amount)
    throw new InvalidInputError('Name a part of the price; leave it out for all of it.', ['amount']);
  const refused = await tx.row(refusedUnits, { orderId: order.id });
  if (order.paymentMethod !== PaymentMethod.CASH_ON_DELIVERY || !refused)
    throw new InvalidInputError('Less was collected only where a shipment came back from the door.', [
      'amount',
    ]);
  if (!(await tx.row(shipmentOut, { orderId: order.id })))
    throw new InvalidInputError('All of it came back: cancel the order instead.', ['amount']);
}

/**
 * Cancels the units that came back or were never shipped, with the part of the price that was not collected; an order
 * of which everything else was delivered becomes COMPLETED. Requires the order lock; call after its payment was
 * recorded as received in full.
 * @throws InvalidInputError when no unit that came back is left to be cancelled
 * @throws DomainError REFUND_NOT_ALLOWED where accounts get money back, and `actor` may not give any
 */
export async function cancelRefused(
  tx: Tx,
  { orders, refunding }: { readonly orders: OrderService; readonly refunding: OrderRefundService },
  order: OrderEntity,
  { actor, ...collected }: PartCollected,
): Promise<void> {
  const ledger = await refunding.ledger(tx, order);
  const { order: changed } = await refunding.createRefund(tx, order, {
    requested: requestFor(ledger, await unsold(tx, order, ledger), collected),
    reason: AUTOMATIC_REASONS.REFUSED_AT_DOOR,
    actor,
    neverCame: collected.missing,
  });
  if (changed.status !== OrderStatus.FULFILLED) return;
  const out = await tx.row(undelivered, { orderId: order.id });
  if (out?.left === 0)
    await orders.change(tx, changed, { status: OrderStatus.COMPLETED, event: 'STATUS_CHANGED', actor });
}

interface UnsoldUnits {
  readonly line: RefundableLine;
  readonly quantity: number;
}

/** The units that were refused on delivery or never shipped, less those that a return has settled already. */
async function unsold(tx: Tx, order: OrderEntity, { lines }: RefundableOrder): Promise<UnsoldUnits[]> {
  const rows = await tx.rows(refusedUnits, { orderId: order.id });
  const refused = new Map(rows.map(({ id, units }) => [id, units]));
  const returned = await returnedUnits(tx, order.id);
  const units = lines.flatMap((line) => {
    const back = Math.max(0, (refused.get(line.id) ?? 0) - (returned.get(line.id) ?? 0));
    const quantity = Math.min(line.quantity - line.settledQuantity, back + neverLeft(line));
    return quantity > 0 ? [{ line, quantity }] : [];
  });
  if (units.length === 0) throw new InvalidInputError('Nothing of it came back unsold.', ['amount']);
  return units;
}

/**
 * By line, with the missing amount beyond the units as a part of the delivery, and beyond that of charges; any other
 * amount only names the units. Where tenders paid for what was kept, the units go back at their worth.
 */
function requestFor(
  ledger: RefundableOrder,
  units: readonly UnsoldUnits[],
  { missing, isAllTendered, restock }: Omit<PartCollected, 'actor'>,
): RequestedRefund {
  const rest = missing - units.reduce((sum, { line, quantity }) => sum + unitsWorth(line, quantity), 0);
  const lines = units.map(({ line, quantity }) => ({ orderLineId: line.id, quantity, restock }));
  if (isAllTendered && rest < 0) return { lines, shipping: null, amount: null };
  const shipping = Math.min(Math.max(0, rest), ledger.shippingGross - ledger.givenBackShipping);
  let open = rest - shipping;
  const charges = ledger.charges.flatMap(({ code, gross, givenBack }) => {
    const amount = Math.min(Math.max(0, open), gross - givenBack);
    open -= amount;
    return amount > 0 ? [{ code, amount }] : [];
  });
  return open === 0 ? { lines, shipping, charges, amount: null } : { lines, shipping: null, amount: missing };
}
