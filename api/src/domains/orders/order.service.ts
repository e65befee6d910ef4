import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/clock.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { DomainEvent, Outbox } from '../../platform/jobs/outbox.js';
import type { OrderEntity, TimelineData } from './order.entity.js';
import { isTransitionAllowed, OrderPaymentStatus, OrderStatus } from './order-states.js';
import * as sql from './order.statements.js';

/** Who did something: for the timeline. */
export interface Actor {
  readonly kind: 'CUSTOMER' | 'STAFF' | 'SYSTEM';
  readonly userId: string | null;
}

export const SYSTEM: Actor = { kind: 'SYSTEM', userId: null };

export function staff(userId: string): Actor {
  return { kind: 'STAFF', userId };
}

/** What a change may set; what is left out stays. */
export interface OrderChanges extends Partial<
  Pick<OrderEntity, 'status' | 'paymentStatus' | 'fulfillmentStatus' | 'placedAt' | 'expiresAt' | 'refunded'>
> {
  /** Its line in the timeline. */
  readonly event: string;
  readonly details?: TimelineData;
  readonly actor: Actor;
  /** The outbox event's kind; `order.updated` when nothing more particular happened. */
  readonly updates?: string;
  /** Makes the outbox event unique; the order's new version does by itself. */
  readonly eventKey?: string;
  /** A second outbox event of the same change, once in the order's life. */
  readonly secondEventKind?: string;
}

/** The facts that live pages hear of. */
export function orderEvent(order: OrderEntity, kind: string, key: string): DomainEvent {
  const { id, number, status, paymentStatus, paymentMethod, fulfillmentStatus, version, userId } = order;
  return {
    kind,
    aggregateId: id,
    dedupeKey: key,
    payload: { number, status, paymentStatus, paymentMethod, fulfillmentStatus, version, userId },
  };
}

/** Reads and changes orders. Whoever changes one holds its row lock. */
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    readonly clock: Clock,
  ) {}

  find(id: string): Promise<OrderEntity | null> {
    return this.database.row<OrderEntity>(sql.orderById, [id]);
  }

  findByNumber(number: string): Promise<OrderEntity | null> {
    return this.database.row<OrderEntity>(sql.orderByNumber, [number.replaceAll('\0', '')]);
  }

  /** The order under lock. Always the first row that a change of an order locks. */
  async lock(tx: Tx, id: string): Promise<OrderEntity> {
    const order = await tx.row<OrderEntity>(sql.lockOrder, [id]);
    if (!order) throw new NotFoundError('order', ['orderId']);
    return order;
  }

  /** The order under lock, if nobody changed it since the caller looked. @throws StaleVersionError */
  async lockVersion(tx: Tx, id: string, expectedVersion: number): Promise<OrderEntity> {
    const order = await this.lock(tx, id);
    if (order.version !== expectedVersion) throw new StaleVersionError(order.version);
    return order;
  }

  /**
   * Changes a locked order: columns, version, timeline and news in two statements.
   * @throws DomainError ILLEGAL_TRANSITION for a status that cannot follow the present one
   */
  async change(tx: Tx, order: OrderEntity, changes: OrderChanges): Promise<OrderEntity> {
    const next = { ...order, ...withoutUndefined(changes) };
    if (next.status !== order.status) assertTransition(order.status, next.status);
    const details =
      next.status === order.status
        ? changes.details
        : { fromStatus: order.status, toStatus: next.status, ...changes.details };
    const changed = await tx.row<OrderEntity>(sql.changeOrder, [
      order.id,
      changes.event,
      changes.actor.kind,
      changes.actor.userId,
      JSON.stringify(details ?? {}),
      next.status,
      next.paymentStatus,
      next.fulfillmentStatus,
      next.placedAt,
      next.expiresAt,
      next.refunded,
    ]);
    if (!changed) throw new Error('A locked order is missing');
    const kind = changes.updates ?? 'order.updated';
    await this.outbox.append(
      tx,
      orderEvent(changed, kind, changes.eventKey ?? `${kind}:${order.id}:${changed.version}`),
      ...(changes.secondEventKind
        ? [orderEvent(changed, changes.secondEventKind, `${changes.secondEventKind}:${order.id}`)]
        : []),
    );
    return changed;
  }

  /** Makes a locked order a placed one with its money; `placedAt` and the news happen once in its life. */
  place(tx: Tx, order: OrderEntity, amount: number, actor: Actor = SYSTEM): Promise<OrderEntity> {
    return this.change(tx, order, {
      status: OrderStatus.PAID,
      paymentStatus: OrderPaymentStatus.PAID,
      placedAt: this.clock.now(),
      expiresAt: null,
      event: 'PAID',
      details: { amount },
      actor,
      updates: 'order.placed',
      eventKey: `order.placed:${order.id}`,
      secondEventKind: 'order.paid',
    });
  }

  /** Makes a locked order a placed one whose money comes later: to the courier, or from the card when staff takes it. */
  placeUnpaid(
    tx: Tx,
    order: OrderEntity,
    paymentStatus: OrderPaymentStatus.PENDING | OrderPaymentStatus.AUTHORIZED,
  ): Promise<OrderEntity> {
    const isAuthorized = paymentStatus === OrderPaymentStatus.AUTHORIZED;
    return this.change(tx, order, {
      status: OrderStatus.PLACED,
      paymentStatus,
      placedAt: this.clock.now(),
      expiresAt: null,
      event: isAuthorized ? 'PAYMENT_AUTHORIZED' : 'PLACED',
      actor: SYSTEM,
      updates: 'order.placed',
      eventKey: `order.placed:${order.id}`,
    });
  }

  /** Notes that the money of an order placed earlier is here. Goods that have left stay FULFILLED or COMPLETED. */
  paid(
    tx: Tx,
    order: OrderEntity,
    { event, amount, actor }: { event: 'PAID' | 'CAPTURED'; amount: number; actor: Actor },
  ): Promise<OrderEntity> {
    return this.change(tx, order, {
      status: order.status === OrderStatus.PLACED ? OrderStatus.PAID : order.status,
      paymentStatus: OrderPaymentStatus.PAID,
      event,
      details: { amount },
      actor,
      updates: 'order.paid',
      eventKey: `order.paid:${order.id}`,
    });
  }

  /** Adds to the timeline what is no change of the order itself. */
  async tell(tx: Tx, orderId: string, event: string, details: TimelineData): Promise<void> {
    await this.appendTimelineEntryBy(tx, orderId, { event, details, actor: SYSTEM });
  }

  /** The same, done by somebody. */
  async appendTimelineEntryBy(
    tx: Tx,
    orderId: string,
    { event, details = {}, actor }: Pick<OrderChanges, 'event' | 'details' | 'actor'>,
  ): Promise<void> {
    await tx.count(sql.appendTimelineEntry, [
      orderId,
      event,
      actor.kind,
      actor.userId,
      JSON.stringify(details),
    ]);
  }

  notifyRelay(): void {
    this.outbox.notifyRelay();
  }
}

function assertTransition(from: OrderStatus, to: OrderStatus): void {
  if (!isTransitionAllowed(from, to)) {
    throw new DomainError('ILLEGAL_TRANSITION', `An order that is ${from} cannot become ${to}.`, ['status']);
  }
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Partial<T>;
}
