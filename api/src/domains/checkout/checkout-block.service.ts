import { DomainError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { staff, type OrderClosingService, type OrderEntity, type OrderService } from '../orders/index.js';
import { CheckoutBlockKind } from './checkout-block.type.js';
import * as sql from './checkout-block.statements.js';

/*
 * Releasing and blocking
 *
 * First one transaction claims the key and writes the blocks, so that nothing new can be held while the old is released.
 * It takes the lock of all blocks before their rows, and adds to the order's timeline last. A block of the same mark that
 * is there already is ended, not overwritten: who placed it stays known. Lifting locks the one row and tells the order too.
 * Then each order is ended by the ordinary cancellation, with its own locks and its own word of the payment provider.
 * After a crash a repeat with the same key finds the blocks written and ends what is left; ending twice changes nothing.
 */

interface Marks extends Record<string, unknown> {
  readonly id: string;
  readonly email: string;
  readonly phone: string | null;
  readonly network: Buffer | null;
}

interface Expiry extends Record<string, unknown> {
  readonly expiresAt: Date;
}

interface Lifted extends Record<string, unknown> {
  readonly kind: CheckoutBlockKind;
  readonly orderId: string | null;
}

export interface ReleaseAndBlock {
  readonly orderId: string;
  readonly kinds: readonly CheckoutBlockKind[];
  readonly days: number;
  readonly includeRelated: boolean;
  readonly reason: string | null;
  readonly idempotencyKey: string;
  readonly staffId: string;
}

export interface Released {
  readonly order: OrderEntity | null;
  readonly blocks: object[];
  readonly released: number;
  readonly undecided: number;
}

const OPERATION = 'orderReleaseAndBlock';

export class CheckoutBlockService {
  constructor(
    private readonly parts: {
      readonly database: Database;
      readonly keys: RequestKeys;
      readonly orders: OrderService;
      readonly closing: OrderClosingService;
    },
  ) {}

  /** Null for an order that is not unpaid. */
  async relations(orderId: string): Promise<object | null> {
    const { database } = this.parts;
    const marks = await database.row<Marks>(sql.marksOf, [orderId]);
    if (!marks) return null;
    const { email, phone, network } = marks;
    const counts = await database.row<Record<string, number>>(sql.countRelated, [
      orderId,
      email,
      phone,
      network,
    ]);
    return {
      ...counts,
      samePhone: phone ? counts?.['samePhone'] : null,
      sameNetwork: network ? counts?.['sameNetwork'] : null,
    };
  }

  /**
   * Ends an unpaid order, gives its stock back, and keeps its buyer from ordering for a while.
   *
   * @throws NotFoundError | DomainError ILLEGAL_TRANSITION (it is paid, shipped or over) | INVALID_INPUT (it has no such mark)
   *   | IDEMPOTENCY_KEY_REUSED
   */
  async releaseAndBlock(request: ReleaseAndBlock): Promise<Released> {
    const { database, orders } = this.parts;
    const due = await database.transaction((tx) => this.block(tx, request));
    let [released, undecided] = [0, 0];
    for (const id of due) {
      if (await this.release(id, request)) released++;
      else undecided++;
    }
    return {
      order: await orders.find(request.orderId),
      blocks: await database.rows(sql.blocksOfOrder, [request.orderId]),
      released,
      undecided,
    };
  }

  /** Answers which orders are to be ended. */
  private async block(tx: Tx, request: ReleaseAndBlock): Promise<string[]> {
    const { orderId, kinds, days, includeRelated, reason, idempotencyKey: key, staffId } = request;
    const body = { orderId, kinds, days, includeRelated, reason };
    const claim = { actor: `user:${staffId}`, operation: OPERATION, key, body };
    const earlier = await this.parts.keys.claim(tx, claim);
    // What a crash left undone is done now.
    if (earlier) return (earlier.response as string[] | null) ?? [];
    const marks = await tx.row<Marks>(sql.marksOf, [orderId]);
    if (!marks) throw await this.notUnpaid(orderId);
    await tx.row(sql.lockBlocks);
    for (const kind of kinds) await this.blockOne(tx, kind, marks, request);
    const counted = (kind: CheckoutBlockKind, mark: unknown): unknown => (kinds.includes(kind) ? mark : null);
    const related = includeRelated
      ? await tx.rows<{ id: string }>(sql.relatedOrders, [
          orderId,
          counted(CheckoutBlockKind.EMAIL, marks.email),
          counted(CheckoutBlockKind.PHONE, marks.phone),
          counted(CheckoutBlockKind.NETWORK, marks.network),
        ])
      : [];
    const due = [orderId, ...related.map(({ id }) => id)];
    await this.parts.keys.keep(tx, claim, due);
    return due;
  }

  private async blockOne(
    tx: Tx,
    kind: CheckoutBlockKind,
    marks: Marks,
    { orderId, reason, staffId, days }: ReleaseAndBlock,
  ): Promise<void> {
    const isNetwork = kind === CheckoutBlockKind.NETWORK;
    const mark = isNetwork ? marks.network : kind === CheckoutBlockKind.EMAIL ? marks.email : marks.phone;
    if (!mark)
      throw new DomainError('INVALID_INPUT', `Nothing is known of the ${kind.toLowerCase()} of this order.`, [
        'kinds',
      ]);
    const columns = isNetwork ? [mark, null] : [null, mark];
    const former = await tx.row<Expiry>(sql.endForNext, [kind, ...columns, staffId]);
    const block = await tx.row<Expiry>(sql.placeBlock, [
      ...[newId(), kind, ...columns, orderId, reason, staffId, days],
      former?.expiresAt ?? null,
    ]);
    const details = { blockKind: kind, until: block?.expiresAt.toISOString() };
    await this.parts.orders.appendTimelineEntryBy(tx, orderId, {
      event: 'BUYER_BLOCKED',
      details,
      actor: staff(staffId),
    });
  }

  /** Lets the buyer order again. @throws NotFoundError when no such block is in force */
  async lift(blockId: string, staffId: string): Promise<void> {
    await this.parts.database.transaction(async (tx) => {
      const block = await tx.row<Lifted>(sql.liftBlock, [blockId, staffId]);
      if (!block) throw new NotFoundError('block', ['blockId']);
      const { kind, orderId } = block;
      if (!orderId) return;
      const details = { blockKind: kind };
      await this.parts.orders.appendTimelineEntryBy(tx, orderId, {
        event: 'BLOCK_LIFTED',
        details,
        actor: staff(staffId),
      });
    });
  }

  /** False when the payment is being decided just now: it ends the order itself, or pays it. */
  private async release(
    orderId: string,
    { staffId, reason, idempotencyKey }: ReleaseAndBlock,
  ): Promise<boolean> {
    try {
      await this.parts.closing.cancel({
        orderId,
        expectedVersion: null,
        reason,
        idempotencyKey: `${idempotencyKey.slice(0, 80)}:${orderId}`,
        actor: staff(staffId),
        keyActor: `user:${staffId}`,
        operation: OPERATION,
        restock: true,
      });
      return true;
    } catch (error) {
      if (error instanceof DomainError && UNDECIDED.has(error.code)) return false;
      throw error;
    }
  }

  private async notUnpaid(orderId: string): Promise<DomainError> {
    return (await this.parts.orders.find(orderId))
      ? new DomainError(
          'ILLEGAL_TRANSITION',
          'This order is paid, shipped or over: there is nothing to release.',
          ['orderId'],
        )
      : new NotFoundError('order', ['orderId']);
  }
}

const UNDECIDED = new Set<string>(['PAYMENT_UNDECIDED', 'ILLEGAL_TRANSITION', 'PAYMENT_DISPUTED']);
