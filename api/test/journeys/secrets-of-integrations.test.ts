import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BuyerDriver } from '@vitrine/testing/drivers/buyers.js';
import { GOOD_CARD } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { intentOf, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import {
  POSTMARK_TEST_TOKEN,
  startPostmarkServer,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { startStripeServer, type StripeServer } from '@vitrine/testing/simulators/stripe-server.js';
import { createLogger } from '../../src/kernel/logger.js';
import { defineIntegration, secret } from '../../src/platform/integration.js';
import { defineModule } from '../../src/platform/module.js';

const KEY = 'sk_test_vitrine';
const PUBLISHABLE = 'pk_test_vitrine';
const HOOK = 'whsec_planted_0f6b1c2d9e8a7745';
const NEXT_HOOK = 'whsec_planted_77f1e2d3c4b5a690';
const PASSWORD = 'planted+webhook+password+41';
const ECHO = 'planted-token-of-a-plugin-93b1';
const PLANTED = [KEY, HOOK, NEXT_HOOK, PASSWORD, ECHO, POSTMARK_TEST_TOKEN];
const OLD_KEY = 'a-key-of-secrets-of-the-shops-that-tests-open';
const NEW_KEY = 'another-key-of-secrets-that-takes-its-place';

/** A plugin's service, which repeats the key in its message, as many do. */
const echo = defineModule({
  name: 'echo',
  dependsOn: [],
  tables: {},
  entities: [],
  resolvers: [],
  integrations: [
    defineIntegration(
      'echo',
      { token: secret(z.string().min(3)) },
      { test: ({ token = '' }) => Promise.reject(new Error(`The key ${token} is not known`)) },
    ),
  ],
  setup: () => ({ services: {}, resolvers: [] }),
});

let shop: TestShop;
let staff: GraphqlClient;
let stripe: StripeServer;
let postmark: PostmarkServer;
let environment: Record<string, string>;
const lines: string[] = [];
const logger = createLogger(
  'trace',
  new Writable({ write: (chunk, _, done) => (lines.push(String(chunk)), done()) }),
);

beforeAll(async () => {
  [stripe, postmark] = await Promise.all([startStripeServer(), startPostmarkServer()]);
  environment = {
    ...{ STRIPE_API_BASE: stripe.url, POSTMARK_API_BASE: postmark.url },
    // The clock goes on by a day.
    ACCESS_TOKEN_MINUTES: '100000',
  };
  shop = await TestShop.open({ env: environment, logger, modules: [echo] });
  staff = await shop.staff();
});
afterAll(async () => {
  await shop.close();
  await Promise.all([stripe.close(), postmark.close()]);
});
beforeEach(async () => {
  // Another minute, so that no test counts the tests of another.
  shop.clock.advance(60_000);
});

const FIELDS =
  'code status isUsable version missingKeyPlaces lastTest { code } fields { name hint source isSecret }';
const all = async (by = staff): Promise<Answer[]> =>
  (await by.ask(`{ integrations { ${FIELDS} } }`)).integrations;
const one = async (code: string, by = staff): Promise<Answer> => {
  const found = (await all(by)).find((each) => each.code === code);
  if (!found) throw new Error(code);
  return found;
};
const source = async (code: string, name: string, by = staff): Promise<string> =>
  (await one(code, by)).fields.find((field: Answer) => field.name === name).source;

async function change(
  code: string,
  given: Record<string, string | null>,
  rest: object = {},
  by = staff,
): Promise<Answer> {
  const text = `mutation($input: IntegrationUpdateInput!) { integrationUpdate(input: $input) { integration { ${FIELDS} } errors { code path } } }`;
  const values = Object.entries(given).map(([name, value]) => ({ name, value }));
  return (await by.ask(text, { input: { code, values, ...rest } })).integrationUpdate;
}
async function tryOut(code: string): Promise<Answer> {
  const text = `mutation($input: IntegrationTestInput!) { integrationTest(input: $input) { integration { ${FIELDS} } errors { code } } }`;
  return (await staff.ask(text, { input: { code } })).integrationTest;
}
const offered = async (at = shop): Promise<Answer> =>
  (await at.guest().ask('{ shop { paymentMethods payment { provider publishableKey methods } } }')).shop;
const keys = { secretKey: KEY, publishableKey: PUBLISHABLE, webhookSecret: HOOK };

/** What buyers and Stripe do at this process. */
function simulatorAt(at: TestShop, hook = HOOK): PaymentSimulator {
  return {
    shop: at,
    stripe,
    pay: async (clientSecret: string, card: string) => void stripe.confirm(intentOf(clientSecret), card),
    call: (clientSecret: string) =>
      stripe.deliver('payment_intent.succeeded', intentOf(clientSecret), `${at.url}/webhooks/stripe`, hook),
  } as unknown as PaymentSimulator;
}

describe('the keys of a payment provider', () => {
  it('written by staff take cards at once, in every process and without a restart', async () => {
    const other = await shop.beside({ env: environment, worker: false });
    try {
      expect((await offered(other)).payment).toMatchObject({ provider: 'TEST', methods: ['CARD'] });

      const { errors, integration } = await change('stripe', keys);

      expect(errors).toEqual([]);
      expect(integration).toMatchObject({ status: 'CONFIGURED', isUsable: true });
      const live = { provider: 'STRIPE', publishableKey: PUBLISHABLE, methods: ['CARD'] };
      expect((await offered()).payment).toEqual(live);
      await shop.eventually(async () => (await offered(other)).payment.provider === 'STRIPE');
      const paid = await new BuyerDriver(simulatorAt(other)).paid(GOOD_CARD);
      expect((await new BuyerDriver(simulatorAt(shop)).order(paid)).paymentStatus).toBe('PAID');
    } finally {
      await other.close();
    }
  });

  it('are never shown again: of a secret of twelve characters its last four, of a public one all', async () => {
    expect((await one('stripe')).fields).toEqual([
      { name: 'secretKey', hint: 'rine', source: 'STORED', isSecret: true },
      { name: 'publishableKey', hint: PUBLISHABLE, source: 'STORED', isSecret: false },
      { name: 'webhookSecret', hint: '7745', source: 'STORED', isSecret: true },
    ]);
    await change('echo', { token: 'short' });
    expect((await one('echo')).fields[0]).toMatchObject({ hint: null, source: 'STORED' });
  });

  it('are refused when one is a live and one a test key, and when they are none; what stands stays', async () => {
    const { version } = await one('stripe');

    expect((await change('stripe', { publishableKey: 'pk_live_51Honest' })).errors).toEqual([
      { code: 'KEY_MODE_MISMATCH', path: ['values', '0', 'value'] },
    ]);
    expect((await change('stripe', { secretKey: PUBLISHABLE })).errors).toMatchObject([
      { code: 'INVALID_INPUT' },
    ]);
    expect((await change('stripe', { nothing: 'x' })).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect((await change('nobody', { x: 'x' })).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    for (const guessed of ['aaaaaaaaaaaaaaaa', 'passwordpassword'])
      expect((await change('postmark', { webhookPassword: guessed })).errors).toEqual([
        { code: 'INVALID_INPUT', path: ['values', '0', 'value'] },
      ]);
    expect((await one('stripe')).version).toBe(version);
  });

  it('changed by three people at once keep one change', async () => {
    const { version } = await one('stripe');

    const answers = await Promise.all(
      [1, 2, 3].map(() => change('stripe', { secretKey: KEY }, { expectedVersion: version })),
    );

    expect(answers.map(({ errors }) => errors[0]?.code ?? 'DONE').sort()).toEqual([
      'DONE',
      'STALE_VERSION',
      'STALE_VERSION',
    ]);
    expect((await one('stripe')).version).toBe(version + 1);
  });

  it('that Stripe signs webhooks with: the one before is good for a day after it was replaced', async () => {
    await change('stripe', { webhookSecret: NEXT_HOOK });
    const sent = (hook: string): Promise<Response> =>
      stripe.deliver(
        'payment_intent.succeeded',
        [...stripeIntents()][0] ?? '',
        `${shop.url}/webhooks/stripe`,
        hook,
      );
    const statuses = async (): Promise<number[]> => [
      (await sent(NEXT_HOOK)).status,
      (await sent(HOOK)).status,
    ];

    expect(await statuses()).toEqual([200, 200]);
    shop.clock.advance(24 * 3_600_000);
    expect(await statuses()).toEqual([200, 400]);
  });
});

describe('trying out', () => {
  it('says whether the service takes the values, and forgets it with the next change', async () => {
    expect((await tryOut('stripe')).integration.lastTest).toEqual({ code: 'OK' });
    await change('stripe', { secretKey: 'sk_test_unknown' });
    expect((await one('stripe')).lastTest).toBeNull();
    expect((await tryOut('stripe')).integration.lastTest).toEqual({ code: 'REFUSED' });
    await change('stripe', { secretKey: KEY });

    await change('postmark', { serverToken: 'a-token-nobody-knows' });
    expect((await tryOut('postmark')).integration.lastTest).toEqual({ code: 'REFUSED' });
    await change('postmark', { serverToken: POSTMARK_TEST_TOKEN, webhookPassword: PASSWORD });
    expect((await tryOut('postmark')).integration.lastTest).toEqual({ code: 'OK' });
    const program = 'smtp://127.0.0.1:9/?sendmail=true&path=/bin/sh';
    expect((await change('smtp', { url: program })).errors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    await change('smtp', { url: 'smtp://127.0.0.1:9' });
    expect((await tryOut('smtp')).integration.lastTest).toEqual({ code: 'UNREACHABLE' });
    await change('smtp', { url: null });
    expect((await tryOut('smtp')).errors).toEqual([{ code: 'INTEGRATION_INCOMPLETE' }]);
  });

  it('is refused after several times within a minute', async () => {
    const codes = await shop.clock.whileStopped(async () => {
      const found: string[] = [];
      for (let attempt = 0; attempt < 7; attempt++)
        found.push((await tryOut('stripe')).errors[0]?.code ?? 'DONE');
      return found;
    });

    expect(codes).toEqual([...Array.from({ length: 6 }, () => 'DONE'), 'TOO_MANY_TESTS']);
  });
});

describe('mails', () => {
  it('go out by the service whose token staff wrote', async () => {
    await shop.guest().ask('mutation { passwordResetRequest(input: { email: "alice@example.com" }) { ok } }');

    await shop.eventually(async () => postmark.sent.some(({ To }) => To === 'alice@example.com'));
  });
});

describe('a value', () => {
  it('stands in no table, log, error or event, neither plain nor encoded, also when a service repeats it', async () => {
    await change('echo', { token: ECHO });
    expect((await tryOut('echo')).integration.lastTest).toEqual({ code: 'FAILED' });
    await change('stripe', { secretKey: `${KEY} with spaces` });
    const tables = await shop.sql<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`,
    );
    const dump: string[] = [];
    for (const { name } of tables)
      for (const { row } of await shop.sql<{ row: string }>(`SELECT t::text AS row FROM ${name} t`))
        dump.push(row);
    const said = lines.join('');

    expect(tables.length).toBeGreaterThan(40);
    expect(dump.join('\n')).toContain('integration.changed');
    expect(said).toContain('An integration could not be tried out');
    for (const value of PLANTED)
      for (const form of formsOf(value)) {
        expect(dump.some((row) => row.includes(form))).toBe(false);
        expect(said.includes(form)).toBe(false);
      }
  });

  it('that is sent in the wrong form or place is not in the log either, nor in a file of the shop', async () => {
    const from = lines.length;
    const value = 'sk_live_planted_in_the_wrong_place_4d81';
    const input = (given: unknown, more = {}) => ({ input: { code: 'stripe', values: given, ...more } });
    const update =
      'mutation($input: IntegrationUpdateInput!) { integrationUpdate(input: $input) { errors { code message } } }';
    const inline = (rest: string): string =>
      `mutation { integrationUpdate(input: { code: "stripe", values: [{ name: "secretKey", value: "${value}" ${rest}`;

    const answers = [
      await staff.send(update, input([{ name: 'secretKey', value: { is: value } }])),
      await staff.send(update, input([{ name: value, value }])),
      await staff.send(update, input([{ name: 'secretKey', value: value.repeat(60) }])),
      await staff.send(update, input([{ name: 'secretKey', value: `${value} x` }], { code: value })),
      await staff.send(update, input(value)),
      await staff.send(inline('}] }) { nothing } }')),
      await staff.send(inline(`"${value}" }] }) { errors { code } } }`)),
      await shop.guest().send(update, input([{ name: 'secretKey', value }])),
    ];
    const query = encodeURIComponent(inline('}] }) { errors { code } } }'));
    const got = await (await fetch(`${shop.url}/graphql?query=${query}`)).text();

    const stored = answers.filter(({ data }) => data?.['integrationUpdate']?.errors.length === 0);
    expect(stored).toEqual([]);
    // The parser itself shows a sender the part of a request that it does not understand; these are answers of the shop.
    for (const answer of [...answers.slice(1, 4), got]) expect(JSON.stringify(answer)).not.toContain(value);
    expect(lines.slice(from).join('')).not.toContain(value);
    const files = await readdir(shop.shop.env.dataDir, { recursive: true, withFileTypes: true });
    for (const file of files.filter((each) => each.isFile()))
      for (const planted of [value, ...PLANTED])
        expect(await readFile(join(file.parentPath, file.name), 'latin1')).not.toContain(planted);
  });

  it('of the environment overrides what staff wrote, and cannot be changed here', async () => {
    const at = await shop.beside({
      env: { ...environment, POSTMARK_SERVER_TOKEN: 'a-token-of-the-environment' },
      worker: false,
    });
    try {
      const there = await at.staff();
      expect(await source('postmark', 'serverToken', there)).toBe('ENVIRONMENT');
      expect((await change('postmark', { serverToken: 'x'.repeat(20) }, {}, there)).errors).toEqual([
        { code: 'SET_BY_ENVIRONMENT', path: ['values', '0', 'value'] },
      ]);
      expect(await source('postmark', 'webhookPassword', there)).toBe('STORED');
    } finally {
      await at.close();
    }
  });

  it('can be written and tried by those who may, and by nobody else', async () => {
    const guest = await shop.guest().send('{ integrations { code } }');
    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    const manager = await Staff.signIn(shop.url, { email: 'bob@example.com', password: 'Bob@123' });
    const refused = await manager.send('{ integrations { code } }');
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the key that encrypts them', () => {
  it('lost ends in a clear sentence: the shop opens, offers no cards, and takes no test card in their place', async () => {
    const from = lines.length;
    const at = await shop.beside({ env: { ...environment, SECRETS_KEY: NEW_KEY }, logger, worker: false });
    try {
      expect(await offered(at)).toMatchObject({ payment: { provider: 'STRIPE', methods: [] } });
      expect((await offered(at)).paymentMethods).not.toContain('CARD');
      expect(await one('stripe', await at.staff())).toMatchObject({
        status: 'UNREADABLE',
        isUsable: false,
        missingKeyPlaces: ['SECRETS_KEY', expect.stringMatching(/secrets\.key$/)],
      });
      expect(lines.slice(from).join('')).toMatch(
        /stored values of stripe, postmark cannot be read: their key is not in SECRETS_KEY or .*secrets\.key/,
      );
      expect(await (await fetch(`${at.url}/ready`)).json()).toMatchObject({ degraded: ['store'] });
    } finally {
      await at.close();
    }
  });

  it('is changed by a command, which may be repeated and run twice at once; the old one is not needed then', async () => {
    const both = await shop.beside({
      env: { ...environment, SECRETS_KEY: `${NEW_KEY},${OLD_KEY}` },
      worker: false,
    });
    const rotate = () => both.shop.store.rotateSecrets({ makesKey: false });
    const reports = await Promise.all([rotate(), rotate()]);
    // What a process with the old key alone wrote meanwhile, or a rotation that was killed left.
    await change('stripe', { webhookSecret: HOOK });
    const last = await rotate();
    await both.close();

    expect(reports.map(({ renewed }) => renewed).sort((a, b) => a - b)).toEqual([0, expect.any(Number)]);
    expect(reports.flatMap(({ unreadable }) => unreadable)).toEqual([]);
    expect(last.renewed).toBeGreaterThan(0);
    expect(await rotatedShop(async (at) => one('stripe', await at.staff()))).toMatchObject({
      isUsable: true,
    });
  });

  it('does not read a row that was put in the place of another', async () => {
    await shop.sql(`UPDATE integration_secret a SET ciphertext = b.ciphertext, nonce = b.nonce FROM integration_secret b
      WHERE a.integration = 'stripe' AND a.name = 'secretKey' AND b.integration = 'postmark' AND b.name = 'serverToken'`);

    expect(await rotatedShop(async (at) => source('stripe', 'secretKey', await at.staff()))).toBe(
      'UNREADABLE',
    );
    expect(await rotatedShop(async (at) => source('postmark', 'serverToken', await at.staff()))).toBe(
      'STORED',
    );
  });
});

async function rotatedShop<T>(work: (at: TestShop) => Promise<T>): Promise<T> {
  const at = await shop.beside({ env: { ...environment, SECRETS_KEY: NEW_KEY }, worker: false });
  return work(at).finally(() => at.close());
}

function stripeIntents(): string[] {
  return stripe.requests.flatMap(({ path }) => /payment_intents\/(pi_\w+)/.exec(path)?.[1] ?? []);
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  return [
    value,
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}
