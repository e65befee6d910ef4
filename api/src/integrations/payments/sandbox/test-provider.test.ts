import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { statement, t } from '../../../platform/database/database.js';
import { GOOD_CARD, SLOW_CARD, aPayment, aRefund } from '../contract-subject.js';
import { describePaymentProvider } from '../contract.js';
import { InvalidWebhook } from '../port.js';
import { createTestProvider, type TestPaymentProvider } from './test-provider.js';

const openDispute = statement('test.open-dispute', {
  params: { id: t.text, intentId: t.text },
  sql: `INSERT INTO test_provider_dispute (id, intent_id, amount, reason, evidence_due_at)
   SELECT :id, id, amount, 'fraudulent', now() + interval '7 days' FROM test_provider_intent WHERE id = :intentId`,
});
const countIntents = statement('test.count-intents', {
  row: { count: t.int },
  sql: 'SELECT count(*) AS "count" FROM test_provider_intent',
});

describePaymentProvider(
  'The built-in test provider',
  async () => {
    const { database, close } = await testDatabase();
    const provider = createTestProvider(database);
    return {
      provider,
      close,
      confirm: async (reference, card) => {
        const { clientSecret } = await provider.retrieveIntent(reference);
        await provider.confirm(clientSecret ?? '', card);
      },
      settle: async (reference, outcome) => void (await provider.settle(reference, outcome)),
      openDispute: async (reference) => {
        await database.count(openDispute, { id: `du_${reference}`, intentId: reference });
        return `du_${reference}`;
      },
      countIntents: async () => (await database.row(countIntents))?.count ?? 0,
    };
  },
  { isRemote: false },
);

describe('The built-in test provider alone', () => {
  let shop: TestDatabase;
  let provider: TestPaymentProvider;

  beforeAll(async () => {
    shop = await testDatabase();
    provider = createTestProvider(shop.database);
  });
  afterAll(() => shop.close());

  it('takes no number that is not a published test card, and keeps none at all', async () => {
    const { clientSecret } = await provider.createIntent(aPayment());

    const real = provider.confirm(clientSecret ?? '', '4539 1488 0343 6467');
    await expect(real).rejects.toMatchObject({ code: 'unknown_test_card' });
    await real.catch((error: Error) => expect(error.message).not.toContain('4539'));
    await provider.confirm(clientSecret ?? '', GOOD_CARD);

    const { rows } = await shop.database.pool.query('SELECT * FROM test_provider_intent');
    expect(JSON.stringify(rows)).not.toMatch(/4242424242424242|4539/);
  });

  it('answers a payment that already succeeded as it is, even to a card that would be declined', async () => {
    const { clientSecret } = await provider.createIntent(aPayment());
    await provider.confirm(clientSecret ?? '', GOOD_CARD);

    const again = await provider.confirm(clientSecret ?? '', '4000 0000 0000 0002');

    expect(again).toMatchObject({ status: 'succeeded', failureCode: null });
  });

  it('takes no money for a cancelled payment', async () => {
    const { reference, clientSecret } = await provider.createIntent(aPayment());
    await provider.cancelIntent(reference);

    await expect(provider.confirm(clientSecret ?? '', GOOD_CARD)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('lets one of payment and cancellation win when they race', async () => {
    for (let round = 0; round < 20; round++) {
      const { reference, clientSecret } = await provider.createIntent(aPayment());

      await Promise.all([
        provider.cancelIntent(reference),
        provider.confirm(clientSecret ?? '', GOOD_CARD).catch(() => null),
      ]);
      const { status, amountReceived } = await provider.retrieveIntent(reference);

      expect([
        ['canceled', 0],
        ['succeeded', 12_900],
      ]).toContainEqual([status, amountReceived.amount]);
    }
  });

  it('lets a slow payment succeed by itself once its time has passed', async () => {
    const quick = createTestProvider(shop.database, { settleAfterSeconds: 0 });
    const { reference, clientSecret } = await quick.createIntent(aPayment());

    const confirmed = await quick.confirm(clientSecret ?? '', SLOW_CARD);
    const later = await quick.retrieveIntent(reference);

    expect(confirmed.status).toBe('processing');
    expect(later.status).toBe('succeeded');
  });

  it.each(['AUTOMATIC', 'MANUAL'] as const)(
    'captures a tenth less of one card (%s)',
    async (captureMethod) => {
      const { reference, clientSecret } = await provider.createIntent({
        ...aPayment(),
        captureMethod,
      });

      await provider.confirm(clientSecret ?? '', '4000 0000 0000 9235');
      await provider.captureIntent(reference);

      const { status, amountReceived } = await provider.retrieveIntent(reference);
      expect([status, amountReceived.amount]).toEqual(['succeeded', 12_900 - 1_290]);
      await expect(provider.refund(aRefund(reference, 12_900))).rejects.toMatchObject({
        code: 'amount_too_large',
      });
    },
  );

  it('reads events as unverified hints, and refuses what is no event', () => {
    const body = Buffer.from(
      JSON.stringify({ id: 'evt_1', type: 'payment_intent.succeeded', intent: 'pi_test_1' }),
    );

    expect(provider.parseWebhook(body, () => undefined)).toMatchObject({
      id: 'evt_1',
      objectKind: 'INTENT',
      objectReference: 'pi_test_1',
      verified: false,
    });
    const long = JSON.stringify({ id: 'evt_1', type: 'x', more: 'x'.repeat(16 * 1024) });
    for (const wrong of [long, '', 'no json', '[]', '{"id":"evt_1"}', '{"id":"","type":"x"}']) {
      expect(() => provider.parseWebhook(Buffer.from(wrong), () => undefined)).toThrow(InvalidWebhook);
    }
  });
});
