import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localId } from '../../src/kernel/ids.js';
import { CHECKS } from '../../src/domains/integrity/index.js';
import { BuyerDriver, type Buyer } from '@vitrine/testing/drivers/buyers.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  POSTMARK_TEST_TOKEN,
  startPostmarkServer,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { openTestPayments, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';

const MAIL_INVARIANT = CHECKS.find(({ code }) => code === 'MAIL_FAILED') as (typeof CHECKS)[number];
const OWNER = 'owner@example.test';
const [OLD, PASSWORD] = ['password-of-yesterday', 'password-of-today-1'];
const ROW = 'id recipient template status error attempts order { number }';
const RESEND = `mutation($input: EmailResendInput!) { emailResend(input: $input) { email { ${ROW} } errors { code } } }`;

let simulator: PaymentSimulator;
let at: BuyerDriver;
let admin: GraphqlClient;
let postmark: PostmarkServer;

beforeAll(async () => {
  postmark = await startPostmarkServer();
  simulator = await openTestPayments({
    env: {
      MAIL_PROVIDER: 'postmark',
      POSTMARK_SERVER_TOKEN: POSTMARK_TEST_TOKEN,
      POSTMARK_API_BASE: postmark.url,
      POSTMARK_WEBHOOK_PASSWORD: `${OLD},${PASSWORD}`,
      ADMIN_ALERT_EMAIL: OWNER,
    },
  });
  at = new BuyerDriver(simulator);
  admin = await simulator.shop.staff();
});
afterAll(async () => {
  await simulator.close();
  await postmark.close();
});

const mailsOf = async (search: string, statuses?: string[]): Promise<Answer[]> => {
  const query = `query($search: String, $filter: EmailFilter) { emails(search: $search, filter: $filter) { nodes { ${ROW} } } }`;
  return (await admin.ask(query, { search, filter: { statuses } })).emails.nodes;
};
const mailOf = ({ email }: Buyer, template: string, status: string): Promise<Answer> =>
  simulator.shop.eventually(async () =>
    (await mailsOf(email, [status])).find((mail) => mail.template === template),
  );
const toOwner = (words: RegExp): string[] =>
  postmark.sent
    .filter(({ To, Subject }) => To === OWNER && words.test(Subject))
    .map(({ Subject }) => Subject);
const bounce = (body: object, password = PASSWORD): Promise<Response> =>
  fetch(`${simulator.shop.url}/webhooks/postmark`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`postmark:${password}`).toString('base64')}`,
    },
    body: JSON.stringify(body),
  });

/** A placed order whose confirmation the mail service refuses. */
async function refused(): Promise<Buyer> {
  const buyer = await at.startCheckout({ method: 'BANK_TRANSFER' });
  await mailOf(buyer, 'transfer-instructions', 'SENT');
  postmark.deactivate(buyer.email);
  await at.staffDoes(admin, 'paymentMarkReceived', buyer);
  await mailOf(buyer, 'order-confirmation', 'FAILED');
  return buyer;
}

describe('a mail that the mail service refuses', () => {
  let buyer: Buyer;
  let failed: Answer;
  beforeAll(async () => {
    buyer = await refused();
    failed = await mailOf(buyer, 'order-confirmation', 'FAILED');
  });

  it('stands in the list with its reason, found by address and by order', async () => {
    const { number } = await at.order(buyer);
    for (const search of [buyer.email.toUpperCase(), buyer.email.slice(0, -4), `#${number}`])
      expect((await mailsOf(search)).map(({ id }) => id)).toContain(failed.id);

    expect(failed).toMatchObject({ recipient: buyer.email, error: expect.stringContaining('406') as string });
    expect((await mailsOf(number, ['FAILED'])).map(({ id }) => id)).toContain(failed.id);
    expect((await mailsOf(number)).every((mail) => mail.order.number === number)).toBe(true);
  });

  it('is told to the owner, once, and the ledger says so', async () => {
    const { number } = await at.order(buyer);
    await simulator.shop.eventually(
      async () => toOwner(new RegExp(`(did not arrive|nu a ajuns): ${number}`)).length > 0,
    );
    // The invoice goes the same way.
    await workIsDone(simulator.shop);

    const [known] = await simulator.shop.sql<{ violations: number }>(MAIL_INVARIANT.statement.text, [
      '0 seconds',
    ]);
    await simulator.shop.sql(`UPDATE outbox SET kind = 'untold' WHERE kind = 'mail.failed'`);
    const [untold] = await simulator.shop.sql<{ violations: number }>(MAIL_INVARIANT.statement.text, [
      '0 seconds',
    ]);
    await simulator.shop.sql(`UPDATE outbox SET kind = 'mail.failed' WHERE kind = 'untold'`);
    const [{ count } = { count: 0 }] = await simulator.shop.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM email WHERE status = 'FAILED'`,
    );
    expect(count).toBeGreaterThan(0);
    expect([known?.violations, untold?.violations]).toEqual([0, count]);
  });

  it('arrives at another address when staff sends it again, once for each key', async () => {
    const recipient = `better-${buyer.email}`;
    const input = { emailId: failed.id, recipient, idempotencyKey: randomUUID() };

    const [first, second] = [await admin.ask(RESEND, { input }), await admin.ask(RESEND, { input })];
    await simulator.shop.eventually(async () => postmark.sent.some(({ To }) => To === recipient));

    expect(first.emailResend).toMatchObject({
      email: { recipient, template: 'order-confirmation' },
      errors: [],
    });
    expect(second.emailResend.email.id).toBe(first.emailResend.email.id);
    await mailOf({ ...buyer, email: recipient }, 'order-confirmation', 'SENT');
    expect(postmark.sent.filter(({ To }) => To === recipient)).toHaveLength(1);
  });

  it('cannot be sent again once its content is gone, nor by a stranger', async () => {
    const [row] = await simulator.shop.sql<{ model: object }>(
      `SELECT model FROM email WHERE recipient = $1 AND status = 'FAILED'`,
      [buyer.email],
    );
    await simulator.shop.sql(`UPDATE email SET model = '{}' WHERE recipient = $1 AND status = 'FAILED'`, [
      buyer.email,
    ]);
    const input = { emailId: failed.id, idempotencyKey: randomUUID() };

    const gone = await admin.ask(RESEND, { input });
    const stranger = await simulator.shop.guest().send(RESEND, { input });
    await simulator.shop.sql(`UPDATE email SET model = $2 WHERE recipient = $1 AND status = 'FAILED'`, [
      buyer.email,
      row?.model,
    ]);

    expect(gone.emailResend).toMatchObject({
      email: { id: failed.id, status: 'FAILED', attempts: 1 },
      errors: [{ code: 'NOTHING_TO_RESEND' }],
    });
    expect(JSON.stringify(stranger)).toContain('UNAUTHENTICATED');
  });
});

describe('a mail that bounces after it was accepted', () => {
  let buyer: Buyer;
  let messageId: string;
  beforeAll(async () => {
    buyer = await at.startCheckout({ method: 'CASH_ON_DELIVERY' });
    await mailOf(buyer, 'order-confirmation', 'SENT');
    messageId = postmark.sent.find(({ To }) => To === buyer.email)?.MessageID ?? '';
  });

  it('is noted once, whichever of two passwords comes, and the owner is told', async () => {
    const call = {
      RecordType: 'Bounce',
      Type: 'HardBounce',
      Inactive: true,
      MessageID: messageId,
      Email: buyer.email,
    };

    const answers = [await bounce(call, OLD), await bounce(call)];

    expect(await Promise.all(answers.map((answer) => answer.json()))).toEqual([
      { received: true, noted: true },
      { received: true, noted: false },
    ]);
    const mail = await mailOf(buyer, 'order-confirmation', 'BOUNCED');
    expect(mail.error).toBe('Postmark: HardBounce');
    const { number } = await at.order(buyer);
    await simulator.shop.eventually(
      async () => toOwner(new RegExp(`(did not arrive|nu a ajuns): ${number}`)).length > 0,
    );
  });

  it.each([
    ['a soft bounce', { RecordType: 'Bounce', Type: 'SoftBounce', Inactive: false }],
    ['a delivery', { RecordType: 'Delivery' }],
    ['a stranger’s mail', { RecordType: 'Bounce', Type: 'HardBounce', MessageID: randomUUID() }],
    ['no call at all', { hello: 'world' }],
  ])('but not for %s', async (_, call) => {
    const answer = await bounce({ MessageID: messageId, ...call });

    expect([answer.status, await answer.json()]).toEqual([200, { received: true, noted: false }]);
  });

  it('nor for whoever does not know the password', async () => {
    const answers = [
      await bounce({ RecordType: 'Bounce', Type: 'HardBounce', MessageID: messageId }, 'wrong-password-here'),
      await fetch(`${simulator.shop.url}/webhooks/postmark`, { method: 'POST', body: '{}' }),
    ];

    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });
});

it('a storm of failures is five mails and one digest', async () => {
  await workIsDone(simulator.shop);
  await simulator.shop.sql(`DELETE FROM email WHERE recipient = $1`, [OWNER]);
  const before = postmark.sent.length;
  // Within one moment: the ten minutes of a digest may end at any time.
  await simulator.shop.clock.whileStopped(async () => {
    for (let i = 0; i < 8; i++) await mismatch(i);
    await workIsDone(simulator.shop);
  });
  const collected = await simulator.shop.sql(
    `SELECT (model ->> 'count')::int AS count FROM email WHERE dedupe_key LIKE 'owner-digest:%'`,
  );
  expect(collected).toEqual([{ count: 3 }]);

  simulator.shop.clock.advance(10 * 60_000);
  await simulator.shop.shop.notifications.mailQueue.sendDue();
  simulator.shop.clock.advance(-10 * 60_000);

  const mails = postmark.sent.slice(before).filter(({ To }) => To === OWNER);
  expect(mails.filter(({ Subject }) => /pi_storm_/.test(Subject))).toHaveLength(5);
  const digest = mails.filter(({ Subject }) => /3/.test(Subject) && !/pi_storm_/.test(Subject));
  expect(digest).toHaveLength(1);
  expect(digest[0]?.TextBody.match(/pi_storm_\d/g)).toHaveLength(3);
});

/** Money that no order knows. */
const mismatch = (i: number): Promise<unknown> =>
  simulator.shop.sql(
    `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload)
     VALUES (new_id(), 'payment.mismatch', new_id(), $1, jsonb_build_object('reason', 'unknown-to-us', 'reference', 'pi_storm_' || $2::text, 'amount', 100, 'currency', 'RON', 'paymentId', new_id()))`,
    [`storm:${i}`, String(i)],
  );

it('twenty articles that run low after one count are five mails and one digest', async () => {
  const { shop } = simulator;
  await workIsDone(shop);
  await shop.sql(`DELETE FROM email WHERE recipient = $1`, [OWNER]);
  const made = Array.from({ length: 20 }, (_, i) =>
    shop.stock({ name: `Candle ${i}`, sku: `STORM-LOW-${i}`, price: 1000, stock: 50 }),
  );
  const ids = await Promise.all(made);
  await shop.clock.whileStopped(async () => {
    for (const id of ids)
      await shop.sql(
        `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload)
         VALUES (new_id(), 'stock.low', $1::uuid, 'storm-low:' || $1::text, jsonb_build_object('variantId', $1::text, 'available', 2, 'threshold', 3))`,
        [localId('vari', id)],
      );
    await workIsDone(shop);
  });
  const mails = (template: string): Promise<{ count: number }[]> =>
    shop.sql(
      `SELECT (model ->> 'count')::int AS count FROM email WHERE recipient = $1 AND dedupe_key LIKE $2`,
      [OWNER, `${template}%`],
    );

  expect(await mails('owner-digest:stock-low:')).toEqual([{ count: 15 }]);
  expect(await mails('owner:stock-low:')).toHaveLength(5);
});

describe('a mail that waits', () => {
  it('is stopped by whoever runs the shop, once, and by nobody else', async () => {
    const { mailQueue } = simulator.shop.shop.notifications;
    await mailQueue.queue({
      ...{ dedupeKey: 'note:1', to: 'later@example.test', template: 'session-ended', language: 'ro' },
      ...{ model: { firstName: 'Ana', at: new Date().toISOString(), link: 'https://shop.example.test/' } },
      notBefore: new Date(Date.now() + 3_600_000),
    });
    const [waiting] = await mailsOf('later@', ['SCHEDULED']);
    const cancel = `mutation($id: ID!) { emailCancel(input: { emailId: $id }) { email { status notBefore templateVersion } errors { code path } } }`;

    const refused = await simulator.shop.guest().send(cancel, { id: waiting?.id });
    expect(refused.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const stopped = (await admin.ask(cancel, { id: waiting?.id })).emailCancel;
    const again = (await admin.ask(cancel, { id: waiting?.id })).emailCancel;

    expect(stopped).toMatchObject({ email: { status: 'CANCELLED' }, errors: [] });
    expect(stopped.email.templateVersion).toMatch(/^[0-9a-f]{10}$/);
    expect(again).toMatchObject({
      email: { status: 'CANCELLED' },
      errors: [{ code: 'EMAIL_NOT_WAITING', path: ['emailId'] }],
    });
  });
});
