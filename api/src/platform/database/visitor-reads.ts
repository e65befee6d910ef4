import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { connectionOptions } from './data-source.js';

/*
 * What visitors read who are not signed in
 *
 * Their reads have connections of their own, fewer and with less time for a statement. So a stranger with a slow question
 * cannot hold what checkouts and staff need, and nothing more is sent to the database than before. Transactions, and
 * everything that a mutation reads, keep the connections and the time of everybody else.
 */

export interface VisitorReads {
  /** The most connections of this process that answer visitors. */
  readonly poolSize: number;
  /** How long the database works on one of their statements, in milliseconds. */
  readonly statementMs: number;
}

/** Longer than this nobody waits for a connection: the page says that it is busy. */
const WAIT_MS = 5_000;

/** All connections for visitors were busy for too long. */
export class TooManyReadersError extends Error {
  constructor(cause: unknown) {
    super('All connections for visitors are busy', { cause });
  }
}

const current = new AsyncLocalStorage<{ isVisitorsRead: boolean }>();

/** Runs what answers one request; `noteVisitorsRead` says within it what kind of request it is. */
export function answering<T>(work: () => T): T {
  return current.run({ isVisitorsRead: false }, work);
}

/** From now on the request reads over the connections for visitors. Harmless outside of `answering`. */
export function noteVisitorsRead(): void {
  const request = current.getStore();
  if (request) request.isVisitorsRead = true;
}

/**
 * Runs a read whose answer is shared. It is nobody's in particular: whoever asked first, checkouts and staff wait for the
 * same answer, and must not wait behind strangers nor be refused with them.
 */
export function forEverybody<T>(work: () => T): T {
  return current.run({ isVisitorsRead: false }, work);
}

export function isVisitorsRead(): boolean {
  return current.getStore()?.isVisitorsRead ?? false;
}

/** Connections are opened as they are needed. */
export function createVisitorPool(url: string, { poolSize, statementMs }: VisitorReads): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'vitrine visitors',
    max: poolSize,
    ...connectionOptions,
    connectionTimeoutMillis: WAIT_MS,
    statement_timeout: statementMs,
  });
  // A connection that breaks while it is idle is replaced by the next read.
  pool.on('error', () => undefined);
  return pool;
}

/** What a read over the pool for visitors failed with, told apart from a database that is away. */
export function asReaderError(pool: pg.Pool, error: unknown): unknown {
  const isFull = pool.waitingCount > 0 || pool.totalCount >= (pool.options.max ?? 0);
  const isWait =
    error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect');
  return isWait && isFull ? new TooManyReadersError(error) : error;
}
