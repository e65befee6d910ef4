import type { Pool, PoolClient, QueryResult, QueryResultRow } from 'pg';
import type { DataSource, ObjectLiteral, QueryRunner } from 'typeorm';
import { recordingNow } from '../audit/recording.js';
import { EntityRepository } from './entity-repository.js';
import { beginning, isWrite, RecordedRepository } from './recorded-writes.js';
import { valuesOf, type AnyStatement, type Given, type Statement } from './statement.js';
import { asReaderError, isVisitorsRead } from './visitor-reads.js';

// Everything that a module needs to write and run a statement comes from here.
export { columnsOf, columnTypes, enteredFields, fieldsWithout, rowOf } from './entity-columns.js';
export type { Fields } from './entity-repository.js';
export { t, type GivenOf, type Shape, type SqlType, type ValuesOf } from './sql-types.js';
export {
  registeredStatements,
  statement,
  statementPerChoice,
  type AnyStatement,
  type Given,
  type Statement,
} from './statement.js';

/** Reads and writes by prepared statement; implemented by the pool and by an open transaction. */
export interface Querying {
  /** The rows of a prepared statement. Lists go in as one array parameter: `= ANY(:ids)`. */
  rows<P extends object, R extends object>(statement: Statement<P, R>, ...params: Given<P>): Promise<R[]>;
  /** The first row, or null when there is none. */
  row<P extends object, R extends object>(statement: Statement<P, R>, ...params: Given<P>): Promise<R | null>;
  /** How many rows a write changed: zero for a conditional update means that another transaction came first. */
  count<P extends object>(statement: Statement<P, unknown>, ...params: Given<P>): Promise<number>;
  /** TypeORM's repository of an entity, on the same connection: what staff create, change and delete goes through it. */
  repository<E extends ObjectLiteral>(entity: new () => E): EntityRepository<E>;
}

/** What both kinds of `Querying` do with a statement; `run` sends it on a connection of theirs. */
abstract class Statements implements Querying {
  async rows<P extends object, R extends object>(
    statement: Statement<P, R>,
    ...params: Given<P>
  ): Promise<R[]> {
    return (await this.run(prepared(statement, params))).rows as R[];
  }

  async row<P extends object, R extends object>(
    statement: Statement<P, R>,
    ...params: Given<P>
  ): Promise<R | null> {
    return ((await this.run(prepared(statement, params))).rows[0] as R | undefined) ?? null;
  }

  async count<P extends object>(statement: Statement<P, unknown>, ...params: Given<P>): Promise<number> {
    return (await this.run(prepared(statement, params))).rowCount ?? 0;
  }

  abstract repository<E extends ObjectLiteral>(entity: new () => E): EntityRepository<E>;

  protected abstract run(query: PreparedQuery): Promise<QueryResult<QueryResultRow>>;
}

interface PreparedQuery {
  name: string;
  text: string;
  values: unknown[];
}

function prepared(statement: AnyStatement, [params]: readonly object[]): PreparedQuery {
  const { name, text } = statement;
  return { name, text, values: valuesOf(statement, params as Readonly<Record<string, unknown>> | undefined) };
}

/** An open transaction. Always passed explicitly, as the first parameter. */
export interface Tx extends Querying {
  /**
   * Runs `work` in a savepoint: if it throws, only its writes are rolled back and the transaction continues. For work
   * that may be refused after it has written.
   */
  savepoint<T>(work: () => Promise<T>): Promise<T>;
  /**
   * The underlying connection, for adapters with their own SQL (pg-boss) and for statements that cannot be prepared.
   */
  readonly client: PoolClient;
}

// serialization_failure and deadlock_detected: the transaction had no effect and may be run again.
const RETRYABLE = new Set(['40001', '40P01']);
const ATTEMPTS = 4;

export class Database extends Statements {
  /** @param visitors the connections for reads of anonymous visitors; without them all share one pool */
  constructor(
    readonly source: DataSource,
    private readonly visitors: Pool | null = null,
  ) {
    super();
  }

  repository<E extends ObjectLiteral>(entity: new () => E): EntityRepository<E> {
    const repository = new EntityRepository(this.source.getRepository(entity), Promise.resolve());
    if (!recordingNow()) return repository;
    return new RecordedRepository(repository, (write) =>
      this.transaction((tx) => write(tx.repository(entity))),
    );
  }

  get pool(): Pool {
    return (this.source.driver as unknown as { master: Pool }).master;
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
      // The runner must know of the transaction, which it did not begin: its repositories lock rows only inside one.
      Object.assign(runner, { isTransactionActive: true });
      // Not awaited: it is sent together with the first statement, which saves a round trip (see `pipeline` of the
      // pool).
      const begun = client.query(beginning());
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

  protected async run(query: PreparedQuery): Promise<QueryResult<QueryResultRow>> {
    if (recordingNow() && isWrite(query)) return this.transaction((tx) => tx.client.query(query));
    const { visitors } = this;
    if (visitors === null || !isVisitorsRead()) return this.pool.query(query);
    try {
      return await visitors.query(query);
    } catch (error) {
      throw asReaderError(visitors, error);
    }
  }
}

class OpenTransaction extends Statements implements Tx {
  constructor(
    private readonly runner: QueryRunner,
    readonly client: PoolClient,
    private readonly begun: Promise<unknown>,
  ) {
    super();
  }

  repository<E extends ObjectLiteral>(entity: new () => E): EntityRepository<E> {
    return new EntityRepository(this.runner.manager.getRepository(entity), this.begun);
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

  protected async run(query: PreparedQuery): Promise<QueryResult<QueryResultRow>> {
    const result = await this.client.query(query);
    // Fails here if BEGIN failed, before anything continues.
    await this.begun;
    return result;
  }
}

/** Whether the transaction had no effect and may be run again. */
export function isRetryable(error: unknown): boolean {
  return RETRYABLE.has(sqlState(error) ?? '');
}

/** The SQLSTATE of a database error, or null for any other. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}

/** The constraint of a check violation (23514), which a trigger may name too, or null for any other error. */
export function violatedCheck(error: unknown): string | null {
  if (sqlState(error) !== '23514') return null;
  return (error as { constraint?: string }).constraint ?? null;
}

/** The constraint of a unique violation (23505), or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  if (sqlState(error) !== '23505') return null;
  return (error as { constraint?: string }).constraint ?? null;
}
