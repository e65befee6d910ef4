import { inject } from 'vitest';
import { modules } from '../../src/app/modules.js';
import { createDataSource } from '../../src/platform/database/data-source.js';
import { Database } from '../../src/platform/database/database.js';
import { administer, withDatabase } from './database-server.js';
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
  const server = inject('databaseServer');
  const name = `vitrine_test_${process.pid}_${Date.now().toString(36)}_${++made}`;
  await administer(server.url, [`CREATE DATABASE "${name}" TEMPLATE "${server.template}"`]);
  const url = withDatabase(server.url, name);
  const entities = modules.flatMap((module) => module.entities);
  const source = createDataSource({ url, poolSize, entities });
  await source.initialize();
  return { database: new Database(source), url, close: () => close(source.destroy.bind(source), name) };
}

async function close(disconnect: () => Promise<void>, name: string): Promise<void> {
  const server = inject('databaseServer');
  await disconnect();
  if (!hasFailed() || server.throwaway)
    return administer(server.url, [`DROP DATABASE "${name}" WITH (FORCE)`]);
  console.error(`A test failed; its database is kept: ${name}`);
}
