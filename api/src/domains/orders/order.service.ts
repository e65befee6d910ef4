import { SYSTEM, type Actor } from '../../kernel/actor.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/clock.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { DomainEvent } from '../../platform/jobs/define-event.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { Mails } from '../../platform/mails/mails.js';
import type { Tenders } from '../payments/index.js';
import { stopTransferReminder } from './mails/awaited-transfer.js';
import { orderBeforeChange, type OrderChange } from './order.hooks.js';
import { orderEvent, orderPaid, orderPlaced, orderUpdated } from './order.events.js';
import type { OrderEntity, TimelineData } from './order.entity.js';
import { isTransitionAllowed, OrderPaymentStatus, OrderStatus } from './order-states.js';
import * as sql from './order.statements.js';

/** The columns that a change sets; what is left out stays. */
export interface OrderChanges extends Partial<
  Pick<OrderEntity, 'status' | 'paymentStatus' | 'fulfillmentStatus' | 'placedAt' | 'expiresAt' | 'refunded'>
> {
  /** The kind of its timeline entry. */
  readonly event: string;
  readonly details?: TimelineData;
  readonly actor: Actor;
  /** The outbox events of the changed order; `orderUpdated` when left out. */
  readonly events?: (changed: OrderEntity) => readonly DomainEvent[];
}

export interface OrderServiceDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly hooks: Hooks;
  readonly mails: Pick<Mails, 'cancel'>;
  readonly tenders: Tenders;
}

/** Reads and changes orders. Every change requires the order's row lock. */
export class OrderService {
  private readonly database: Database;
  private readonly outbox: Outbox;
  private readonly hooks: Hooks;
  readonly clock: Clock;

  constructor(private readonly deps: OrderServiceDeps) {
    ({ database: this.database, outbox: this.outbox, hooks: this.hooks, clock: this.clock } = deps);
  }

  find(id: string): Promise<OrderEntity | null> {
    return this.database.row(sql.orderById, { id });
  }

  findByNumber(number: string): Promise<OrderEntity | null> {
    return this.database.row(sql.orderByNumber, { number: number.replaceAll('\0', '') });
  }

  /** Locks the order. It must be the first row that a change of an order locks. @throws NotFoundError */
  async lock(tx: Tx, id: string): Promise<OrderEntity> {
    const order = await tx.row(sql.lockOrder, { id });
    if (!order) throw new NotFoundError('order', ['orderId']);
    return order;
  }

  /** Locks the order if it still has the version that the caller saw. @throws StaleVersionError | NotFoundError */
  async lockVersion(tx: Tx, id: string, expectedVersion: number): Promise<OrderEntity> {
    const order = await this.lock(tx, id);
    if (order.version !== expectedVersion) throw new StaleVersionError(order.version);
    return order;
  }

  /**
   * Asks modules outside the shop's own, in the transaction that holds the order's lock. @throws DomainError PLUGIN_FAILED, or a code of theirs
   */
  beforeChange(tx: Tx, change: OrderChange): Promise<void> {
    return this.hooks.run(tx, orderBeforeChange, change);
  }

  /**
   * Changes a locked order: one statement writes columns, version and timeline, one appends the outbox events.
   * @throws DomainError ILLEGAL_TRANSITION for a status that cannot follow the present one
   */
  async change(tx: Tx, order: OrderEntity, changes: OrderChanges): Promise<OrderEntity> {
    const next = { ...order, ...withoutUndefined(changes) };
    if (next.status !== order.status) assertTransition(order.status, next.status);
    const details =
      next.status === order.status
        ? changes.details
        : { fromStatus: order.status, toStatus: next.status, ...changes.details };
    const changed = await tx.row(sql.changeOrder, {
      orderId: order.id,
      event: changes.event,
      actorKind: changes.actor.kind,
      userId: changes.actor.userId,
      details: details ?? {},
      status: next.status,
      paymentStatus: next.paymentStatus,
      fulfillmentStatus: next.fulfillmentStatus,
      placedAt: next.placedAt,
      expiresAt: next.expiresAt,
      refunded: next.refunded,
    });
    if (!changed) throw new Error('A locked order is missing');
    await stopTransferReminder(tx, this.deps.mails, { before: order, next });
    await this.outbox.append(tx, ...(changes.events?.(changed) ?? [orderEvent(orderUpdated, changed)]));
    return changed;
  }

  /** Places a locked order whose payment was captured; `placedAt` and the events are written once in its life. */
  async place(tx: Tx, order: OrderEntity, amount: number, actor: Actor = SYSTEM): Promise<OrderEntity> {
    await this.deps.tenders.take(tx, order);
    return this.change(tx, order, {
      status: OrderStatus.PAID,
      paymentStatus: OrderPaymentStatus.PAID,
      placedAt: this.clock.now(),
      expiresAt: null,
      event: 'PAID',
      details: { amount },
      actor,
      events: (placed) => [orderEvent(orderPlaced, placed), orderEvent(orderPaid, placed)],
    });
  }

  /** Places a locked order that is paid later: to the courier, or when staff captures the authorized payment. */
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
      events: (placed) => [orderEvent(orderPlaced, placed)],
    });
  }

  /**
   * Records the payment of a locked order that was placed earlier. An order that was shipped stays FULFILLED or
   * COMPLETED.
   */
  async paid(
    tx: Tx,
    order: OrderEntity,
    { event, amount, actor }: { event: 'PAID' | 'CAPTURED'; amount: number; actor: Actor },
  ): Promise<OrderEntity> {
    await this.deps.tenders.take(tx, order);
    return this.change(tx, order, {
      status: order.status === OrderStatus.PLACED ? OrderStatus.PAID : order.status,
      paymentStatus: OrderPaymentStatus.PAID,
      event,
      details: { amount },
      actor,
      events: (paid) => [orderEvent(orderPaid, paid)],
    });
  }

  /** Appends a timeline entry of the system that is no change of the order itself. */
  async appendTimelineEntry(tx: Tx, orderId: string, event: string, details: TimelineData): Promise<void> {
    await this.appendTimelineEntryBy(tx, orderId, { event, details, actor: SYSTEM });
  }

  /** Appends a timeline entry of the given actor. */
  async appendTimelineEntryBy(
    tx: Tx,
    orderId: string,
    { event, details = {}, actor }: Pick<OrderChanges, 'event' | 'details' | 'actor'>,
  ): Promise<void> {
    await tx.count(sql.appendTimelineEntry, {
      orderId,
      event,
      actorKind: actor.kind,
      userId: actor.userId,
      details,
    });
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
