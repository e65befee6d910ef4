import { spawn } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { builtApi } from '@vitrine/testing/shop/built-api.js';
import { administer, withDatabase } from '@vitrine/testing/shop/database-server.js';
import { isShopCommand, runShopCommand, SHOP_COMMANDS } from '../src/app/shop-commands.js';
import { readEnv } from '../src/app/settings/env.js';
import { startError } from '../src/app/settings/start-problems.js';
import { createLogger } from '../src/kernel/logger.js';
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
    ['owner', 'ana@shop.ro'],
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
    const unreachable = 'postgres://shop:a@127.0.0.1:1/x';
    expectOneLine(await run(['cli', 'seed'], { DATABASE_URL: unreachable }), /does not answer/);
  });
});

describe('every start that cannot succeed says in one line which setting is wrong', () => {
  const start = (entry: string, env: Readonly<Record<string, string>>): Promise<Ending> =>
    run([entry], { DATABASE_URL: ready.url, API_PORT: '19471', ...env });

  it.each([
    [{ API_HOST: 'nohost.invalid' }, /nohost\.invalid of API_HOST is not known/],
    [{ PERSISTED_OPERATIONS: '/no/such/folder' }, /PERSISTED_OPERATIONS cannot be used/],
  ])('of the API: %j', async (env, words) => {
    expectOneLine(await start('main', env), words);
  });

  it('of the API and of the worker', async () => {
    const loop = join(folder, 'loop');
    await symlink(loop, loop);
    const withCertificate = new URL(ready.url);
    withCertificate.search = '?sslmode=verify-full&sslrootcert=/no/such.pem';

    expectOneLine(await start('main', { DATA_DIR: '/proc/x' }), /\/proc\/x cannot be made.*DATA_DIR/);
    expectOneLine(
      await start('main', { DATABASE_URL: withCertificate.href }),
      /sslrootcert= in DATABASE_URL/,
    );
    expectOneLine(
      await start('main', { PAYMENT_PROVIDER: 'stripe' }),
      /names stripe.*PAYMENT_PROVIDER=admin/,
    );
    expectOneLine(await start('worker', { MAIL_PROVIDER: 'smtp' }), /names smtp.*MAIL_PROVIDER=admin/);
    expectOneLine(await start('worker', { DATA_DIR: loop }), /leads back to itself.*DATA_DIR/);
    expectOneLine(await start('worker', { DATABASE_URL: empty }), /not prepared for this version/);
  });

  it('of a first start in public with the seller of the demonstration: each mistake once', async () => {
    const { code, said } = await start('main', {
      NODE_ENV: 'production',
      JWT_SECRET: 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa',
      SECRETS_KEY: 'pR4xZk9sTn2vLb7cQwEy6uJm3hGf8dAa',
      STOREFRONT_URL: 'https://lana.ro',
      API_PUBLIC_URL: 'https://api.lana.ro',
      ...{ PAYMENT_PROVIDER: 'admin', MAIL_PROVIDER: 'admin', MAIL_FROM: 'comenzi@lana.ro' },
      ...{ SELLER_NAME: 'Lana SRL', SELLER_ADDRESS: 'Strada 1|Brasov', SELLER_TAX_ID: 'RO 00.000.000' },
    });

    expect(said.split('\n')).toEqual([
      'The first start of the shop needs more settings (.env.example explains each):',
      expect.stringMatching(/^ {2}- SELLER_TAX_ID is wrong/),
    ]);
    expect(code).toBe(1);
  });
});
