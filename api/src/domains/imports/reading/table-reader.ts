import { Worker } from 'node:worker_threads';
import { DomainError } from '../../../kernel/errors.js';
import type { Logger } from '../../../kernel/logger.js';
import type { RequestedReading, Table, Unreadable } from './table.js';

const MESSAGES: Readonly<Record<Unreadable['code'], string>> = {
  FILE_UNREADABLE: 'This is no CSV, XLSX or JSON file that can be read.',
  FILE_EMPTY: 'The file has no rows.',
  FILE_TOO_LARGE: 'The file has more than 50,000 rows, 100 columns, or content for one import.',
};

/** Reading 50,000 lines takes about two seconds; nobody needs so long for a file that is meant well. */
const LONGEST_MS = 30_000;
const OUT_OF_TIME = 'OUT_OF_TIME';
const MOST_MEMORY_MB = 384;
/** Files that are read at once in a process: each takes a processor and some memory. */
const MOST_THREADS = 2;

type Answer = { readonly table: Table } | { readonly refused: Unreadable['code'] };

/**
 * Reads files in threads of their own, with limits of memory and time: a file that somebody has made for it cannot stop
 * the shop, and requests of others are answered meanwhile.
 */
export class TableReader {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly logger: Logger) {}

  /** @throws DomainError FILE_UNREADABLE, FILE_EMPTY or FILE_TOO_LARGE */
  async read(bytes: Uint8Array, requested: RequestedReading): Promise<Table> {
    if (this.running >= MOST_THREADS) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
    try {
      const answer = await this.inThread(bytes, requested);
      if ('table' in answer) return answer.table;
      throw new DomainError(answer.refused, MESSAGES[answer.refused]);
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private inThread(bytes: Uint8Array, requested: RequestedReading): Promise<Answer> {
    const thread = new Worker(THREAD, {
      workerData: { bytes, requested },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
      ...(THREAD.pathname.endsWith('.ts') && { execArgv: ['--import', '@oxc-node/core/register'] }),
    });
    return new Promise<Answer>((resolve) => {
      const failed = (error: { code?: string; message: string }): void => {
        this.logger.warn({ reason: error.message }, 'A file could not be read for an import');
        const isTooLarge = error.code === 'ERR_WORKER_OUT_OF_MEMORY' || error.code === OUT_OF_TIME;
        resolve({ refused: isTooLarge ? 'FILE_TOO_LARGE' : 'FILE_UNREADABLE' });
      };
      const limit = setTimeout(() => failed({ code: OUT_OF_TIME, message: OUT_OF_TIME }), LONGEST_MS);
      thread.once('message', resolve).once('error', failed);
      thread.once('exit', () => clearTimeout(limit));
    }).finally(() => void thread.terminate());
  }
}

/** In the sources a file of TypeScript, which needs the compiler; built, a file of JavaScript. */
const THREAD = new URL(
  import.meta.url.endsWith('.ts') ? './table-thread.ts' : './table-thread.js',
  import.meta.url,
);
