import { describe, expect, it, vi } from 'vitest';
import { postmarkIntegration } from '../../../integrations/mail/postmark/postmark-integration.js';
import { smtpIntegration } from '../../../integrations/mail/smtp/smtp-integration.js';
import { stripeIntegration } from '../../../integrations/payments/stripe/stripe-integration.js';
import type { Integration } from '../../../platform/integration.js';
import { IntegrationTests } from './integration-tests.js';
import { stateOf } from './integration-state.js';

const NOW = new Date('2026-11-29T10:00:00Z');
const TRIAL = { isProduction: false, isPublic: false };
const PUBLIC = { isProduction: true, isPublic: true };

function stateIn(
  integration: Integration,
  stored: Record<string, string | null>,
  { given = {}, situation = TRIAL }: { given?: Record<string, string>; situation?: typeof TRIAL } = {},
) {
  const rows = Object.entries(stored).map(([name, value]) => ({ name, value, hint: null, expiresAt: null }));
  return stateOf(integration, rows, { variable: (name) => given[name] ?? null, situation, now: NOW });
}

const TEST_KEYS = {
  secretKey: 'sk_test_51Honest0Key',
  publishableKey: 'pk_test_51Honest0Key',
  webhookSecret: 'whsec_7Yq2PzK0mVtR4nW8',
};

describe('the status of an integration', () => {
  it.each([
    ['nothing', {}, {}, 'MISSING', false],
    ['a part', { secretKey: 'sk_test_51Honest0Key' }, {}, 'MISSING', false],
    ['everything stored', TEST_KEYS, {}, 'CONFIGURED', true],
    ['one value whose key is lost', { ...TEST_KEYS, webhookSecret: null }, {}, 'UNREADABLE', false],
    [
      'a lost value that the environment replaces',
      { ...TEST_KEYS, webhookSecret: null },
      { STRIPE_WEBHOOK_SECRET: 'whsec_0a1b2c3d4e5f6071' },
      'CONFIGURED',
      true,
    ],
    [
      'everything in the environment',
      {},
      {
        STRIPE_SECRET_KEY: TEST_KEYS.secretKey,
        STRIPE_PUBLISHABLE_KEY: TEST_KEYS.publishableKey,
        STRIPE_WEBHOOK_SECRET: TEST_KEYS.webhookSecret,
      },
      'ENVIRONMENT',
      true,
    ],
    [
      'a live and a test key',
      { ...TEST_KEYS, publishableKey: 'pk_live_51Honest0Key' },
      {},
      'CONFIGURED',
      false,
    ],
    ['what is no key', { ...TEST_KEYS, secretKey: 'nonsense' }, {}, 'CONFIGURED', false],
  ])('with %s', (_what, stored, given, status, isUsable) => {
    expect(stateIn(stripeIntegration, stored, { given })).toMatchObject({ status, isUsable });
  });
});

describe('a public shop', () => {
  it('uses no test keys and no placeholders, also when they came with a copy of another database', () => {
    expect(stateIn(stripeIntegration, TEST_KEYS, { situation: PUBLIC })).toMatchObject({
      isUsable: false,
      problems: [
        { code: 'KEY_MODE_MISMATCH', field: 'secretKey' },
        { code: 'KEY_MODE_MISMATCH', field: 'publishableKey' },
      ],
    });
    const placeholder = {
      ...TEST_KEYS,
      secretKey: 'sk_live_xxxxxxxx',
      publishableKey: 'pk_live_51Honest0Key',
    };
    expect(stateIn(stripeIntegration, placeholder, { situation: PUBLIC }).problems).toMatchObject([
      { code: 'INVALID_INPUT', field: 'secretKey' },
    ]);
  });

  it('sends no mails to a program that shows them', () => {
    const [catcher, test] = ['smtp://mailpit:1025', 'POSTMARK_API_TEST'];

    expect(stateIn(smtpIntegration, { url: catcher }).isUsable).toBe(true);
    expect(stateIn(smtpIntegration, { url: catcher }, { situation: PUBLIC }).isUsable).toBe(false);
    expect(stateIn(postmarkIntegration, { serverToken: test }).isUsable).toBe(true);
    expect(stateIn(postmarkIntegration, { serverToken: test }, { situation: PUBLIC }).isUsable).toBe(false);
  });
});

describe('staff are warned of', () => {
  it('mails that may go unencrypted, and a mail server that may be another', () => {
    const warningsOf = (url: string): readonly string[] => stateIn(smtpIntegration, { url }).warnings;

    expect(warningsOf('smtp://shop:Zk3vQ9@mail.shop.ro:587')).toEqual(['ENCRYPTION_OPTIONAL']);
    expect(warningsOf('smtp://mail.shop.ro?ignoreTLS=true')).toEqual(['UNENCRYPTED']);
    expect(warningsOf('smtps://mail.shop.ro?tls.rejectUnauthorized=false')).toEqual(['UNVERIFIED_SERVER']);
    expect(warningsOf('smtps://shop:Zk3vQ9@mail.shop.ro')).toEqual([]);
    expect(stateIn(smtpIntegration, {}).warnings).toEqual([]);
  });

  it('a password of the webhook that can be guessed, while mails go on', () => {
    const serverToken = '6f1c2b9e-3a47-4d0b-9f8e-52c7d1a0be34';
    const stored = (webhookPassword: string) =>
      stateIn(postmarkIntegration, { serverToken, webhookPassword }, { situation: PUBLIC });

    for (const guessed of ['aaaaaaaaaaaaaaaa', 'abababababababab', 'passwordpassword', '1234567890123456'])
      expect(stored(guessed)).toMatchObject({ warnings: ['GUESSABLE_PASSWORD'], isUsable: true });
    expect(stored('k7Qw2rT9xZ4mB1vN')).toMatchObject({ warnings: [], isUsable: true });
  });
});

it('a service that does not answer ends a test in time, and the code is kept', async () => {
  const recorded: object[] = [];
  const slow: Integration = { code: 'slow', fields: {}, test: () => new Promise(() => undefined) };
  const tests = new IntegrationTests({
    database: {
      count: (_statement: unknown, params: object) => Promise.resolve(recorded.push(params)),
      rows: () => Promise.resolve([]),
    },
    clock: { now: () => NOW },
    integrations: [slow],
    variable: () => null,
    logger: { warn: vi.fn() },
    store: { stateWith: () => ({ values: {} }) },
    longestMs: 20,
  } as never);

  expect(await tests.run('slow')).toBe('TIMED_OUT');
  expect(recorded.at(-1)).toMatchObject({ code: 'slow', result: 'TIMED_OUT' });
});
