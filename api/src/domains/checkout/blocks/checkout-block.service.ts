import { staff } from '../../../kernel/actor.js';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { OrderClosingService, OrderEntity, OrderService } from '../../orders/index.js';
import { CheckoutBlockKind } from './checkout-block-kind.js';
import * as sql from './checkout-block.statements.js';

/*
 * Releasing unpaid orders and blocking their buyers
 *
 * First one transaction claims the key and inserts the blocks, so that nothing new can be held while the old orders
 * are released. It takes the lock of all blocks before their rows, and appends to the order's timeline last. An
 * existing block of the same kind and buyer is ended, not overwritten, so it stays recorded who placed it. Lifting a
 * block locks its one row and appends to the order's timeline too. Then each order is cancelled by the ordinary
 * cancellation, with its own locks and its own decision of the payment provider. After a crash a repeat with the same
 * key finds the blocks written and cancels the remaining orders; cancelling twice changes nothing. Where cancelling the
 * order itself would give money back that the member of staff may not give, nothing is done.
 */

interface Marks {
  readonly id: string;
  readonly email: string;
  readonly phone: string | null;
  readonly network: Buffer | null;
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
    private readonly deps: {
      readonly database: Database;
      readonly keys: RequestKeys;
      readonly orders: OrderService;
      readonly closing: OrderClosingService;
    },
  ) {}

  /** What an unpaid order shares with other unpaid orders; null for any other order. */
  async relations(orderId: string): Promise<object | null> {
    const { database } = this.deps;
    const marks = await database.row(sql.marksOf, { orderId });
    if (!marks) return null;
    const { email, phone, network } = marks;
    const counts = await database.row(sql.countRelated, { orderId, email, phone, network });
    return {
      ...counts,
      samePhone: phone ? counts?.['samePhone'] : null,
      sameNetwork: network ? counts?.['sameNetwork'] : null,
    };
  }

  /**
   * Cancels an unpaid order, releases its stock, and blocks its buyer from ordering for some days.
   *
   * @throws NotFoundError | DomainError ILLEGAL_TRANSITION (it is paid, shipped or over) | INVALID_INPUT (the order
   *   has no data of this kind) | IDEMPOTENCY_KEY_REUSED | REFUND_NOT_ALLOWED
   */
  async releaseAndBlock(request: ReleaseAndBlock): Promise<Released> {
    const { database, orders } = this.deps;
    const orderIds = await database.transaction((tx) => this.block(tx, request));
    let [released, undecided] = [0, 0];
    for (const id of orderIds) {
      if (await this.release(id, request)) released++;
      else undecided++;
    }
    return {
      order: await orders.find(request.orderId),
      blocks: await database.rows(sql.blocksOfOrder, { orderId: request.orderId }),
      released,
      undecided,
    };
  }

  /** Returns the ids of the orders to cancel. */
  private async block(tx: Tx, request: ReleaseAndBlock): Promise<string[]> {
    const { orderId, kinds, days, includeRelated, reason, idempotencyKey: key, staffId } = request;
    const body = { orderId, kinds, days, includeRelated, reason };
    const claim = { actor: `user:${staffId}`, operation: OPERATION, key, body };
    const earlier = await this.deps.keys.claim(tx, claim);
    // A repeat cancels the orders that a crash left open.
    if (earlier) return (earlier.response as string[] | null) ?? [];
    const marks = await tx.row(sql.marksOf, { orderId });
    if (!marks) throw await this.notUnpaid(orderId);
    await this.deps.closing.assertMayCancel(tx, orderId, staff(staffId));
    await tx.row(sql.lockBlocks);
    for (const kind of kinds) await this.blockOne(tx, kind, marks, request);
    const counted = <T>(kind: CheckoutBlockKind, mark: T): T | null => (kinds.includes(kind) ? mark : null);
    const related = includeRelated
      ? await tx.rows(sql.relatedOrders, {
          orderId,
          email: counted(CheckoutBlockKind.EMAIL, marks.email),
          phone: counted(CheckoutBlockKind.PHONE, marks.phone),
          network: counted(CheckoutBlockKind.NETWORK, marks.network),
        })
      : [];
    const orderIds = [orderId, ...related.map(({ id }) => id)];
    await this.deps.keys.storeResult(tx, claim, orderIds);
    return orderIds;
  }

  private async blockOne(
    tx: Tx,
    kind: CheckoutBlockKind,
    marks: Marks,
    { orderId, reason, staffId, days }: ReleaseAndBlock,
  ): Promise<void> {
    const network = kind === CheckoutBlockKind.NETWORK ? marks.network : null;
    const contact = contactOf(kind, marks);
    if (!network && !contact)
      throw new DomainError('INVALID_INPUT', `Nothing is known of the ${kind.toLowerCase()} of this order.`, [
        'kinds',
      ]);
    const blocked = { kind, network, contact, staffId };
    const former = await tx.row(sql.endForNext, blocked);
    const formerEnd = former?.expiresAt ?? null;
    const block = await tx.row(sql.placeBlock, { ...blocked, id: newId(), orderId, reason, days, formerEnd });
    const details = { blockKind: kind, until: block?.expiresAt.toISOString() };
    await this.deps.orders.appendTimelineEntryBy(tx, orderId, {
      event: 'BUYER_BLOCKED',
      details,
      actor: staff(staffId),
    });
  }

  /** Lets the buyer order again. @throws NotFoundError when no such block is in force */
  async lift(blockId: string, staffId: string): Promise<void> {
    await this.deps.database.transaction((tx) => this.liftIn(tx, blockId, staffId));
  }

  /** The same in a transaction of the caller. */
  async liftIn(tx: Tx, blockId: string, staffId: string): Promise<void> {
    const block = await tx.row(sql.liftBlock, { blockId, staffId });
    if (!block) throw new NotFoundError('block', ['blockId']);
    const { kind, orderId } = block;
    if (!orderId) return;
    const details = { blockKind: kind };
    await this.deps.orders.appendTimelineEntryBy(tx, orderId, {
      event: 'BLOCK_LIFTED',
      details,
      actor: staff(staffId),
    });
  }

  /** Cancels one order. False when its payment is being decided just now: that result cancels or pays the order. */
  private async release(
    orderId: string,
    { staffId, reason, idempotencyKey }: ReleaseAndBlock,
  ): Promise<boolean> {
    try {
      await this.deps.closing.cancel({
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
    return (await this.deps.orders.find(orderId))
      ? new DomainError(
          'ILLEGAL_TRANSITION',
          'This order is paid, shipped or over: there is nothing to release.',
          ['orderId'],
        )
      : new NotFoundError('order', ['orderId']);
  }
}

const UNDECIDED = new Set<string>([
  ...['PAYMENT_UNDECIDED', 'ILLEGAL_TRANSITION', 'PAYMENT_DISPUTED'],
  // A related order for which an account of the shop, such as a gift card, holds money.
  'REFUND_NOT_ALLOWED',
]);

/** The contact of an order that a block of this kind recognizes its buyer by; null for a block of a network. */
function contactOf(kind: CheckoutBlockKind, { email, phone }: Marks): string | null {
  if (kind === CheckoutBlockKind.NETWORK) return null;
  return kind === CheckoutBlockKind.EMAIL ? email : phone;
}
