import { createServer, type AddressInfo } from 'node:net';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { assertPrepared, migrateDown, migrateUp } from '../../platform/database/migrate.js';
import { startError } from './start-problems.js';

const SITUATION = { port: 4000, dataDir: '/srv/shop' };
const problemOf = async (work: () => Promise<unknown>): Promise<string | null> =>
  startError(
    await work().then(
      () => null,
      (error: unknown) => error,
    ),
    SITUATION,
  );
const connect = (url: string) => async (): Promise<void> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  await client.connect().finally(() => client.end().catch(() => undefined));
};

let shop: TestDatabase;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());

describe('a start that cannot succeed says in one sentence why', () => {
  const changed = (change: (url: URL) => void): string => {
    const url = new URL(shop.url);
    change(url);
    return url.href;
  };

  it.each([
    ['an unknown host', (url: URL) => void (url.hostname = 'no-such-host.invalid'), /host of DATABASE_URL/],
    ['a port where nothing listens', (url: URL) => void (url.port = '1'), /does not answer/],
    ['an unknown user', (url: URL) => void (url.username = 'nobody_here'), /refuses the user/],
    ['an unknown database', (url: URL) => void (url.pathname = '/no_such_database'), /does not exist/],
    ['a server without TLS', (url: URL) => void url.searchParams.set('sslmode', 'require'), /no TLS/],
  ])('%s', async (_, change, words) => {
    expect(await problemOf(connect(changed(change)))).toMatch(words);
  });

  it('a port that is no PostgreSQL', async () => {
    const other = createServer((socket) => socket.end('220 mail\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;

    const problem = await problemOf(connect(`postgres://a:b@127.0.0.1:${port}/x`));

    other.close();
    expect(problem).toMatch(/no PostgreSQL/);
  });

  it('a data folder that is a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-start-'));
    const file = join(folder, 'file');
    await writeFile(file, '');

    const problem = await problemOf(() => mkdir(join(file, 'media'), { recursive: true }));

    await rm(folder, { recursive: true });
    expect(problem).toBe('/srv/shop is not a folder. Set DATA_DIR to one.');
  });

  it('a data folder of somebody else', () => {
    expect(startError({ code: 'EACCES', syscall: 'mkdir' }, SITUATION)).toMatch(/cannot be written/);
  });

  it('a database that is one migration behind, and not one that is up to date', async () => {
    const { source } = shop.database;
    await expect(assertPrepared(source)).resolves.toBeUndefined();

    await migrateDown(source);
    const problem = await problemOf(() => assertPrepared(source));
    await migrateUp(source);

    expect(problem).toMatch(/not prepared for this version \(1 of.*cli\.js prepare/);
  });

  it('but not what nobody thought of', () => {
    expect(startError(new Error('surprise'), SITUATION)).toBeNull();
  });
});
