import { createHash, randomUUID } from 'node:crypto';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { randomToken, sha256 } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { ImportRegistry } from '../../platform/imports/define-import.js';
import { eachAlone } from '../../platform/jobs/each-alone.js';
import type { OpenUpload } from '../media/index.js';
import { ImportRunEntity } from './import.entity.js';
import { storeTable } from './import-reading.js';
import * as sql from './imports.statements.js';
import type { TableReader } from './reading/table-reader.js';
import { MOST_BYTES } from './reading/table.js';

const UPLOAD_MS = 15 * 60_000;
const DAY_MS = 86_400_000;
/** How long a file and its rows are kept. */
export const FILE_DAYS = 3;
/** Files of one person that wait to be applied; the oldest gives way to another. */
const MOST_OPEN = 20;

const AS_FOUND = { encoding: null, separator: null, sheet: null };

export interface AnnouncedFile {
  readonly kind: string;
  readonly filename: string;
  readonly size: number;
  readonly actorId: string;
  readonly requestId: string;
}

interface Deps {
  readonly database: Database;
  /** Storage whose files are not served by their names. */
  readonly files: FileStorage;
  readonly clock: Clock;
  readonly registry: ImportRegistry;
  readonly reader: TableReader;
}

/** The files of imports: announced over GraphQL, sent over plain HTTP, read at once, and deleted after three days. */
export class ImportFiles {
  constructor(private readonly deps: Deps) {}

  /**
   * Opens an import and an address for its file, for a quarter of an hour.
   *
   * @throws DomainError FILE_TOO_LARGE
   */
  async open({
    filename,
    size,
    actorId,
    ...announced
  }: AnnouncedFile): Promise<{ id: string; upload: OpenUpload }> {
    const { database, clock } = this.deps;
    assertSize(size);
    const id = newId();
    const token = randomToken();
    const now = clock.now();
    const uploadUntil = new Date(now.getTime() + UPLOAD_MS);
    await database.transaction(async (tx) => {
      await tx.count(sql.putAwayOlder, { createdBy: actorId, kept: MOST_OPEN - 1, now });
      await tx.repository(ImportRunEntity).insert([
        {
          ...{ id, ...announced, createdBy: actorId, tokenHash: sha256(token), uploadUntil, createdAt: now },
          filename: filename.replaceAll('\0', ''),
          expiresAt: new Date(now.getTime() + FILE_DAYS * DAY_MS),
        },
      ]);
    });
    const headers = [{ name: 'content-type', value: 'application/octet-stream' }];
    return { id, upload: { id, url: `/uploads/${token}`, method: 'PUT', headers, expiresAt: uploadUntil } };
  }

  /** The most bytes that may be sent to an open upload address; null when it is unknown, used or expired. */
  async mostBytes(token: string): Promise<number | null> {
    return (await this.opened(token)) ? MOST_BYTES : null;
  }

  /**
   * Stores the file sent to an address of `open` unchanged and privately, and its rows. Returns false when the address is
   * unknown, used or expired.
   *
   * Locks: the import's row, in the transaction that writes the rows. The file is stored before: a crash in between leaves
   * a file without a row, never an import without its file. While the file is read, the import may have been put away and
   * cleaned up: its address is then as good as used, and nothing is stored that no clean-up would find again.
   *
   * @throws DomainError FILE_UNREADABLE, FILE_EMPTY or FILE_TOO_LARGE; the address stays open
   */
  async receive(token: string, content: Buffer): Promise<boolean> {
    const { database, files, clock, registry, reader } = this.deps;
    const found = await this.opened(token);
    const handled = found && registry.find(found.kind);
    if (!handled) return false;
    assertSize(content.length);
    const table = await reader.read(content, AS_FOUND);
    const fileKey = `imports/${randomUUID()}.${table.format.toLowerCase()}`;
    await files.write(fileKey, content, 'application/octet-stream');
    const outcome = await database.transaction(async (tx) => {
      const run = await tx.row(sql.lockImport, { id: found.id });
      if (run?.receivedAt) return 'SENT_TWICE';
      if (!run?.tokenHash?.equals(sha256(token))) return 'PUT_AWAY';
      const fileHash = createHash('sha256').update(content).digest();
      const received = { receivedAt: clock.now(), fileKey, fileHash, tokenHash: null, format: table.format };
      await tx.repository(ImportRunEntity).update(run, received);
      await storeTable(tx, run, { table, definition: handled.definition, header: null });
      return 'STORED';
    });
    // Of a file that was sent twice at once one copy is kept.
    if (outcome !== 'STORED') await files.remove(fileKey);
    return outcome !== 'PUT_AWAY';
  }

  /** The file as it was sent. @throws DomainError IMPORT_EXPIRED */
  async read({ fileKey }: Pick<ImportRunEntity, 'fileKey'>): Promise<Buffer> {
    const content = fileKey && (await this.deps.files.read(fileKey));
    if (!content) throw new DomainError('IMPORT_EXPIRED', 'The file of this import was deleted.');
    return content;
  }

  /**
   * Deletes files and rows that have been kept for long enough: the file first, so that none is left without its row.
   *
   * Locks: the import's row. Whoever stores rows of it at this moment comes before, and they go with it, or comes after and
   * finds it emptied. A file that has arrived since goes with the next clean-up.
   */
  async cleanUp(): Promise<void> {
    const { database, files, clock } = this.deps;
    const outlived = await database.rows(sql.outlivedImports, { now: clock.now() });
    await eachAlone(outlived, async ({ id, fileKey }) => {
      if (fileKey) await files.remove(fileKey);
      await database.transaction(async (tx) => {
        if ((await tx.row(sql.lockImport, { id }))?.fileKey !== fileKey) return;
        await tx.count(sql.deleteRows, { importId: id });
        await tx.count(sql.markEmptied, { id, now: clock.now() });
      });
    });
  }

  private opened(token: string): Promise<{ id: string; kind: string } | null> {
    const { database, clock } = this.deps;
    return database.row(sql.openUpload, { token: sha256(token), now: clock.now() });
  }
}

function assertSize(bytes: number): void {
  if (bytes > MOST_BYTES) throw new DomainError('FILE_TOO_LARGE', 'A file has at most 10 MB.', ['size']);
}
