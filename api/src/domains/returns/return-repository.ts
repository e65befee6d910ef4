import type { Actor } from '../../kernel/actor.js';
import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { statement, type Database, type Tx, t } from '../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../platform/database/request-keys.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { OrderEntity, OrderService } from '../orders/index.js';
import type { ReturnEntity } from './return.entity.js';
import type { ReturnLineRow, ReturnRow } from './return.loaders.js';
import { isReturnTransitionAllowed, ReturnStatus } from './return-states.js';
import { RETURN_EVENT } from './return.events.js';
import * as sql from './return.statements.js';

/*
 * Transactions and locks of returns
 *
 * One transaction each: the request's key, the order's row, the return's row, then what refunds and restocking lock
 * themselves (payments, then stock levels). A return changes its status only as its transition table allows, under
 * the order's lock, and every transition is one entry of the order's timeline and one event; mails are sent from the
 * event.
 */

export type LockedReturn = Pick<
  ReturnEntity,
  'id' | 'number' | 'orderId' | 'status' | 'resolution' | 'version'
>;

/** A return with its order, both locked. */
export interface OpenReturn {
  readonly order: OrderEntity;
  readonly return: LockedReturn;
}

export interface ReturnTransition {
  readonly to: ReturnStatus;
  readonly actor: Actor;
  readonly note?: string | null;
  readonly amount?: number;
  readonly refundId?: string;
  readonly exchangeOrderId?: string;
}

/** What a mutation returns: the return and its order after the change. */
export interface ReturnOutcome {
  readonly return: ReturnRow;
  readonly order: OrderEntity;
}

const orderOfReturn = statement('returns.order-of', {
  params: { returnId: t.uuid },
  row: { orderId: t.uuid },
  sql: 'SELECT order_id AS "orderId" FROM order_return WHERE id = :returnId',
});

export class ReturnRepository {
  constructor(
    readonly database: Database,
    readonly orders: OrderService,
    private readonly outbox: Outbox,
    private readonly keys: RequestKeys,
  ) {}

  /** Runs `work` once for a request key. Returns the return as it is after it; a repeat finds the same return. */
  async once(request: KeyedRequest, work: (tx: Tx) => Promise<string>): Promise<ReturnOutcome> {
    const returnId = await this.database.transaction(async (tx) => {
      const earlier = await this.keys.claim(tx, request);
      if (earlier) return (earlier.response as { returnId: string }).returnId;
      const id = await work(tx);
      await this.keys.storeResult(tx, request, { returnId: id });
      return id;
    });
    this.orders.notifyRelay();
    return this.outcome(returnId);
  }

  /** Locks the order of a return, then the return. @throws NotFoundError | StaleVersionError */
  async lock(tx: Tx, returnId: string, expectedVersion: number | null): Promise<OpenReturn> {
    const known = await tx.row(orderOfReturn, { returnId });
    if (!known) throw new NotFoundError('return', ['returnId']);
    const order = await this.orders.lock(tx, known.orderId);
    const locked = await tx.row(sql.lockReturn, { returnId });
    if (!locked) throw new NotFoundError('return', ['returnId']);
    if (expectedVersion !== null && locked.version !== expectedVersion)
      throw new StaleVersionError(locked.version);
    return { order, return: locked };
  }

  lines(tx: Tx, returnId: string): Promise<ReturnLineRow[]> {
    return tx.rows(sql.linesByReturn, { ids: [returnId] });
  }

  /** @throws DomainError ILLEGAL_TRANSITION for a status that cannot follow the present one */
  assertTransition({ return: { status } }: OpenReturn, to: ReturnStatus): void {
    if (!isReturnTransitionAllowed(status, to))
      throw new DomainError('ILLEGAL_TRANSITION', `A return that is ${status} cannot become ${to}.`, [
        'returnId',
      ]);
  }

  /**
   * Changes the status of a locked return, and appends the timeline entry and the event. `order` must be the order as
   * it was last changed.
   */
  async transition(tx: Tx, open: OpenReturn, transition: ReturnTransition): Promise<void> {
    this.assertTransition(open, transition.to);
    const { id, status, number } = open.return;
    await tx.count(sql.moveReturn, {
      id,
      to: transition.to,
      note: transition.note ?? null,
      refundId: transition.refundId ?? null,
      exchangeOrderId: transition.exchangeOrderId ?? null,
      status,
    });
    await this.recordTransition(tx, { order: open.order, returnId: id, number }, transition);
  }

  /** Appends the timeline entry and the event of a status. Requires the order lock. */
  async recordTransition(
    tx: Tx,
    { order, returnId, number }: { order: OrderEntity; returnId: string; number: string },
    { to, actor, amount }: Pick<ReturnTransition, 'to' | 'actor' | 'amount'>,
  ): Promise<void> {
    await this.orders.change(tx, order, {
      event: `RETURN_${to}`,
      details: { returnNumber: number, ...(amount !== undefined && { amount }) },
      actor,
    });
    await this.outbox.append(tx, RETURN_EVENT[to](order.id, { returnId, orderId: order.id }));
  }

  async outcome(returnId: string): Promise<ReturnOutcome> {
    const row = await this.database.row(sql.returnsById, { ids: [returnId] });
    const order = row && (await this.orders.find(row.orderId));
    if (!row || !order) throw new Error('A return that was just written is missing');
    return { return: row, order };
  }
}
