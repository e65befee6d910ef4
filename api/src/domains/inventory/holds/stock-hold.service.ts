import type { Clock } from '../../../kernel/clock.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import { statement, type Database, type Tx, t, type ValuesOf } from '../../../platform/database/database.js';
import type { KeyedRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import { allocate } from '../allocate.js';
import { fillWaiting } from '../backorders.js';
import { HoldClosedError, InsufficientStockError } from '../inventory.errors.js';
import { byVariants, heldByHold, lockStockLevels } from '../lock-stock-levels.js';
import { freeFrom, holdFor, sellTo, type Because, type Holder } from '../reservations.js';
import type { StockEvents } from '../stock-events.js';
import { StockHoldStatus } from './stock-hold-status.js';
import { sumOf } from '../allocations.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';

/*
 * Invariants of holds by SKU: reserve, then commit or release, for points of sale and marketplaces
 *
 * One transaction for each call; it locks the request's key, the hold's row, then the stock levels. A hold is decided
 * once: HELD becomes COMMITTED or RELEASED under the lock of its row, and a second caller gets the earlier decision as
 * an error. After `expires_at` a hold cannot be committed, whether or not the expiry job has run. A hold takes only
 * free stock and never back-orders, because committed goods leave the shop at once.
 */

export interface ReserveRequest {
  readonly holder: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly minutes: number;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

export interface DecideRequest {
  readonly holdId: string;
  readonly idempotencyKey: string;
  readonly actorId: string;
}

const variantsBySku = statement('inventory.variants-by-sku', {
  params: { skus: t.texts },
  row: { variantId: t.uuid, sku: t.text },
  sql: `SELECT id AS "variantId", lower(sku) AS sku FROM variant WHERE lower(sku) = ANY(:skus::text[]) AND deleted_at IS NULL`,
});
const insertHold = statement('inventory.insert-hold', {
  params: { holdId: t.uuid, holder: t.text, expiresAt: t.timestamp, actorId: t.uuid },
  sql: `INSERT INTO stock_hold (id, holder, expires_at, actor_id) VALUES (:holdId, :holder, :expiresAt, :actorId)`,
});
const HOLD_ROW = {
  id: t.uuid,
  status: t.textOf<StockHoldStatus>(),
  holder: t.text,
  expiresAt: t.timestamp,
  decidedAt: t.timestamp.orNull,
};
type HoldRow = ValuesOf<typeof HOLD_ROW>;

const lockHold = statement('inventory.lock-hold-row', {
  params: { id: t.uuid },
  row: HOLD_ROW,
  sql: `SELECT id, status, holder, expires_at AS "expiresAt", decided_at AS "decidedAt" FROM stock_hold WHERE id = :id FOR UPDATE`,
});
const decideHold = statement('inventory.decide-hold', {
  params: { id: t.uuid, status: t.text, decidedAt: t.timestamp },
  sql: `UPDATE stock_hold SET status = :status, decided_at = :decidedAt WHERE id = :id AND status = 'HELD'`,
});
const dueHolds = statement('inventory.due-holds', {
  params: { expiresAt: t.timestamp },
  row: { id: t.uuid },
  sql: `SELECT id FROM stock_hold WHERE status = 'HELD' AND expires_at <= :expiresAt ORDER BY expires_at LIMIT 100`,
});

export class StockHoldService {
  constructor(
    private readonly database: Database,
    private readonly keys: RequestKeys,
    private readonly stockEvents: StockEvents,
    private readonly clock: Clock,
  ) {}

  /**
   * Holds all of the lines or none; returns the hold's id.
   *
   * @throws NotFoundError for a SKU that is not sold here | InsufficientStockError
   */
  async reserve({ idempotencyKey: key, actorId, ...body }: ReserveRequest): Promise<string> {
    const claim = { actor: `user:${actorId}`, operation: 'stockReserve', key, body };
    const id = await this.database.transaction(async (tx) => {
      const earlier = await this.keys.claim(tx, claim);
      if (earlier) return (earlier.response as { holdId: string }).holdId;

      const wanted = await variantsOf(tx, body.lines);
      const stockLevels = await lockStockLevels(tx, byVariants, { variantIds: [...wanted.keys()] });
      const { allocations, shortages } = allocate(wanted, stockLevels);
      const shortage = shortages[0];
      if (shortage) throw new InsufficientStockError(shortage.variantId, shortage.available, ['lines']);
      const holdId = newId();
      const expiresAt = new Date(this.clock.now().getTime() + body.minutes * 60_000);
      await tx.count(insertHold, { holdId, holder: body.holder, expiresAt, actorId });
      await holdFor(
        tx,
        hold(holdId),
        { allocations, stockLevels, expiresAt },
        { reason: body.holder, actorId },
      );
      await this.stockEvents.publish(tx, stockLevels);
      await this.keys.storeResult(tx, claim, { holdId });
      return holdId;
    });
    this.stockEvents.notifyRelay();
    return id;
  }

  /** Sells what is held. @throws HoldClosedError HOLD_EXPIRED | HOLD_CLOSED */
  async commit(request: DecideRequest): Promise<void> {
    await this.decide('stockCommit', request, async (tx, row, because) => {
      if (row.expiresAt <= this.clock.now())
        throw new HoldClosedError('HOLD_EXPIRED', StockHoldStatus.RELEASED);
      await lockStockLevels(tx, heldByHold, { holdId: row.id });
      await sellTo(tx, hold(row.id), because);
      await tx.count(decideHold, {
        id: row.id,
        status: StockHoldStatus.COMMITTED,
        decidedAt: this.clock.now(),
      });
    });
  }

  /** Releases what is held. @throws HoldClosedError HOLD_CLOSED, or HOLD_EXPIRED when the expiry job came first */
  async release(request: DecideRequest): Promise<void> {
    await this.decide('stockRelease', request, (tx, row, because) => this.giveBack(tx, row.id, because));
  }

  /** Releases every expired hold. May run twice: each hold is checked again under its lock. */
  async expireDue(): Promise<void> {
    const due = await this.database.rows(dueHolds, { expiresAt: this.clock.now() });
    await eachAlone(due, ({ id }) =>
      this.database.transaction(async (tx) => {
        const row = await tx.row(lockHold, { id });
        if (row?.status === StockHoldStatus.HELD) {
          await this.giveBack(tx, id, { reason: `${row.holder}: expired`, actorId: null });
        }
      }),
    ).finally(() => this.stockEvents.notifyRelay());
  }

  private async decide(
    operation: string,
    { idempotencyKey: key, actorId, ...body }: DecideRequest,
    work: (tx: Tx, row: HoldRow, because: Because) => Promise<void>,
  ): Promise<void> {
    const claim: KeyedRequest = { actor: `user:${actorId}`, operation, key, body };
    await this.database.transaction(async (tx) => {
      if (await this.keys.claim(tx, claim)) return;
      const row = await tx.row(lockHold, { id: body.holdId });
      if (!row) throw new NotFoundError('hold', ['holdId']);
      if (row.status !== StockHoldStatus.HELD) throw closed(row);
      await work(tx, row, { reason: row.holder, actorId });
    });
    this.stockEvents.notifyRelay();
  }

  private async giveBack(tx: Tx, id: string, because: Because): Promise<void> {
    const stockLevels = await lockStockLevels(tx, heldByHold, { holdId: id });
    await freeFrom(tx, hold(id), { stockLevels }, because);
    await fillWaiting(tx, stockLevels, stockLevels.variantIds());
    await tx.count(decideHold, { id, status: StockHoldStatus.RELEASED, decidedAt: this.clock.now() });
    await this.stockEvents.publish(tx, stockLevels);
  }
}

function hold(id: string): Holder {
  return { kind: 'stock_hold', id };
}

/** A hold released at or after its end has expired; one released earlier was released by a request. */
function closed({ status, decidedAt, expiresAt }: HoldRow): HoldClosedError {
  const expired = status === StockHoldStatus.RELEASED && decidedAt !== null && decidedAt >= expiresAt;
  return new HoldClosedError(expired ? 'HOLD_EXPIRED' : 'HOLD_CLOSED', status);
}

async function variantsOf(tx: Tx, lines: ReserveRequest['lines']): Promise<Map<string, number>> {
  const skus = lines.map(({ sku }) => sku.trim().toLowerCase());
  const rows = await tx.rows(variantsBySku, { skus });
  const known = new Map(rows.map(({ sku, variantId }) => [sku, variantId]));
  return sumOf(
    lines.map(({ quantity }, i) => {
      const variantId = known.get(skus[i] ?? '');
      if (!variantId) throw new NotFoundError('SKU', ['lines', String(i), 'sku']);
      return { variantId, quantity };
    }),
  );
}
