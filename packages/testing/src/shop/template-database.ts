import pg from 'pg';
import { inject } from 'vitest';
import { modules } from '../../../../api/src/app/modules.js';
import { createDataSource } from '../../../../api/src/platform/database/data-source.js';
import { Database } from '../../../../api/src/platform/database/database.js';
import { administer, filledTemplate, withDatabase } from './database-server.js';
import { hasFailed } from './failures.js';

export interface TestDatabase {
  readonly database: Database;
  readonly url: string;
  /** Disconnects and drops the database; one whose tests failed is kept and named where that helps. */
  close(): Promise<void>;
}

let made = 0;

/** A migrated, empty database for this test file alone, cloned from the run's template. Call it in `beforeAll`. */
export async function testDatabase({ poolSize = 10 }: { poolSize?: number } = {}): Promise<TestDatabase> {
  const { url, drop } = await cloneOf(inject('databaseServer').template);
  const entities = modules.flatMap((module) => module.entities);
  const source = createDataSource({ url, poolSize, entities });
  await source.initialize();
  const close = async (): Promise<void> => {
    await source.destroy();
    await drop();
  };
  return { database: new Database(source), url, close };
}

export interface Clone {
  readonly url: string;
  /** Drops the database, or keeps it where `testDatabase` does. Nobody may be connected any more. */
  drop(): Promise<void>;
}

/** A new database like this template. */
export async function cloneOf(template: string): Promise<Clone> {
  const server = inject('databaseServer');
  const name = `vitrine_test_${process.pid}_${Date.now().toString(36)}_${++made}`;
  await administer(server.url, [`CREATE DATABASE "${name}" TEMPLATE "${template}"`]);
  return { url: withDatabase(server.url, name), drop: () => drop(name) };
}

/**
 * The name of a template that `fill` has filled, made from the migrated one by the first test file that asks for it. Test
 * files of other processes wait for it.
 */
export async function templateFilledBy(fill: (url: string) => Promise<void>): Promise<string> {
  const server = inject('databaseServer');
  const name = filledTemplate(server.template);
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    // Held until the connection ends.
    await client.query(`SELECT pg_advisory_lock(hashtext($1))`, [name]);
    const made = await client.query('SELECT datistemplate AS done FROM pg_database WHERE datname = $1', [
      name,
    ]);
    if (made.rows[0]?.done) return name;
    // One that is not yet a template was left by a test file that was ended while it filled it.
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${server.template}"`);
    await fill(withDatabase(server.url, name));
    await client.query(`ALTER DATABASE "${name}" IS_TEMPLATE true ALLOW_CONNECTIONS false`);
    return name;
  } finally {
    await client.end();
  }
}

async function drop(name: string): Promise<void> {
  const server = inject('databaseServer');
  if (!hasFailed() || server.throwaway)
    return administer(server.url, [`DROP DATABASE "${name}" WITH (FORCE)`]);
  console.error(`A test failed; its database is kept: ${name}`);
}
