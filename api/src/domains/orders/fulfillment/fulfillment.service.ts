import { staff } from '../../../kernel/actor.js';
import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import type { DisputeService } from '../../payments/index.js';
import { orderEvent, orderShipped } from '../order.events.js';
import type { OrderEntity, ShipmentEntity } from '../order.entity.js';
import {
  FulfillmentStatus,
  fulfillmentOf,
  movesByHand,
  OrderPaymentStatus,
  OrderStatus,
} from '../order-states.js';
import type { OrderLineRow } from '../order.loaders.js';
import type { OrderService } from '../order.service.js';
import { linesByOrder } from '../order.statements.js';
import * as sql from './shipment.statements.js';
import { assertShipmentChangeable } from './part-collected.js';

export interface Tracking {
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
}

export interface ShipRequest extends Tracking {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly actorId: string;
  /** Null ships every unit that is in stock for the order and not shipped yet. */
  readonly lines: readonly { orderLineId: string; quantity: number }[] | null;
  /** True refuses a shipment that leaves units to ship. */
  readonly isWhole?: boolean;
  /** Null: a repeated request creates a second shipment. */
  readonly keyed: KeyedRequest | null;
}

export interface ShipmentChange extends Partial<Tracking> {
  readonly shipmentId: string;
  readonly status?: ShipmentEntity['status'];
  readonly actorId: string;
  /** The order's version that the caller saw; null when the caller does not check it. */
  readonly expectedVersion: number | null;
  readonly keyed: KeyedRequest | null;
}

export interface StatusMove {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly expectedVersion: number;
  readonly actorId: string;
  readonly keyed: KeyedRequest | null;
}

/**
 * Creates and updates shipments. Each is one transaction: first the row of the request's key, if there is one, then
 * the order, so an order's lines and shipments are changed by one request at a time.
 */
export class FulfillmentService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderService,
    private readonly disputes: DisputeService,
    private readonly keys: RequestKeys,
  ) {}

  /**
   * Ships lines of an order that is paid, or is paid on delivery; the order becomes FULFILLED with its last unit.
   *
   * @throws StaleVersionError | InvalidInputError (more than is left to ship)
   * @throws DomainError ILLEGAL_TRANSITION (not placed) | CAPTURE_REQUIRED | PAYMENT_DISPUTED
   */
  async ship(request: ShipRequest): Promise<{ order: OrderEntity; shipmentId: string }> {
    let changed: OrderEntity | null = null;
    const { shipmentId } = await this.database.transaction((tx) =>
      this.keys.once(tx, request.keyed, async () => {
        const sent = await this.send(tx, request);
        changed = sent.order;
        return { shipmentId: sent.shipmentId };
      }),
    );
    this.orders.notifyRelay();
    return { order: changed ?? (await this.present(request.orderId)), shipmentId };
  }

  /** The same in a transaction of the caller, without a key. */
  async send(tx: Tx, request: ShipRequest): Promise<{ order: OrderEntity; shipmentId: string }> {
    const { orderId, expectedVersion, carrier, trackingNumber, trackingUrl } = request;
    const order = await this.orders.lockVersion(tx, orderId, expectedVersion);
    await this.assertShippable(tx, order);
    const lines = await tx.rows(linesByOrder, { ids: [order.id] });
    const shipment = toShipment(lines, request.lines);
    const shipmentId = newId();
    await tx.count(sql.insertShipment, {
      ...{ shipmentId, orderId, carrier, trackingNumber, trackingUrl },
      shipmentIds: shipment.map(({ line }) => line.id),
      quantities: shipment.map(({ quantity }) => quantity),
    });
    const fulfillmentStatus = fulfillmentOf(afterShipping(lines, shipment));
    if (request.isWhole && fulfillmentStatus !== FulfillmentStatus.FULFILLED) {
      throw new InvalidInputError('Some of its units are still to come.', ['status']);
    }
    const by = staff(request.actorId);
    const changed = await this.orders.change(tx, order, {
      fulfillmentStatus,
      status: fulfillmentStatus === FulfillmentStatus.FULFILLED ? OrderStatus.FULFILLED : order.status,
      event: 'SHIPPED',
      details: { carrier, trackingNumber },
      actor: by,
      events: (shipped) => [orderEvent(orderShipped, shipped, shipmentId)],
    });
    await this.orders.beforeChange(tx, { change: 'SHIP', order, actor: by });
    return { order: changed, shipmentId };
  }

  private async present(orderId: string): Promise<OrderEntity> {
    const order = await this.orders.find(orderId);
    if (!order) throw new NotFoundError('order', ['orderId']);
    return order;
  }

  private async assertShippable(tx: Tx, order: OrderEntity): Promise<void> {
    if (order.status !== OrderStatus.PAID && order.status !== OrderStatus.PLACED) {
      throw new DomainError('ILLEGAL_TRANSITION', `An order that is ${order.status} cannot be shipped.`, [
        'orderId',
      ]);
    }
    // An authorization may lapse while the shipment is on its way.
    if (order.paymentStatus === OrderPaymentStatus.AUTHORIZED) {
      throw new DomainError('CAPTURE_REQUIRED', 'Take the authorized money before the goods leave.', [
        'orderId',
      ]);
    }
    if (await this.disputes.isDisputed(tx, order.id)) {
      throw new DomainError('PAYMENT_DISPUTED', 'The buyer disputes the payment: nothing is shipped now.', [
        'orderId',
      ]);
    }
  }

  /** The id of the order that a shipment belongs to; null for an unknown shipment. */
  async orderIdOf(shipmentId: string): Promise<string | null> {
    return (await this.database.row(sql.shipmentById, { shipmentId }))?.orderId ?? null;
  }

  /**
   * Changes tracking or status of a shipment; the order becomes COMPLETED once everything was delivered. An update
   * that changes nothing increments no version and appends no event.
   *
   * @throws NotFoundError | StaleVersionError
   * @throws DomainError ILLEGAL_TRANSITION for a new status of a shipment that came back and whose units were cancelled
   *   since: its order was cancelled, or collected in part
   */
  async updateShipment(change: ShipmentChange): Promise<OrderEntity> {
    const before = await this.database.row(sql.shipmentById, { shipmentId: change.shipmentId });
    if (!before) throw new NotFoundError('shipment', ['shipmentId']);
    let changed: OrderEntity | null = null;
    await this.database.transaction((tx) =>
      this.keys.once(tx, change.keyed, async () => {
        changed = await this.applyShipmentChange(tx, before.orderId, change);
        return {};
      }),
    );
    this.orders.notifyRelay();
    return changed ?? this.present(before.orderId);
  }

  private async applyShipmentChange(tx: Tx, orderId: string, change: ShipmentChange): Promise<OrderEntity> {
    const { expectedVersion } = change;
    const locked = await (expectedVersion === null
      ? this.orders.lock(tx, orderId)
      : this.orders.lockVersion(tx, orderId, expectedVersion));
    const shipment = (await tx.row(sql.shipmentById, { shipmentId: change.shipmentId })) as ShipmentEntity;
    const next = {
      status: change.status ?? shipment.status,
      carrier: change.carrier === undefined ? shipment.carrier : change.carrier,
      trackingNumber: change.trackingNumber === undefined ? shipment.trackingNumber : change.trackingNumber,
      trackingUrl: change.trackingUrl === undefined ? shipment.trackingUrl : change.trackingUrl,
    };
    if (isSame(next, shipment)) return locked;
    if (next.status !== shipment.status) await assertShipmentChangeable(tx, locked, shipment);
    await tx.count(sql.updateShipment, {
      shipmentId: shipment.id,
      status: next.status,
      carrier: next.carrier,
      trackingNumber: next.trackingNumber,
      trackingUrl: next.trackingUrl,
    });
    const isDelivered = next.status === 'DELIVERED' && shipment.status !== 'DELIVERED';
    const isComplete =
      isDelivered && locked.status === OrderStatus.FULFILLED && (await this.allDelivered(tx, locked.id));
    return this.orders.change(tx, locked, {
      status: isComplete ? OrderStatus.COMPLETED : locked.status,
      event: isDelivered ? 'DELIVERED' : 'STATUS_CHANGED',
      details: { carrier: next.carrier, trackingNumber: next.trackingNumber },
      actor: staff(change.actorId),
    });
  }

  /**
   * Sets a status that staff may set by hand: FULFILLED (handed over without a shipment: every unit left counts as
   * shipped) or COMPLETED. @throws StaleVersionError | DomainError ILLEGAL_TRANSITION
   */
  async setStatus(request: StatusMove): Promise<OrderEntity> {
    const { orderId, status, expectedVersion, actorId, keyed } = request;
    if (status === OrderStatus.FULFILLED) {
      const nothing = { carrier: null, trackingNumber: null, trackingUrl: null };
      const shipment = { orderId, expectedVersion, actorId, keyed, lines: null, isWhole: true, ...nothing };
      return (await this.ship(shipment)).order;
    }
    let changed: OrderEntity | null = null;
    await this.database.transaction((tx) =>
      this.keys.once(tx, keyed, async () => {
        changed = await this.moveByHand(tx, request);
        return {};
      }),
    );
    this.orders.notifyRelay();
    return changed ?? this.present(orderId);
  }

  /** The move to a status, in a transaction of the caller and without a key. */
  async moveByHand(tx: Tx, { orderId, status, expectedVersion, actorId }: StatusMove): Promise<OrderEntity> {
    const locked = await this.orders.lockVersion(tx, orderId, expectedVersion);
    if (!movesByHand(locked.status).includes(status)) {
      throw new DomainError(
        'ILLEGAL_TRANSITION',
        `An order that is ${locked.status} cannot be set to ${status}.`,
        ['status'],
      );
    }
    return this.orders.change(tx, locked, { status, event: 'STATUS_CHANGED', actor: staff(actorId) });
  }

  private async allDelivered(tx: Tx, orderId: string): Promise<boolean> {
    const row = await tx.row(sql.undelivered, { orderId });
    return row?.left === 0;
  }
}

type ShipmentDetails = Pick<ShipmentEntity, 'status' | 'carrier' | 'trackingNumber' | 'trackingUrl'>;

function isSame(
  next: ShipmentDetails,
  { status, carrier, trackingNumber, trackingUrl }: ShipmentDetails,
): boolean {
  return (
    next.status === status &&
    next.carrier === carrier &&
    next.trackingNumber === trackingNumber &&
    next.trackingUrl === trackingUrl
  );
}

interface PackedLine {
  readonly line: OrderLineRow;
  readonly quantity: number;
}

function toShipment(lines: readonly OrderLineRow[], wanted: ShipRequest['lines']): PackedLine[] {
  const shipment = wanted
    ? wanted.map(({ orderLineId, quantity }, i) => ({ line: lineOf(lines, orderLineId, i), quantity }))
    : lines.map((line) => ({ line, quantity: leftToShip(line) })).filter(({ quantity }) => quantity > 0);
  if (shipment.length === 0) throw new InvalidInputError('Nothing is left to ship.', ['lines']);
  if (new Set(shipment.map(({ line }) => line.id)).size < shipment.length) {
    throw new InvalidInputError('Each line may stand once in a shipment.', ['lines']);
  }
  for (const [i, { line, quantity }] of shipment.entries()) {
    const left = leftToShip(line);
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > left) {
      throw new InvalidInputError(`Of this line ${left} are left to ship.`, ['lines', String(i), 'quantity']);
    }
  }
  return shipment;
}

/** Units that are back-ordered cannot be shipped before they are in stock. */
function leftToShip({ quantity, fulfilled, cancelled, backordered }: OrderLineRow): number {
  return quantity - fulfilled - cancelled - backordered;
}

function lineOf(lines: readonly OrderLineRow[], id: string, index: number): OrderLineRow {
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw new NotFoundError('line in this order', ['lines', String(index), 'orderLineId']);
  return line;
}

function afterShipping(
  lines: readonly OrderLineRow[],
  shipment: readonly PackedLine[],
): { quantity: number; fulfilled: number }[] {
  return lines.map(({ id, quantity, cancelled, fulfilled }) => ({
    quantity: quantity - cancelled,
    fulfilled: fulfilled + (shipment.find(({ line }) => line.id === id)?.quantity ?? 0),
  }));
}
