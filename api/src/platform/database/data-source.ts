import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './migrations/index.js';

export interface DatabaseSettings {
  readonly url: string;
  /** The most connections this process may hold. */
  readonly poolSize: number;
  readonly entities: Function[]; // eslint-disable-line @typescript-eslint/no-unsafe-function-type -- TypeORM's own type for entity classes
}

const INT8 = 20;
const UUID_ARRAY = 2951;

/** Parses PostgreSQL's bigint as a number; a value past 2^53 throws instead of being rounded. */
export function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`);
  return value;
}

/**
 * Parses PostgreSQL's uuid[]. Elements are never quoted, nested or (in our tables) null, so a split replaces pg's slow
 * parser.
 */
function parseUuids(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',');
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, parseSafeInteger],
  [UUID_ARRAY, parseUuids],
]);

/** Options of every connection. */
export const connectionOptions = {
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
  },
  idleTimeoutMillis: 60_000,
  // Sends queries without waiting for the result of the previous one.
  pipeline: true,
  idle_in_transaction_session_timeout: 30_000,
};

/** TypeORM manages entities and migrations, and owns the pool, which hot paths use through `Database`. */
export function createDataSource({ url, poolSize, entities }: DatabaseSettings): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    poolSize,
    applicationName: 'vitrine',
    extra: {
      ...connectionOptions,
      connectionTimeoutMillis: 10_000,
      // A statement that hangs must not hold a connection for ever.
      statement_timeout: 30_000,
    },
  });
}
