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
export async function inTime(tx: Tx, work: (tx: HookQuerying) => Promise<void>): Promise<void> {
  await tx.client.query(`SET LOCAL statement_timeout = ${LIMIT_MS}`);
  let isOver = false;
  const querying = whileOpen(tx, () => !isOver);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      isOver = true;
      reject(new Error(`It took longer than ${LIMIT_MS / 1_000} seconds`));
    }, LIMIT_MS);
  });
  try {
    await Promise.race([work(querying), late]);
  } finally {
    isOver = true;
    clearTimeout(timer);
  }
  await tx.client.query('SET LOCAL statement_timeout TO DEFAULT');
}

function whileOpen(tx: Tx, isOpen: () => boolean): HookQuerying {
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
