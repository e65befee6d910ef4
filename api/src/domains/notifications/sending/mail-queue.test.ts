import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startPostmarkServer, type PostmarkServer } from '@vitrine/testing/simulators/postmark-server.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { createPostmarkMail } from '../../../integrations/mail/postmark/postmark-mail.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { money } from '../../../kernel/money.js';
import { CursorCodec } from '../../../kernel/cursor.js';
import { statement, t } from '../../../platform/database/database.js';
import { RequestKeys } from '../../../platform/database/request-keys.js';
import { Outbox } from '../../../platform/jobs/outbox.js';
import { Mails } from '../../../platform/mails/mails.js';
import { addLayouts } from '../templates/layouts.js';
import { createNotifications, type Notifications, type OrderForMail } from '../index.js';

const MINUTE = 60_000;
const LINK = 'https://shop.example/order/secret-link';
const RESET_LINK = 'https://shop.example/reset/secret';
let isLinkUsed = false;

const mailRow = statement('test.mail', {
  params: { key: t.text },
  row: {
    id: t.uuid,
    status: t.text,
    attempts: t.int,
    messageId: t.text.orNull,
    error: t.text.orNull,
    model: t.json<object>(),
  },
  sql: `SELECT id, status, attempts, message_id AS "messageId", error, model FROM email WHERE dedupe_key = :key`,
});
const dieWhileSending = statement('test.die-while-sending', {
  params: { key: t.text, at: t.timestamp },
  sql: `UPDATE email SET status = 'SENDING', attempts = 1, next_attempt_at = :at::timestamptz + interval '2 minutes' WHERE dedupe_key = :key`,
});

let shop: TestDatabase;
let postmark: PostmarkServer;
let now: number;
let logged: string;
let notifications: Notifications;
let order: OrderForMail;
let timeline: string[];
let failsToPublish: string;

beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());

beforeEach(async () => {
  postmark = await startPostmarkServer();
  now = Date.parse('2026-11-21T10:00:00Z');
  logged = '';
  timeline = [];
  failsToPublish = '';
  order = anOrder();
  notifications = openShop(postmark.url);
});
afterEach(async () => {
  // Mails that one test leaves unsent must not be sent by the next one.
  await shop.database.count(statement('test.forget-mails', { sql: 'DELETE FROM email' }));
  await postmark.close();
});

describe('The confirmation of an order', () => {
  it('is sent once, though ten workers run the job at the same moment', async () => {
    await Promise.all(Array.from({ length: 10 }, () => run('notifications.order-confirmation')));
    await minutePasses();

    expect(postmark.sent.map(({ To }) => To)).toEqual([order.email]);
    expect(await confirmation()).toMatchObject({
      status: 'SENT',
      attempts: 1,
      messageId: postmark.sent[0]?.MessageID,
    });
    expect(timeline).toEqual([`${order.id} order-confirmation`]);
  });

  it('comes in the buyer language with the link to the order', async () => {
    await run('notifications.order-confirmation');

    expect(postmark.sent[0]).toMatchObject({ Subject: `Comanda ta ${order.number} a ajuns la noi` });
    expect(postmark.sent[0]?.TextBody).toContain(LINK);
  });

  it.each(['before', 'after'])('arrives once when the worker dies %s the provider got it', async (when) => {
    postmark.failNext('rate-limited');
    await run('notifications.order-confirmation');
    const row = await confirmation();
    await shop.database.count(dieWhileSending, { key: key(), at: new Date(now) });
    if (when === 'after') await deliverBehindOurBack(row.id);

    await run('notifications.order-confirmation');
    expect(postmark.sent).toHaveLength(when === 'after' ? 1 : 0);
    for (let minute = 0; minute < 10; minute++) await minutePasses();

    expect(postmark.sent).toHaveLength(1);
    expect(await confirmation()).toMatchObject({ status: 'SENT', messageId: postmark.sent[0]?.MessageID });
  });

  it('is not sent again when the answer got lost and the search finds it late', async () => {
    postmark.failNext('answer-lost');
    postmark.hideFromSearch(true);
    await run('notifications.order-confirmation');
    const doubtful = await confirmation();
    await minutePasses();
    postmark.hideFromSearch(false);
    for (let minute = 0; minute < 5; minute++) await minutePasses();

    expect(doubtful.status).toBe('UNKNOWN');
    expect(postmark.sent).toHaveLength(1);
    expect(await confirmation()).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('is sent again when it got lost on the way and two looks found nothing', async () => {
    postmark.failNext('unreachable');
    await run('notifications.order-confirmation');
    await minutePasses();
    const afterOneLook = postmark.sent.length;
    for (let minute = 0; minute < 4; minute++) await minutePasses();

    expect(afterOneLook).toBe(0);
    expect(postmark.sent).toHaveLength(1);
    expect(await confirmation()).toMatchObject({ status: 'SENT', attempts: 2 });
  });

  it('waits while the provider can neither send nor be asked', async () => {
    postmark.failNext('unreachable');
    await run('notifications.order-confirmation');
    await postmark.close();
    for (let minute = 0; minute < 30; minute++) await minutePasses();

    expect(await confirmation()).toMatchObject({ status: 'UNKNOWN', attempts: 1 });
    postmark = await startPostmarkServer();
  });

  it('keeps trying, ever more slowly, while the provider is down', async () => {
    postmark.failNext('status-500', 3);
    await run('notifications.order-confirmation');
    const first = await confirmation();
    for (let minute = 0; minute < 5; minute++) await minutePasses();

    expect(first).toMatchObject({
      status: 'QUEUED',
      attempts: 1,
      error: expect.stringContaining('status 500') as string,
    });
    expect(postmark.sent).toHaveLength(1);
    expect(await confirmation()).toMatchObject({ status: 'SENT', attempts: 4, error: null });
  });

  it('is given up after five days in which it could not be sent, so that staff hears of it', async () => {
    postmark.failNext('status-500', 1000);
    await run('notifications.order-confirmation');
    now += 5 * 24 * 60 * MINUTE - 2 * MINUTE;
    await minutePasses();
    const before = await confirmation();
    now += 61 * MINUTE;
    await minutePasses();

    expect(before).toMatchObject({ status: 'QUEUED' });
    expect(await confirmation()).toMatchObject({
      status: 'FAILED',
      error: expect.stringContaining('status 500') as string,
    });
    const events = await shop.database.rows(
      statement('test.mail-failed', {
        params: { id: t.uuid },
        row: { kind: t.text },
        sql: `SELECT kind FROM outbox WHERE kind = 'mail.failed' AND aggregate_id = :id`,
      }),
      { id: (await confirmation()).id },
    );
    expect(events).toHaveLength(1);
  });

  it('is given up after five days in which nobody could say whether it was sent', async () => {
    postmark.failNext('unreachable');
    await run('notifications.order-confirmation');
    await postmark.close();
    await minutePasses();
    const before = await confirmation();
    now += 5 * 24 * 60 * MINUTE;
    await minutePasses();

    expect(before).toMatchObject({ status: 'UNKNOWN' });
    expect(await confirmation()).toMatchObject({
      status: 'FAILED',
      error: expect.stringContaining('not known whether it was sent') as string,
    });
    postmark = await startPostmarkServer();
  });

  it('is given up, with the reason kept, for a recipient who can get no mail', async () => {
    postmark.deactivate(order.email);
    await run('notifications.order-confirmation');
    await run('notifications.order-confirmation');
    await minutePasses();

    expect(postmark.sent).toEqual([]);
    expect(await confirmation()).toMatchObject({
      status: 'FAILED',
      attempts: 1,
      error: expect.stringContaining('406') as string,
    });
  });

  it('is sent though the clock that wrote it was ahead of the one that sends it', async () => {
    const written = now;
    const sending = notifications.mailQueue;
    now = written + 4 * 24 * 60 * MINUTE;
    await sending.queue({
      dedupeKey: key(),
      to: order.email,
      template: 'password-reset',
      language: 'ro',
      model: { firstName: 'Ana', link: LINK },
    });
    now = written;

    await sending.sendNow(key());

    expect(await confirmation()).toMatchObject({ status: 'SENT', attempts: 1 });
  });

  it('does not hold the others when it cannot be worked on', async () => {
    postmark.failNext('rate-limited', 2);
    await run('notifications.order-confirmation');
    const broken = order.id;
    order = anOrder();
    await run('notifications.order-confirmation');
    failsToPublish = broken;
    for (let minute = 0; minute < 2; minute++) await minutePasses();

    expect(await confirmation()).toMatchObject({ status: 'SENT' });
    expect(timeline).toEqual([`${order.id} order-confirmation`]);
  });

  it('leaves no personal data in the logs, whatever happens', async () => {
    postmark.failNext('answer-lost');
    await run('notifications.order-confirmation');
    postmark.deactivate(order.email);
    order = { ...order, id: randomUUID() };
    await run('notifications.order-confirmation');

    expect(logged).toContain('A mail was refused for good');
    expect(logged).not.toMatch(/Ștefan|cumparator|secret-link|Lânii/);
  });

  it('is not written for an order that is gone', async () => {
    await run('notifications.order-confirmation', { orderId: randomUUID() });

    expect(postmark.sent).toEqual([]);
  });
});

describe('Other mails', () => {
  it('tell of each shipment once, as shipments leave one after the other', async () => {
    const shipment = {
      carrier: 'Sameday',
      trackingNumber: 'SD1',
      trackingUrl: null,
      expectedDelivery: null,
      lines: [{ name: 'Cană', variant: '', quantity: 1 }],
    };
    order = { ...order, shipments: [{ id: randomUUID(), ...shipment }] };
    await run('notifications.order-shipped');
    order = {
      ...order,
      shipments: [...order.shipments, { id: randomUUID(), ...shipment, trackingNumber: 'SD2' }],
    };
    await run('notifications.order-shipped');
    await run('notifications.order-shipped');

    expect(postmark.sent.map(({ TextBody }) => /SD\d/.exec(TextBody)?.[0])).toEqual(['SD1', 'SD2']);
  });

  it('hold no link that opens something, before and after they are sent', async () => {
    postmark.failNext('status-500');
    await run('notifications.order-confirmation');
    expect(JSON.stringify(await confirmation())).toContain('"QUEUED"');
    expect(JSON.stringify((await shop.database.pool.query('SELECT * FROM email')).rows)).not.toContain(
      'https://',
    );
    await minutePasses();
    expect(postmark.sent[0]?.HtmlBody).toContain(LINK);

    await run('notifications.password-reset', { tokenId: 'request-1' });

    expect(postmark.sent[1]?.HtmlBody).toContain(RESET_LINK);
    expect(JSON.stringify((await shop.database.pool.query('SELECT * FROM email')).rows)).not.toContain(
      'https://',
    );
  });

  it('do not send a link that opens nothing any more', async () => {
    postmark.failNext('status-500');
    await run('notifications.password-reset', { tokenId: 'request-2' });
    isLinkUsed = true;
    await minutePasses();
    isLinkUsed = false;

    expect(postmark.sent).toEqual([]);
    expect(await shop.database.row(mailRow, { key: 'password-reset:request-2' })).toMatchObject({
      status: 'FAILED',
    });
  });

  it('begin with what the shop writes about', () => {
    const published = { id: randomUUID(), aggregateId: order.id, payload: { tokenId: 'request-3' } };

    const jobs = notifications.subscriptions
      .slice(0, 3)
      .map(({ event: { kind }, job, payload }) => [kind, job.queue, job.payload.parse(payload(published))]);

    expect(jobs).toEqual([
      ['order.placed', 'notifications.order-confirmation', { orderId: order.id }],
      ['order.shipped', 'notifications.order-shipped', { orderId: order.id }],
      ['identity.password-reset-requested', 'notifications.password-reset', { tokenId: 'request-3' }],
    ]);
  });
});

const NO_LOGO = { accent: '#9c4524', logo: null, darkLogo: null, icon: null };

function openShop(apiBase: string): Notifications {
  const mails = new Mails();
  addLayouts(mails);
  mails.links.add('order', async () => LINK);
  mails.links.add('password-reset', async () => (isLinkUsed ? null : RESET_LINK));
  const output = new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) });
  return createNotifications({
    settings: {
      get: async () =>
        ({ name: 'Lut & Lână', offered: LANGUAGES, defaultLanguage: 'ro', ...NO_LOGO }) as never,
    },
    publicFile: (key) => `https://shop.example/media/${key}`,
    database: shop.database,
    outbox: new Outbox(shop.database),
    keys: new RequestKeys(),
    cursors: new CursorCodec('a secret of this test alone, long enough'),
    mail: createPostmarkMail({ token: postmark.token, apiBase }),
    mails,
    from: 'Lut & Lână <comenzi@lutsilana.example>',
    logger: pino({ level: 'trace' }, output),
    mailsPerDay: 1000,
    clock: { now: () => new Date(now) },
    details: {
      orderForMail: async (orderId) => (orderId === order.id ? order : null),
      orderLink: (id) => ({ secretLink: 'order', id, page: 'order' }),
      ownerAlert: async () => null,
      owner: async () => null,
      resetMail: async () => ({
        email: order.email,
        firstName: 'Ana',
        language: 'fr',
      }),
      mailSent: async (_tx, orderId, template) => {
        if (orderId === failsToPublish) throw new Error('The timeline is broken');
        timeline.push(`${orderId} ${template}`);
        return null;
      },
    },
  });
}

async function run(queue: string, payload: object = { orderId: order.id }): Promise<void> {
  await notifications.jobs.find(({ job }) => job.queue === queue)?.run(payload);
}

async function minutePasses(): Promise<void> {
  now += MINUTE;
  await run('notifications.send-due', {});
}

function key(): string {
  return `order:${order.id}:confirmation`;
}

async function confirmation(): Promise<{ id: string; status: string }> {
  return (await shop.database.row(mailRow, { key: key() })) ?? { id: '', status: 'none' };
}

async function deliverBehindOurBack(id: string): Promise<void> {
  await createPostmarkMail({ token: postmark.token, apiBase: postmark.url }).send({
    from: 'a@b.example',
    to: order.email,
    subject: 'x',
    html: 'x',
    text: 'x',
    key: id,
  });
}

function anOrder(): OrderForMail {
  const id = randomUUID();
  return {
    id,
    number: '1001',
    language: 'ro',
    email: `stefan-${id}@cumparator.example`,
    lines: [{ name: 'Cană „Țărmul”', variant: '', quantity: 2, total: money(12_900, 'RON') }],
    subtotal: money(12_900, 'RON'),
    shipping: money(0, 'RON'),
    shippingMethod: 'Curier',
    charges: [],
    taxes: [],
    tenders: [],
    due: money(12_900, 'RON'),
    payment: 'PAID',
    total: money(12_900, 'RON'),
    address: {
      firstName: 'Ștefan',
      lastName: 'Popa',
      company: null,
      line1: 'Strada Lânii 4',
      line2: null,
      city: 'Sibiu',
      region: null,
      postalCode: '550001',
      countryCode: 'RO',
    },
    shipments: [],
  };
}
