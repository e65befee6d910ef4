import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { builtApi } from '@vitrine/testing/shop/built-api.js';
import { administer, withDatabase } from '@vitrine/testing/shop/database-server.js';
import { createShop, type Shop } from '../src/app/create-shop.js';
import { assertNamedServices } from '../src/app/named-services.js';
import { createServer } from '../src/app/server.js';
import { openDataFolder } from '../src/app/settings/data-folder.js';
import { isShopCommand, runShopCommand, SHOP_COMMANDS } from '../src/app/shop-commands.js';
import { EnvError, readEnv, type Env } from '../src/app/settings/env.js';
import { listening, startError } from '../src/app/settings/start-problems.js';
import { createLogger } from '../src/kernel/logger.js';
import { assertPrepared } from '../src/platform/database/migrate.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

const ROOT = join(import.meta.dirname, '..');

interface Ending {
  readonly code: number | null;
  readonly said: string;
}

/** Runs a process of the built shop until it ends; one that goes on is ended and answers null. */
async function run(
  [entry = '', ...words]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ending> {
  const child = spawn(process.execPath, [join(await builtApi(), `${entry}.js`), ...words], {
    cwd: ROOT,
    env: {
      ...{ PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'silent', DATA_DIR: folder },
      NODE_COMPILE_CACHE: join(tmpdir(), 'vitrine-compile-cache'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => void (said += text.toString()));
  // Far above what a busy machine takes to load the shop.
  const late = setTimeout(() => child.kill('SIGKILL'), 240_000);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(late);
  return { code, said: said.trim() };
}

/** One sentence or two on one line, without the stack of an error. */
function expectOneLine({ code, said }: Ending, words: RegExp): void {
  expect(said).toMatch(words);
  expect(said.split('\n')).toHaveLength(1);
  expect(said).not.toMatch(/\bat .*:\d+|Error:/);
  expect(code).toBe(1);
}

let folder: string;
let ready: TestDatabase;
let newer: TestDatabase;
let empty: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-start-'));
  [ready, newer] = await Promise.all([testDatabase(), testDatabase()]);
  await newer.database.source.query('INSERT INTO migration (timestamp, name) VALUES ($1, $2)', [
    9_000_000_000_000,
    'GiftCards9000000000000',
  ]);
  const name = `vitrine_empty_${process.pid}`;
  await administer(inject('databaseServer').url, [`CREATE DATABASE ${name}`]);
  empty = withDatabase(inject('databaseServer').url, name);
});
afterAll(async () => {
  await Promise.all([ready.close(), newer.close()]);
  await administer(inject('databaseServer').url, [`DROP DATABASE vitrine_empty_${process.pid} WITH (FORCE)`]);
  await rm(folder, { recursive: true });
});

describe('every command that cannot be carried out says in one line why', () => {
  const OF_A_PREPARED_SHOP = [
    ['seed'],
    ['seed', '--demo'],
    ['images'],
    ['owner'],
    ['setup'],
    ['owner', 'ana@shop.ro'],
    ['owner:second-factor-remove'],
    ['invoice-series', 'NEW'],
    ['secrets:rotate'],
  ];
  const ALL = [...OF_A_PREPARED_SHOP, ['migrate'], ['migrate:down'], ['prepare'], ['prepare', '--demo']];

  const failureOf = async (
    [command = '', ...words]: readonly string[],
    url: string,
  ): Promise<string | null> => {
    if (!isShopCommand(command)) throw new Error(`${command} is no command`);
    const env = readEnv({ DATABASE_URL: url, DATA_DIR: folder, NODE_ENV: 'test' });
    return runShopCommand({ command, words, print: () => undefined }, env, createLogger('silent')).then(
      () => 'It was carried out.',
      (error: unknown) => startError(error, { databaseUrl: url, dataDir: folder }),
    );
  };

  it('and none is forgotten here', () => {
    expect(new Set(ALL.map(([command]) => command))).toEqual(new Set(SHOP_COMMANDS));
  });

  it.each([...OF_A_PREPARED_SHOP, ['migrate:down']])('in an empty database: %s %s', async (...command) => {
    expect(await failureOf(command, empty)).toMatch(
      command[0] === 'migrate:down'
        ? /^The database has no migration/
        : /^The database is not prepared.*prepare$/,
    );
  });

  it.each(ALL)('in a database that a newer version has prepared: %s %s', async (...command) => {
    expect(await failureOf(command, newer.url)).toMatch(/^The database was prepared by a newer version/);
  });

  it.each(ALL)('without a database that answers: %s %s', async (...command) => {
    expect(await failureOf(command, 'postgres://shop:a@127.0.0.1:1/x')).toMatch(
      /DATABASE_URL does not answer/,
    );
  });

  it.each([
    ['prepare', '--dmo'],
    ['seed', 'demo'],
    ['images', 'all'],
    ['migrate', 'down'],
    ['migrate:down', '2'],
    ['owner', '--first', 'ana@shop.ro'],
    ['owner', 'ana'],
    ['secrets:rotate', '--new'],
  ])('with words that it does not know: %s %s', async (...command) => {
    expect(await failureOf(command, ready.url)).toMatch(
      /^(Unknown option|Unexpected argument|Give an e-mail)/,
    );
  });

  it('and ends with an exit code', async () => {
    expectOneLine(await run(['cli', 'owner'], { DATABASE_URL: empty }), /not prepared.*cli\.js prepare/);
  });
});

describe('every start that cannot succeed says in one line which setting is wrong', () => {
  /** What a process does until it works, in this one: several seconds less for each start. */
  const failureOf = async (
    entry: 'main' | 'worker',
    given: Readonly<Record<string, string>>,
  ): Promise<string | null> => {
    let env: Env | null = null;
    let opened: Shop | null = null;
    try {
      env = readEnv({ DATABASE_URL: ready.url, DATA_DIR: folder, NODE_ENV: 'test', ...given });
      openDataFolder(env.dataDir);
      opened = await createShop(env, createLogger('silent'));
      await assertPrepared(opened.database.source, opened.modules);
      await assertNamedServices(opened);
      if (entry === 'worker') return 'It started.';
      const server = await createServer(opened, shopSchema);
      const at = { port: 19471, host: env.http.host };
      await listening(at, server.listen(at)).finally(() => server.close());
      return 'It started.';
    } catch (error) {
      if (error instanceof EnvError) return error.message;
      return startError(error, { databaseUrl: env?.database.url ?? '', dataDir: env?.dataDir ?? '' });
    } finally {
      await opened?.close();
    }
  };

  it('and the process of the API and of the worker say it and end', async () => {
    const unknown = { DATABASE_URL: ready.url, API_PORT: '19471', API_HOST: 'nohost.invalid' };
    expectOneLine(await run(['main'], unknown), /nohost\.invalid of API_HOST is not known/);
    expectOneLine(await run(['worker'], { DATABASE_URL: empty }), /not prepared for this version/);
  });

  it.each([
    [{ API_HOST: 'nohost.invalid' }, /^The host nohost\.invalid of API_HOST is not known/],
    [{ PERSISTED_OPERATIONS: '/no/such/folder' }, /^PERSISTED_OPERATIONS cannot be used/],
    [{ DATA_DIR: '/proc/x' }, /\/proc\/x cannot be made.*DATA_DIR/],
    [{ PAYMENT_PROVIDER: 'stripe' }, /names stripe.*PAYMENT_PROVIDER=admin/],
  ])('of the API: %j', async (env, words) => {
    const said = await failureOf('main', env);

    expect(said).toMatch(words);
    expect(said?.split('\n')).toHaveLength(1);
  });

  it('of the API and of the worker', async () => {
    const loop = join(folder, 'loop');
    await symlink(loop, loop);
    const withCertificate = new URL(ready.url);
    withCertificate.search = '?sslmode=verify-full&sslrootcert=/no/such.pem';

    expect(await failureOf('main', { DATABASE_URL: withCertificate.href })).toMatch(
      /sslrootcert= in DATABASE_URL/,
    );
    expect(await failureOf('worker', { MAIL_PROVIDER: 'smtp' })).toMatch(/names smtp.*MAIL_PROVIDER=admin/);
    expect(await failureOf('worker', { DATA_DIR: loop })).toMatch(/leads back to itself.*DATA_DIR/);
    expect(await failureOf('worker', { DATABASE_URL: empty })).toMatch(/not prepared for this version/);
    expect(await failureOf('worker', {})).toBe('It started.');
  });

  it('of a first start in public with the seller of the demonstration: each mistake once', async () => {
    const said = await failureOf('main', {
      NODE_ENV: 'production',
      JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa',
      SECRETS_KEY: 'pR4xZk9sTn2vLb7cQwEy6uJm3hGf8dAa',
      STOREFRONT_URL: 'https://lana.ro',
      API_PUBLIC_URL: 'https://api.lana.ro',
      ...{ PAYMENT_PROVIDER: 'admin', MAIL_PROVIDER: 'admin', MAIL_FROM: 'comenzi@lana.ro' },
      ...{ SELLER_NAME: 'Lana SRL', SELLER_ADDRESS: 'Strada 1|Brasov', SELLER_TAX_ID: 'RO 00.000.000' },
    });

    expect(said?.split('\n')).toEqual([
      'The first start of the shop needs more settings (.env.example explains each):',
      expect.stringMatching(/^ {2}- SELLER_TAX_ID is wrong/),
    ]);
  });
});
