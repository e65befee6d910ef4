import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtApi } from '@vitrine/testing/shop/built-api.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const TOKEN = 'a-token-of-a-mail-service-90c1';
const keyPair = { secretKey: 'sk_test_vitrine', publishableKey: 'pk_test_vitrine' };

let folder: string;
let shop: TestShop;
let staff: GraphqlClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-rotation-'));
  shop = await TestShop.open({ env: { SECRETS_KEY: '', DATA_DIR: folder }, worker: false });
  staff = await shop.staff();
  await write('stripe', { ...keyPair, webhookSecret: 'whsec_0f6b1c2d9e8a7745' });
  await write('postmark', { serverToken: TOKEN });
});
afterAll(async () => {
  await shop.close();
  await rm(folder, { recursive: true });
});

async function write(code: string, given: Record<string, string>): Promise<void> {
  const values = Object.entries(given).map(([name, value]) => ({ name, value }));
  await staff.do('integrationUpdate', 'IntegrationUpdateInput', { code, values });
}
const statuses = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await staff.ask('{ integrations { code status } }')).integrations.map(({ code, status }: Answer) => [
      code,
      status,
    ]),
  );
const keysInFile = async (): Promise<string[]> =>
  (await readFile(join(folder, 'secrets.key'), 'utf8')).trim().split('\n');
const keyIds = async (): Promise<Record<string, string[]>> => {
  const rows = await shop.sql<{ integration: string; keys: string[] }>(
    'SELECT integration, array_agg(DISTINCT key_id) AS keys FROM integration_secret GROUP BY integration',
  );
  return Object.fromEntries(rows.map(({ integration, keys }) => [integration, keys]));
};

/** The command in a process of its own; `killed` when something ended it. */
async function rotate(whileRunning: (kill: () => void) => Promise<void>): Promise<number | 'killed'> {
  const child = spawn(process.execPath, [join(await builtApi(), 'cli.js'), 'secrets:rotate', '--new-key'], {
    env: {
      ...{ PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'silent' },
      ...{ DATABASE_URL: shop.shop.env.database.url, DATA_DIR: folder },
    },
    stdio: 'ignore',
  });
  const ended = new Promise<number | 'killed'>((resolve) =>
    child.once('close', (code, signal) => resolve(signal ? 'killed' : (code ?? 1))),
  );
  await whileRunning(() => child.kill('SIGKILL'));
  return ended;
}

describe('a change of the key that is killed half way', () => {
  it('leaves every value readable, under the old or the new key', async () => {
    const [old] = Object.values(await keyIds()).flat();
    // Somebody else holds the row of Stripe, so the command waits there, after the values of Postmark.
    const ending = await shop.shop.database.transaction(async (tx) => {
      await tx.client.query(`SELECT 1 FROM integration WHERE code = 'stripe' FOR UPDATE`);
      return rotate(async (kill) => {
        await shop.eventually(async () => {
          // A connection that is idle in a transaction for long is closed.
          await tx.client.query('SELECT 1');
          return !(await keyIds())['postmark']?.includes(old ?? '');
        });
        kill();
      });
    });

    expect(ending).toBe('killed');
    expect(await keysInFile()).toHaveLength(2);
    expect((await keyIds())['stripe']).toEqual([old]);
    expect(await statuses()).toMatchObject({ stripe: 'CONFIGURED', postmark: 'CONFIGURED' });
  });

  it('goes on with the next one, and what staff write meanwhile has the newest key', async () => {
    await write('stripe', { publishableKey: 'pk_test_another' });
    const done = await rotate(async () => undefined);
    const ids = new Set(Object.values(await keyIds()).flat());

    expect(done).toBe(0);
    expect(ids.size).toBe(1);
    await write('postmark', { serverToken: `${TOKEN}2` });
    expect(new Set(Object.values(await keyIds()).flat())).toEqual(ids);
    expect(await statuses()).toMatchObject({ stripe: 'CONFIGURED', postmark: 'CONFIGURED' });
  });
});
