import pg from 'pg';

export interface Counted<T> {
  /** Statements sent, with BEGIN and COMMIT. */
  readonly count: number;
  readonly texts: readonly string[];
  readonly result: T;
}

type Query = (...args: unknown[]) => unknown;

interface Recording {
  readonly texts: string[];
  /** Of statements sent elsewhere none is recorded; null records all. */
  readonly database: string | null;
}

const recordings = new Set<Recording>();
let patched = false;

/**
 * Counts all statements of the process while `work` runs, so nothing else may run meanwhile: neither a worker nor, unless
 * `url` names the database to which it counts those that are sent, another shop of the test.
 *
 * pg-boss polls at any time and is not counted. Neither are the empty queries of the listening connection (`Fence`):
 * they are no statements, take no connection of a pool, and requests share them.
 */
export async function countStatements<T>(work: () => Promise<T>, url?: string): Promise<Counted<T>> {
  patchOnce();
  const texts: string[] = [];
  const recording = { texts, database: url ? new URL(url).pathname.slice(1) : null };
  recordings.add(recording);
  try {
    const result = await work();
    return { count: texts.length, texts, result };
  } finally {
    recordings.delete(recording);
  }
}

function patchOnce(): void {
  if (patched) return;
  patched = true;
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const send = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]) {
    const text = textOf(args[0]);
    const sentTo = (this as pg.Client).database ?? null;
    if (text !== '' && !text.includes('pgboss'))
      for (const { texts, database } of recordings)
        if (database === null || database === sentTo) texts.push(text);
    return send.apply(this, args);
  };
}

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const { text, name } = (query ?? {}) as { text?: string; name?: string };
  return text ?? name ?? '';
}
