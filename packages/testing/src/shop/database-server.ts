import { rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { createDataSource } from '../../../../api/src/platform/database/data-source.js';
import { startEmbedded } from '../../../../api/src/platform/database/embedded/server.js';
import { migrateUp } from '../../../../api/src/platform/database/migrate.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server on which each test file clones its database from `template`. */
    databaseServer: { url: string; template: string; throwaway: boolean };
  }
}

/** One server and one migrated template for the whole run; TEST_DATABASE_URL names an existing server. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const own = process.env.TEST_DATABASE_URL;
  const template = own ? `vitrine_template_${process.pid}` : 'vitrine_template';
  const server = own
    ? null
    : await startEmbedded({
        directory: join(await folderOfServer(), `vitrine-tests-${process.pid}`),
        keep: throwaway(),
      });
  const url = own ?? server?.url('postgres') ?? '';
  // The connections of a shop that is open for seconds would otherwise plan most statements anew each time: a fifth of the
  // server's work.
  if (server) await administer(url, ['ALTER ROLE CURRENT_USER SET plan_cache_mode = force_generic_plan']);
  await createTemplate(url, template);
  project.provide('databaseServer', {
    url,
    template,
    throwaway: server !== null && throwaway() === 'throwaway',
  });

  return async () => {
    if (own) await dropTemplates(own, [template, filledTemplate(template)]);
    if (!server) return;
    await server.stop();
    if (throwaway() === 'durable')
      console.log(`The databases of failed tests are kept in ${server.directory}`);
    else await rm(server.directory, { recursive: true, force: true });
  };
}

/** KEEP_TEST_DATABASES=1 leaves the server's folder, with the databases of failed tests, for inspection. */
const throwaway = (): 'durable' | 'throwaway' => (process.env.KEEP_TEST_DATABASES ? 'durable' : 'throwaway');

/** A file system in memory, which Linux mounts and others do not have. */
const IN_MEMORY = '/dev/shm';
// The templates, the log of at most 1 GB and a few open shops of 12 MB each, with room to spare.
const ROOM = 3 * 2 ** 30;
const MEMORY = 2 * ROOM;

/**
 * In memory where there is room. Each shop has some 700 files, made when it opens and deleted when it closes, and ext4 looks
 * at every file that was deleted a moment ago before it makes another: a shop opened in a third of the time in memory.
 */
async function folderOfServer(): Promise<string> {
  if (throwaway() === 'durable' || process.availableMemory() < MEMORY) return tmpdir();
  const space = await statfs(IN_MEMORY).catch(() => null);
  return space && space.bavail * space.bsize > ROOM ? IN_MEMORY : tmpdir();
}

async function createTemplate(url: string, template: string): Promise<void> {
  await administer(url, [`CREATE DATABASE "${template}"`]);
  const source = createDataSource({ url: withDatabase(url, template), poolSize: 2, entities: [] });
  await source.initialize();
  await migrateUp(source);
  await source.destroy();
  // A template must have no connections to be cloned, so connections to it are forbidden.
  await administer(url, [`ALTER DATABASE "${template}" IS_TEMPLATE true ALLOW_CONNECTIONS false`]);
}

async function dropTemplates(url: string, names: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT datname AS name FROM pg_database WHERE datname = ANY($1)', [
      names,
    ]);
    for (const { name } of rows) {
      await client.query(`ALTER DATABASE "${name}" IS_TEMPLATE false`);
      await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

/** The name of the template with the rows that every test shop begins with; made by the first shop of a run. */
export const filledTemplate = (template: string): string => `${template}_shop`;

export async function administer(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
