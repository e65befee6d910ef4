import { randomUUID } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

/*
 * Canaries: values that stand nowhere but in these secrets. Whoever gets a copy of the database, a file that staff
 * export or the folder of the shop must not find one of them, neither plain nor in a usual encoding.
 */

const SECRETS_KEY = 'canary-key-of-secrets-5d0e7f4a1b2c3d99';
const NEXT_KEY = 'canary-next-key-of-secrets-81c2e3f4a5b6';
const CANARIES = {
  stripe: { secretKey: 'sk_test_canary9f31c7', webhookSecret: 'whsec_canary_1a2b3c4d5e6f7a8b' },
  postmark: {
    serverToken: 'c4a4a47e-5ec7-4e70-9a11-0ddba11ca4a7',
    webhookPassword: 'canary+webhook+password+7',
  },
  smtp: { url: 'smtp://canary-user:canary-mail-password-55@mail.example:587' },
};
const NEXT_HOOK = 'whsec_canary_99f8e7d6c5b4a392';
/** No secret: shown to every buyer, so that the search is seen to find what is there. */
const PUBLISHABLE = 'pk_test_no_secret_at_all_4711';
const SECRET_TEXTS = [
  ...Object.values(CANARIES).flatMap((values) => Object.values(values)),
  ...[NEXT_HOOK, 'canary-mail-password-55', SECRETS_KEY, NEXT_KEY],
];

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  // The values are stored and nothing is sent with them.
  shop = await TestShop.open({ env: { SECRETS_KEY, MAIL_PROVIDER: 'inbox', PAYMENT_PROVIDER: 'test' } });
  staff = await shop.staff();
  await write('stripe', { ...CANARIES.stripe, publishableKey: PUBLISHABLE });
  await write('postmark', CANARIES.postmark);
  await write('smtp', CANARIES.smtp);
  // The one before stays for a day.
  await write('stripe', { webhookSecret: NEXT_HOOK });
  await rotate();
  const variantId = await shop.stock({ name: 'Cană', sku: 'CANA', price: 12_100, stock: 50 });
  await buy(shop.guest(), [{ variantId, quantity: 2 }], 'ana@example.test');
});
afterAll(() => shop.close());

async function write(code: string, given: Record<string, string>): Promise<void> {
  const values = Object.entries(given).map(([name, value]) => ({ name, value }));
  const { integrationUpdate } = await staff.ask(
    'mutation($input: IntegrationUpdateInput!) { integrationUpdate(input: $input) { errors { code message } } }',
    { input: { code, values } },
  );
  expect(integrationUpdate.errors).toEqual([]);
}

/** Half of the values stay under the first key, as when a rotation was killed. */
async function rotate(): Promise<void> {
  const other = await shop.beside({ env: { SECRETS_KEY: `${NEXT_KEY},${SECRETS_KEY}` }, worker: false });
  await other.shop.store.rotateSecrets({ makesKey: false });
  await other.close();
  await write('smtp', CANARIES.smtp);
}

/** What `pg_dump` writes of the rows: each table of every schema by COPY. */
async function dump(): Promise<string> {
  const tables = await shop.sql<{ name: string }>(
    `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  expect(tables.length).toBeGreaterThan(40);
  const client = await shop.shop.database.pool.connect();
  const { connection } = client as unknown as { connection: EventEmitter };
  const pieces: Buffer[] = [];
  const keep = ({ chunk }: { chunk: Buffer }): void => void pieces.push(Buffer.from(chunk));
  connection.on('copyData', keep);
  try {
    for (const { name } of tables) await client.query(`COPY (SELECT * FROM ${name}) TO STDOUT`);
  } finally {
    connection.off('copyData', keep);
    client.release();
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** What of the secrets stands in a text. */
function foundIn(text: string): string[] {
  const lower = text.toLowerCase();
  return SECRET_TEXTS.filter((value) => {
    const bytes = Buffer.from(value);
    const forms = [
      value,
      bytes.toString('hex'),
      bytes.toString('base64'),
      bytes.toString('base64url'),
      encodeURIComponent(value),
    ];
    return forms.some((form) => lower.includes(form.replace(/=+$/, '').toLowerCase()));
  });
}

it('a dump of the database holds the encrypted values, and no secret', async () => {
  const text = await dump();

  expect(text).toContain(PUBLISHABLE);
  expect(text).toContain('webhookSecret.previous');
  expect(foundIn(text)).toEqual([]);
  // The search finds a secret where there is one, also as bytea is dumped.
  expect(foundIn(`${text}\\x${Buffer.from(NEXT_HOOK).toString('hex')}`)).toEqual([NEXT_HOOK]);
});

it('a file of orders, and the folder of the shop, hold no secret', async () => {
  const { orderExportCreate } = await staff.ask(
    'mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id } errors { code } } }',
    { input: { idempotencyKey: randomUUID() } },
  );
  const { resultUrl } = await shop.eventually(async () => {
    const { job } = await staff.ask('query($id: ID!) { job(id: $id) { resultUrl } }', {
      id: orderExportCreate.job.id,
    });
    return (job as Answer).resultUrl !== null && job;
  });
  const csv = await (await fetch(`${shop.url}${resultUrl}`)).text();
  expect(csv).toContain('ana@example.test');
  expect(foundIn(csv)).toEqual([]);

  const files = await readdir(shop.shop.env.dataDir, { recursive: true, withFileTypes: true });
  const written = files.filter((each) => each.isFile());
  expect(written.length).toBeGreaterThan(0);
  for (const file of written)
    expect(foundIn(await readFile(join(file.parentPath, file.name), 'latin1'))).toEqual([]);
});
