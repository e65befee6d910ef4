import { createServer, type AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { assertNotNewer, assertPrepared, migrateDown, migrateUp } from '../../platform/database/migrate.js';
import { listening, startError } from './start-problems.js';

const SITUATION = {
  databaseUrl: 'postgres://shop@localhost/vitrine?sslmode=verify-full&sslrootcert=/etc/no-such.pem',
  dataDir: '/srv/shop',
};
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
    // Through the network, not by the socket in the server's folder.
    url.searchParams.delete('host');
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

  it('tables of another program', async () => {
    const client = new pg.Client({ connectionString: shop.url });
    await client.connect();

    for (const taken of ['CREATE TABLE shop_setting (key text)', 'SELECT nobodys_column FROM shop_setting'])
      expect(await problemOf(() => client.query(taken))).toMatch(/database of its own/);
    await client.end();
  });

  it('a password that is missing', async () => {
    expect(await problemOf(connect(changed((url) => void (url.password = ''))))).toMatch(
      /wants a password, and DATABASE_URL has none/,
    );
  });

  it('a file of a certificate that is missing or is none', async () => {
    const withCertificate = (path: string) =>
      changed((url) => {
        url.searchParams.set('sslmode', 'verify-full');
        url.searchParams.set('sslrootcert', path);
      });
    expect(await problemOf(connect(withCertificate('/etc/no-such.pem')))).toMatch(
      /file \/etc\/no-such\.pem of sslrootcert= in DATABASE_URL cannot be read/,
    );
  });

  it.each([['?sslmode=require&sslcert=/etc&sslkey=/etc', /no certificate or key in PEM format/]])(
    'an address with parameters that mean nothing: %s',
    async (parameters, words) => {
      expect(await problemOf(connect(`postgres://shop:a@127.0.0.1/x${parameters}`))).toMatch(words);
    },
  );

  it('a socket that is not there', async () => {
    expect(await problemOf(connect('postgres:///vitrine?host=/tmp/no-such-folder'))).toMatch(
      /DATABASE_URL does not answer: nothing listens at the socket \/tmp\/no-such-folder/,
    );
  });

  it.each([
    ['nohost.invalid', 0, /host nohost\.invalid of API_HOST is not known/],
    ['999.1.1.1', 0, /host 999\.1\.1\.1 of API_HOST is not known/],
    ['203.0.113.9', 0, /does not have the address 203\.0\.113\.9 of API_HOST/],
    ['2001:db8::9', 0, /does not have the address 2001:db8::9 of API_HOST/],
  ])('an address to listen on that is not of this machine: %s', async (host, port, words) => {
    const server = createServer();
    const listen = new Promise((resolve, reject) =>
      server.once('error', reject).listen({ host, port }, () => resolve(null)),
    );
    expect(await problemOf(() => listening({ host, port }, listen))).toMatch(words);
  });

  it('a port that is taken', async () => {
    const first = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => first.once('listening', resolve));
    const { port } = first.address() as AddressInfo;
    const second = createServer();
    const listen = new Promise((_, reject) => second.once('error', reject).listen(port, '127.0.0.1'));

    const problem = await problemOf(() => listening({ host: '127.0.0.1', port }, listen));

    first.close();
    expect(problem).toMatch(new RegExp(`Port ${port} is taken.*API_PORT`));
  });

  it('a database that is one migration behind, and not one that is up to date', async () => {
    const { source } = shop.database;
    await expect(assertPrepared(source)).resolves.toBeUndefined();

    await migrateDown(source);
    const problem = await problemOf(() => assertPrepared(source));
    await migrateUp(source);

    expect(problem).toMatch(/not prepared for this version \(1 of.*cli\.js prepare/);
  });

  it('a database that a newer version has prepared, which commands leave alone', async () => {
    const { source } = shop.database;
    await expect(assertNotNewer(source)).resolves.toBeUndefined();
    const record = (name: string) =>
      source.query('INSERT INTO migration (timestamp, name) VALUES ($1, $2)', [name.slice(-13), name]);

    await record('PartOfAModuleThatIsGone1700000000001');
    await expect(assertNotNewer(source)).resolves.toBeUndefined();
    await record('GiftCards9000000000000');

    const problems = [assertNotNewer, migrateUp, migrateDown].map((work) => problemOf(() => work(source)));
    for (const problem of await Promise.all(problems))
      expect(problem).toMatch(/newer version of the shop, which has GiftCards9000000000000/);
    await expect(assertPrepared(source)).resolves.toBeUndefined();
    await source.query('DELETE FROM migration WHERE name LIKE $1', ['%9000000000000']);
  });

  it('but not what nobody thought of', () => {
    expect(startError(new Error('surprise'), SITUATION)).toBeNull();
  });
});
