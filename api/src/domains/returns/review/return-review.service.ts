import { staff } from '../../../kernel/actor.js';
import { reasonOfReturn } from '../../../kernel/automatic-reasons.js';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import type { StockService } from '../../inventory/index.js';
import type { OpenReturn, ReturnOutcome, ReturnRepository } from '../return-repository.js';
import type { ReturnLineRow } from '../return.loaders.js';
import { ReturnStatus } from '../return-states.js';
import * as sql from '../return.statements.js';

/** The fields of every decision of staff about a return. */
export interface Decision {
  readonly returnId: string;
  readonly expectedVersion: number;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

interface Decided extends Pick<Decision, 'returnId' | 'actorId'> {
  readonly expectedVersion: number | null;
}

export interface ReceivedLine {
  readonly returnLineId: string;
  readonly received: number;
  readonly restocked: number;
}

/**
 * Approves and rejects returns, and records the goods that arrived. @throws StaleVersionError | NotFoundError |
 * DomainError ILLEGAL_TRANSITION
 */
export class ReturnReviewService {
  constructor(
    private readonly repository: ReturnRepository,
    private readonly stock: StockService,
  ) {}

  approve(decision: Decision, note: string | null): Promise<ReturnOutcome> {
    return this.decide(decision, note, ReturnStatus.APPROVED);
  }

  reject(decision: Decision, note: string | null): Promise<ReturnOutcome> {
    return this.decide(decision, note, ReturnStatus.REJECTED);
  }

  /**
   * Records what arrived and restocks what may be sold again.
   * @throws InvalidInputError for more than was asked for, more restocked than arrived, and when nothing arrived
   */
  receive(
    { returnId, expectedVersion, idempotencyKey: key, actorId }: Decision,
    lines: readonly ReceivedLine[],
  ): Promise<ReturnOutcome> {
    const body = { returnId, expectedVersion, lines };
    const request = { actor: `user:${actorId}`, operation: 'returnReceive', key, body };
    return this.repository.once(request, async (tx) => {
      const open = await this.repository.lock(tx, returnId, expectedVersion);
      this.repository.assertTransition(open, ReturnStatus.RECEIVED);
      const arrived = match(await this.repository.lines(tx, returnId), lines);
      await tx.count(sql.receiveLines, {
        returnId,
        returnLineIds: lines.map(({ returnLineId }) => returnLineId),
        receiveds: lines.map(({ received }) => received),
        restockeds: lines.map(({ restocked }) => restocked),
      });
      await this.restock(tx, open, arrived, actorId);
      await this.repository.transition(tx, open, { to: ReturnStatus.RECEIVED, actor: staff(actorId) });
      return returnId;
    });
  }

  private decide(
    { returnId, expectedVersion, idempotencyKey: key, actorId }: Decision,
    note: string | null,
    to: ReturnStatus.APPROVED | ReturnStatus.REJECTED,
  ): Promise<ReturnOutcome> {
    const body = { returnId, expectedVersion, note };
    const request = { actor: `user:${actorId}`, operation: `return.${to}`, key, body };
    return this.repository.once(request, async (tx) => {
      await this.decideIn(tx, { returnId, expectedVersion, actorId }, { to, note });
      return returnId;
    });
  }

  /** A decision in a transaction of the caller, without a key; a null version is not compared. */
  async decideIn(
    tx: Tx,
    { returnId, expectedVersion, actorId }: Decided,
    { to, note }: { to: ReturnStatus.APPROVED | ReturnStatus.REJECTED; note: string | null },
  ): Promise<void> {
    const open = await this.repository.lock(tx, returnId, expectedVersion);
    await this.repository.transition(tx, open, { to, note, actor: staff(actorId) });
  }

  /** Locks a return as its changes do, its order first. Returns its number; null when it is gone. */
  async lockNamed(tx: Tx, returnId: string): Promise<string | null> {
    try {
      return (await this.repository.lock(tx, returnId, null)).return.number;
    } catch (error) {
      if (error instanceof NotFoundError) return null;
      throw error;
    }
  }

  private async restock(
    tx: Tx,
    { order, return: { number } }: OpenReturn,
    arrived: readonly { variantId: string; restocked: number }[],
    actorId: string,
  ): Promise<void> {
    const lines = arrived
      .filter(({ restocked }) => restocked > 0)
      .map(({ variantId, restocked: quantity }) => ({ variantId, quantity }));
    if (lines.length === 0) return;
    await this.stock.restockLines(tx, { orderId: order.id, actorId, reason: reasonOfReturn(number), lines });
  }
}

function match(
  asked: readonly ReturnLineRow[],
  arrived: readonly ReceivedLine[],
): { variantId: string; restocked: number }[] {
  if (new Set(arrived.map(({ returnLineId }) => returnLineId)).size < arrived.length)
    throw new InvalidInputError('Each line may stand once.', ['lines']);
  if (!arrived.some(({ received }) => received > 0))
    throw new InvalidInputError('Nothing arrived: reject the return instead.', ['lines']);
  return arrived.map(({ returnLineId, received, restocked }, i) => {
    const path = ['lines', String(i)];
    const line = asked.find(({ id }) => id === returnLineId);
    if (!line) throw new NotFoundError('line in this return', [...path, 'returnLineId']);
    if (!isBetween(received, line.quantity))
      throw new InvalidInputError(`Of this line ${line.quantity} were asked for.`, [...path, 'received']);
    if (!isBetween(restocked, received))
      throw new InvalidInputError(`Of this line ${received} arrived.`, [...path, 'restocked']);
    return { variantId: line.variantId, restocked };
  });
}

function isBetween(number: number, most: number): boolean {
  return Number.isInteger(number) && number >= 0 && number <= most;
}
