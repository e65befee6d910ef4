import { z } from 'zod';
import type { FileStorage } from '../../../integrations/storage/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Database } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { OrderList, OrderQuery } from '../../orders/index.js';
import { exportRequested } from '../invoicing.events.js';
import * as sql from '../invoicing.statements.js';
import type { ExportFileEntity } from './export-file.entity.js';
import { ordersCsv } from './order-export.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';

/** How long a file can be downloaded. */
const LIFETIME_MS = 24 * 3_600_000;

export interface ExportDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly keys: RequestKeys;
  readonly clock: Clock;
  readonly list: OrderList;
  /** Storage whose files are not served by their names. */
  readonly files: FileStorage;
}

// The request was stored as JSON: its dates are read as text.
const storedQuery = z.looseObject({
  from: z.coerce.date().nullish(),
  to: z.coerce.date().nullish(),
  updatedFrom: z.coerce.date().nullish(),
  updatedTo: z.coerce.date().nullish(),
});

/**
 * Writes orders into files for staff.
 *
 * The request is one transaction: request key, the export's row, the event that enqueues the job. The job holds no
 * lock while it reads and writes: QUEUED, RUNNING or FAILED becomes RUNNING, the file is written under its own key,
 * RUNNING becomes DONE. A job that runs twice writes the same file again; one that died leaves RUNNING for its
 * repeat.
 */
export class ExportService {
  constructor(private readonly deps: ExportDeps) {}

  /** Requests a file; a repeat with its key returns the first one. */
  async request(actorId: string, query: OrderQuery, idempotencyKey: string): Promise<ExportFileEntity> {
    const { database, keys, outbox, clock } = this.deps;
    const claim = {
      actor: `user:${actorId}`,
      operation: 'orderExportCreate',
      key: idempotencyKey,
      body: query,
    };
    const row = await database.transaction(async (tx) => {
      const earlier = await keys.claim(tx, claim);
      if (earlier) {
        const { exportId } = z.object({ exportId: z.uuid() }).parse(earlier.response);
        return tx.row(sql.exportById, { id: exportId });
      }
      const id = newId();
      await keys.storeResult(tx, claim, { exportId: id });
      await outbox.append(tx, exportRequested(id, {}));
      return tx.row(sql.insertExport, { id, query, actorId, createdAt: clock.now() });
    });
    outbox.notifyRelay();
    // The file was deleted since: the key is kept for days longer.
    return row ?? this.request(actorId, query, `${idempotencyKey}:again`.slice(-128));
  }

  /** The export, or null when it belongs to another member of staff. */
  async findOwn(id: string, actorId: string): Promise<ExportFileEntity | null> {
    const row = await this.find(id);
    return row?.actorId === actorId ? row : null;
  }

  find(id: string): Promise<ExportFileEntity | null> {
    return this.deps.database.row(sql.exportById, { id });
  }

  /** Writes the file. When that fails its status says so, until the job's next attempt. */
  async writeFile(id: string): Promise<void> {
    const { database, files, clock } = this.deps;
    const file = await database.row(sql.beginExport, { id });
    if (!file) return;
    const key = `exports/${id}.csv`;
    try {
      let rows = 0;
      const query = storedQuery.parse(file.request) as OrderQuery;
      const csv = ordersCsv(this.deps, query, async (count) => {
        rows = count;
        await database.count(sql.countRows, { id, count });
      });
      await files.write(key, csv, 'text/csv');
      const now = clock.now();
      await database.count(sql.finishExport, {
        id,
        rows,
        key,
        finishedAt: now,
        expiresAt: new Date(now.getTime() + LIFETIME_MS),
      });
    } catch (error) {
      await database.count(sql.failExport, { id, finishedAt: clock.now() });
      throw error;
    }
  }

  /** Deletes expired exports: the file first, so that no file is left without its row. */
  async cleanUp(): Promise<void> {
    const { database, files, clock } = this.deps;
    const outlived = await database.rows(sql.outlivedExports, { expiresAt: clock.now() });
    await eachAlone(outlived, async ({ id }) => {
      await files.remove(`exports/${id}.csv`);
      await database.count(sql.deleteExport, { id });
    });
  }
}
