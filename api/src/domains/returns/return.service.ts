import type { Actor } from '../../kernel/actor.js';
import { DomainError, InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/database.js';
import type { OrderEntity } from '../orders/index.js';
import type { ReturnOutcome, ReturnRepository } from './return-repository.js';
import type { ReturnTerms } from './returnable.js';
import type { ReturnReason } from './return-reason.js';
import { ReturnResolution, ReturnStatus } from './return-states.js';
import * as sql from './return.statements.js';

/** The most returns of one order, cancelled ones included; no buyer needs more. */
const MOST_RETURNS = 20;

export interface WantedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly exchangeVariantId: string | null;
}

export interface ReturnRequest {
  readonly lines: readonly WantedLine[];
  readonly reason: ReturnReason;
  readonly resolution: ReturnResolution;
  readonly comment: string | null;
  readonly photoIds: readonly string[];
  readonly idempotencyKey: string;
}

/** Lets buyers request and cancel returns. The caller must have checked that the order is the buyer's own. */
export class ReturnService {
  constructor(
    private readonly repository: ReturnRepository,
    private readonly terms: ReturnTerms,
  ) {}

  /**
   * Creates a return request.
   *
   * @throws DomainError RETURN_WINDOW_CLOSED | TOO_MANY_RETURNS
   * @throws InvalidInputError | NotFoundError for lines, variants or photos that do not fit
   */
  async request(order: OrderEntity, { idempotencyKey: key, ...body }: ReturnRequest): Promise<ReturnOutcome> {
    const window = await this.terms.window();
    const request = { actor: `order:${order.id}`, operation: 'returnRequest', key, body };
    return this.repository.once(request, async (tx) => {
      const locked = await this.repository.orders.lock(tx, order.id);
      const known = await tx.row(sql.countReturns, { orderId: order.id });
      if ((known?.count ?? 0) >= MOST_RETURNS)
        throw new DomainError('TOO_MANY_RETURNS', 'Please write to us about this order.');
      const lines = await tx.rows(sql.returnableLines, { ids: [order.id] });
      window.check(lines, body.lines);
      await assertPurchasable(tx, body);
      const returnId = newId();
      const number = await this.insert(tx, returnId, order.id, body);
      await attachPhotos(tx, returnId, order.id, body.photoIds);
      const transition = { to: ReturnStatus.REQUESTED, actor: buyerOf(locked) };
      await this.repository.recordTransition(tx, { order: locked, returnId, number }, transition);
      return returnId;
    });
  }

  /**
   * Cancels a return of the buyer. @throws DomainError ILLEGAL_TRANSITION once the goods arrived or the shop rejected
   * it
   */
  cancel(order: OrderEntity, returnId: string, key: string): Promise<ReturnOutcome> {
    const request = { actor: `order:${order.id}`, operation: 'returnCancel', key, body: { returnId } };
    return this.repository.once(request, async (tx) => {
      const open = await this.repository.lock(tx, returnId, null);
      if (open.order.id !== order.id) throw new NotFoundError('return', ['returnId']);
      await this.repository.transition(tx, open, { to: ReturnStatus.CANCELLED, actor: buyerOf(open.order) });
      return returnId;
    });
  }

  private async insert(
    tx: Tx,
    returnId: string,
    orderId: string,
    { lines, reason, resolution, comment }: Omit<ReturnRequest, 'idempotencyKey'>,
  ): Promise<string> {
    const row = await tx.row(sql.insertReturn, {
      returnId,
      orderId,
      resolution,
      reason,
      comment,
      orderLineIds: lines.map(({ orderLineId }) => orderLineId),
      quantities: lines.map(({ quantity }) => quantity),
      exchangeVariantIds: lines.map(({ exchangeVariantId }) => exchangeVariantId),
    });
    if (!row) throw new Error('A return that was just written is missing');
    return row.number;
  }
}

function buyerOf({ userId }: OrderEntity): Actor {
  return { kind: 'CUSTOMER', userId };
}

async function assertPurchasable(
  tx: Tx,
  { lines, resolution }: Pick<ReturnRequest, 'lines' | 'resolution'>,
): Promise<void> {
  const wanted = lines.flatMap(({ exchangeVariantId }) => exchangeVariantId ?? []);
  if (wanted.length === 0) return;
  if (resolution !== ReturnResolution.EXCHANGE)
    throw new InvalidInputError('Only an exchange names other goods.', ['lines']);
  const found = await tx.rows(sql.purchasableVariants, { wanted });
  const missing = lines.findIndex(
    ({ exchangeVariantId }) => exchangeVariantId && !found.some(({ id }) => id === exchangeVariantId),
  );
  if (missing >= 0) throw new NotFoundError('variant', ['lines', String(missing), 'exchangeVariantId']);
}

async function attachPhotos(
  tx: Tx,
  returnId: string,
  orderId: string,
  photoIds: readonly string[],
): Promise<void> {
  if (photoIds.length === 0) return;
  const attached = await tx.count(sql.attachPhotos, { returnId, photoIds, orderId });
  if (attached !== photoIds.length)
    throw new InvalidInputError('Each image must have arrived, and is used once.', ['photoIds']);
}
