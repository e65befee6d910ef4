import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';
import { connectionOptions } from './data-source.js';

/*
 * Reads of anonymous visitors
 *
 * These reads have their own pool: fewer connections and a shorter statement timeout. So slow queries of anonymous
 * visitors cannot take the connections that checkouts and staff need. Transactions, and everything that a mutation
 * reads, use the main pool and its timeout.
 */

export interface VisitorReads {
  /** The most connections of this process for visitors. */
  readonly poolSize: number;
  /** The timeout of one of their statements, in milliseconds. */
  readonly statementMs: number;
}

/** How long a read waits for a connection before it fails as busy. */
const WAIT_MS = 5_000;

/** All connections for visitors were busy for too long. */
export class TooManyReadersError extends Error {
  constructor(cause: unknown) {
    super('All connections for visitors are busy', { cause });
  }
}

const current = new AsyncLocalStorage<{ isVisitorsRead: boolean }>();

/** Runs the work of one request; inside it `noteVisitorsRead` marks the request as a visitor's read. */
export function answering<T>(work: () => T): T {
  return current.run({ isVisitorsRead: false }, work);
}

/** From now on the request reads over the connections for visitors. No effect outside `answering`. */
export function noteVisitorsRead(): void {
  const request = current.getStore();
  if (request) request.isVisitorsRead = true;
}

/**
 * Runs a read whose result is shared between requests. It uses the main pool whoever asked first, because checkouts and
 * staff wait for the same result and must neither queue behind visitors nor fail with them.
 */
export function forEverybody<T>(work: () => T): T {
  return current.run({ isVisitorsRead: false }, work);
}

export function isVisitorsRead(): boolean {
  return current.getStore()?.isVisitorsRead ?? false;
}

/** Connections are opened on demand. */
export function createVisitorPool(url: string, { poolSize, statementMs }: VisitorReads): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'vitrine visitors',
    max: poolSize,
    ...connectionOptions,
    connectionTimeoutMillis: WAIT_MS,
    statement_timeout: statementMs,
  });
  // A connection that breaks while idle is replaced by the next read.
  pool.on('error', () => undefined);
  return pool;
}

/** The error of a read over the pool for visitors; distinguishes a busy pool from an unreachable database. */
export function asReaderError(pool: pg.Pool, error: unknown): unknown {
  const isFull = pool.waitingCount > 0 || pool.totalCount >= (pool.options.max ?? 0);
  const isWait =
    error instanceof Error && error.message.startsWith('timeout exceeded when trying to connect');
  return isWait && isFull ? new TooManyReadersError(error) : error;
}
