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

/** PostgreSQL's bigint as a number; an amount past 2^53 is refused instead of being rounded in silence. */
export function parseSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`);
  return value;
}

/** PostgreSQL's uuid[]: no element is ever quoted, nested or (in our tables) null, so a split does what pg's parser takes long for. */
function parseUuids(text: string): string[] {
  return text === '{}' ? [] : text.slice(1, -1).split(',');
}

const PARSERS = new Map<number, (text: string) => unknown>([
  [INT8, parseSafeInteger],
  [UUID_ARRAY, parseUuids],
]);

/** Of every connection, whoever it is for. */
export const connectionOptions = {
  types: {
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      PARSERS.get(oid) ?? (pg.types.getTypeParser(oid, format) as (text: string) => unknown),
  },
  idleTimeoutMillis: 60_000,
  // A connection sends what it is given at once instead of waiting for the answer before it.
  pipeline: true,
  idle_in_transaction_session_timeout: 30_000,
};

/** TypeORM keeps entities and migrations, and its pool; hot paths use that pool through `Database`. */
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
