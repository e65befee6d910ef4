import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { asReaderError, isVisitorsRead } from './visitor-reads.js';

/** A named prepared statement: parsed and planned once per connection. The text must never vary under one name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const registered = new Map<string, Statement>();

/**
 * Declares a statement under a name of the form `domain.what-it-does`.
 *
 * @throws Error if the name already has another text: a connection that has prepared one of the two would execute it in
 * place of the other
 */
export function statement(name: string, text: string): Statement {
  const earlier = registered.get(name);
  if (earlier && earlier.text !== text) throw new Error(`Two statements are named ${name}`);
  if (earlier) return earlier;
  const made = { name, text };
  registered.set(name, made);
  return made;
}

/** Every statement that this process has declared so far: tests prepare them all and read which tables they use. */
export function registeredStatements(): readonly Statement[] {
  return [...registered.values()];
}

/** Reads and writes by prepared statement; implemented by the pool and by an open transaction. */
export interface Querying {
  /** The rows of a prepared statement. Lists go in as one array parameter: `= ANY($1)`. */
  rows<T extends QueryResultRow>(statement: Statement, values?: readonly unknown[]): Promise<T[]>;
  /** The first row, or null when there is none. */
  row<T extends QueryResultRow>(statement: Statement, values?: readonly unknown[]): Promise<T | null>;
  /** How many rows a write changed: zero for a conditional update means that another transaction came first. */
  count(statement: Statement, values?: readonly unknown[]): Promise<number>;
}

/** An open transaction. Always passed explicitly, as the first parameter. */
export interface Tx extends Querying {
  /**
   * Runs `work` in a savepoint: if it throws, only its writes are rolled back and the transaction continues. For work
   * that may be refused after it has written.
   */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /** TypeORM's manager on the same connection, for staff CRUD. */
  readonly manager: EntityManager;
  /**
   * The underlying connection, for adapters with their own SQL (pg-boss) and for statements that cannot be prepared.
   */
  readonly client: PoolClient;
}

// serialization_failure and deadlock_detected: the transaction had no effect and may be run again.
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

export class Database implements Querying {
  /** @param visitors the connections for reads of anonymous visitors; without them all share one pool */
  constructor(
    readonly source: DataSource,
    private readonly visitors: Pool | null = null,
  ) {}

  get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
  }

  async rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.run<T>(statement, values)).rows;
  }

  async row<T extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<T | null> {
    return (await this.run<T>(statement, values)).rows[0] ?? null;
  }

  async count(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.run(statement, values)).rowCount ?? 0;
  }

  /**
   * Runs `work` in one READ COMMITTED transaction and commits it.
   *
   * On a deadlock or a serialization failure `work` is run again after a short random delay, so it must have no effects
   * outside the transaction. No network call belongs inside.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (attempt === ATTEMPTS || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      // Not awaited: it is sent together with the first statement, which saves a round trip (see `pipeline` of the
      // pool).
      const begun = client.query('BEGIN');
      begun.catch(() => undefined);
      try {
        const result = await work(new OpenTransaction(runner, client, begun));
        await begun;
        // PostgreSQL turns COMMIT into ROLLBACK when a statement had failed and its error was ignored.
        const { command } = await client.query('COMMIT');
        if (command !== 'COMMIT') throw new Error('A transaction went on after one of its statements failed');
        return result;
      } catch (error) {
        // A broken connection cannot roll back; the server has already done so.
        await client.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  private async run<T extends QueryResultRow>(
    { name, text }: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const query = { name, text, values: values as unknown[] };
    const { visitors } = this;
    if (visitors === null || !isVisitorsRead()) return this.pool.query<T>(query);
    try {
      return await visitors.query<T>(query);
    } catch (error) {
      throw asReaderError(visitors, error);
    }
  }
}

class OpenTransaction implements Tx {
  constructor(
    private readonly runner: QueryRunner,
    readonly client: PoolClient,
    private readonly begun: Promise<unknown>,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager;
  }

  async rows<T extends QueryResultRow>(statement: Statement, values: readonly unknown[] = []): Promise<T[]> {
    return (await this.run<T>(statement, values)).rows;
  }

  async row<T extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[] = [],
  ): Promise<T | null> {
    return (await this.run<T>(statement, values)).rows[0] ?? null;
  }

  async count(statement: Statement, values: readonly unknown[] = []): Promise<number> {
    return (await this.run(statement, values)).rowCount ?? 0;
  }

  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    await this.client.query('SAVEPOINT attempt');
    try {
      const result = await work();
      await this.client.query('RELEASE SAVEPOINT attempt');
      return result;
    } catch (error) {
      // On a broken connection there is nothing to roll back.
      await this.client.query('ROLLBACK TO SAVEPOINT attempt').catch(() => undefined);
      throw error;
    }
  }

  private async run<T extends QueryResultRow>(
    statement: Statement,
    values: readonly unknown[],
  ): Promise<QueryResult<T>> {
    const { name, text } = statement;
    const result = await this.client.query<T>({ name, text, values: values as unknown[] });
    // Fails here if BEGIN failed, before anything continues.
    await this.begun;
    return result;
  }
}

function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(sqlState(error) ?? '');
}

/** The SQLSTATE of a database error, or null for any other. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The constraint of a unique violation (23505), or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  if (sqlState(error) !== '23505') return null;
  return (error as { constraint?: string }).constraint ?? null;
}
