import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import * as sql from './routing.statements.js';

const EVERY_MS = 60_000;
/** Of one minute and process. */
const MOST_NEW_PATHS = 200;
const MOST_KEPT_PATHS = 1_000;
const LONGEST = 200;

/** What may be a code, a token or an address of a person: long words, those with digits, UUIDs, and whatever has an @. */
const SECRET = /@|[^/-]{32,}|[0-9a-f]{8}-[0-9a-f]{4}-|(?=[a-z_=]*\d)[a-z0-9_=]{16,}/;
/** Files are asked for by programs that try doors, apart from pages of other shop systems. */
const FILE = /\.(?!html?$)[a-z0-9]{1,5}$/;

/**
 * Counts followed redirects and paths at which there is nothing, in memory; each minute the sums are written, so that a
 * request costs no write. What is counted is about paths, never about who asked. When the process ends it writes what
 * it has; one that is killed loses at most a minute.
 */
export class Visits {
  private hits = new Map<string, number>();
  private missing = new Map<string, number>();
  private writing: Promise<void> = Promise.resolve();
  private timer: ReturnType<typeof setInterval> | null = null;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  start(): void {
    this.timer ??= setInterval(() => void this.write(), EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
    await this.write();
  }

  followed(redirectId: string): void {
    this.hits.set(redirectId, (this.hits.get(redirectId) ?? 0) + 1);
  }

  /** Beyond two hundred new paths in a minute, and for paths that may hold a secret, it is not counted. */
  foundNothing(path: string): void {
    if (path.length > LONGEST || SECRET.test(path) || FILE.test(path)) return;
    const before = this.missing.get(path) ?? 0;
    if (before === 0 && this.missing.size >= MOST_NEW_PATHS) return;
    this.missing.set(path, before + 1);
  }

  /** Writes what is counted, after what is being written. A failure is logged, and its counts are lost. */
  write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeOnce());
    return this.writing;
  }

  private async writeOnce(): Promise<void> {
    const [hits, missing] = [[...this.hits].sort(byName), [...this.missing].sort(byName)];
    [this.hits, this.missing] = [new Map(), new Map()];
    try {
      if (hits.length > 0)
        await this.database.count(sql.addHits, {
          ids: hits.map(([id]) => id),
          counts: hits.map(([, n]) => n),
        });
      if (missing.length === 0) return;
      const [paths, counts] = [missing.map(([path]) => path), missing.map(([, n]) => n)];
      await this.database.count(sql.addMissing, { paths, counts });
      await this.database.count(sql.boundMissing, { most: MOST_KEPT_PATHS });
    } catch (error) {
      this.logger.warn({ err: error }, 'Could not write how often addresses were asked for');
    }
  }
}

function byName([one]: readonly [string, number], [other]: readonly [string, number]): number {
  return one < other ? -1 : 1;
}
