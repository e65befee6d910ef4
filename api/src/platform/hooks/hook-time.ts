import type { Querying, Tx } from '../database/database.js';
import type { HookQuerying } from './define-hook.js';

/** How long one handler may take. Staff and buyers wait for it, and rows are locked meanwhile. */
const LIMIT_MS = 2_000;

/**
 * Runs a handler's work on this transaction until its time is over. From then on its statements are refused, because
 * the transaction goes on without it; the one that is running ends by PostgreSQL's own limit.
 *
 * @throws what the work throws, or an Error when it takes too long
 */
export async function inTime<T>(tx: Tx, work: (tx: HookQuerying) => Promise<T>): Promise<T> {
  await tx.client.query(`SET LOCAL statement_timeout = ${LIMIT_MS}`);
  const result = await inLimit(tx, work);
  await tx.client.query('SET LOCAL statement_timeout TO DEFAULT');
  return result;
}

/**
 * The same outside of a transaction: a statement that is still running then ends by the limit of its connection.
 *
 * @throws what the work throws, or an Error when it takes too long
 */
export async function inLimit<T>(querying: Querying, work: (tx: HookQuerying) => Promise<T>): Promise<T> {
  let isOver = false;
  const open = whileOpen(querying, () => !isOver);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(new Error(`It took longer than ${LIMIT_MS / 1_000} seconds`));
    }, LIMIT_MS);
  });
  try {
    return await Promise.race([work(open), late]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
}

function whileOpen(tx: Querying, isOpen: () => boolean): HookQuerying {
  const opened = (): Querying => {
    if (!isOpen()) throw new Error('This handler is over: the transaction goes on without it');
    return tx;
  };
  return {
    rows: async (statement, ...params) => opened().rows(statement, ...params),
    row: async (statement, ...params) => opened().row(statement, ...params),
    count: async (statement, ...params) => opened().count(statement, ...params),
  };
}
