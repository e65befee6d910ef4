import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { MailUnavailable, type Mail } from '../../../integrations/mail/port.js';
import { createLogger } from '../../../kernel/logger.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { Mails } from '../../../platform/mails/mails.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { MailQueue } from './mail-queue.js';

const DAY = 24 * 3_600_000;
const FIRST = Date.parse('2026-11-21T10:00:00Z');

let shop: TestDatabase;
let now: number;
let sent: string[];
let onSend: () => Promise<void>;
let sentence: string;
let sample: () => object;
let failed: string[];

beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  now = FIRST;
  sent = [];
  failed = [];
  onSend = async () => undefined;
  sentence = 'Come back';
  sample = () => ({});
  await shop.database.pool.query('DELETE FROM email');
});

/** A queue as a process has it: with the templates of now. */
function aQueue(): MailQueue {
  const mails = new Mails();
  const write = (): { subject: string; html: string; text: string } => ({
    subject: sentence,
    html: `<p>${sentence}</p>`,
    text: sentence,
  });
  mails.addOwnLayout('reminder', write, () => sample());
  return new MailQueue({
    database: shop.database,
    mails,
    mail: {
      name: 'inbox',
      send: async ({ to }: Mail) => {
        await onSend();
        sent.push(to);
        return `message-${to}`;
      },
      find: async () => null,
    },
    settings: {
      get: async () =>
        ({ name: 'Lut', offered: LANGUAGES, defaultLanguage: 'ro', accent: '#9c4524' }) as never,
    },
    publicFile: (key) => `https://shop.example/media/${key}`,
    from: 'shop@example.test',
    clock: { now: () => new Date(now) },
    logger: createLogger('silent'),
    mailsPerDay: 1_000,
    onSent: async () => undefined,
    onFailed: async (_tx, { dedupeKey }) => void failed.push(dedupeKey),
  });
}

const reminder = (name: string, more: { notBefore?: Date; cancelKey?: string } = {}) => ({
  ...{ dedupeKey: `cart:${name}:1`, to: `${name}@example.test`, template: 'reminder' },
  ...{ language: 'ro' as const, model: {}, ...more },
});
const inThreeDays = (): { notBefore: Date } => ({ notBefore: new Date(now + 3 * DAY) });
const rows = async (): Promise<{ status: string; attempts: number; template_version: string }[]> =>
  (await shop.database.pool.query('SELECT * FROM email ORDER BY dedupe_key')).rows as never;

it('a mail for later leaves then, once, though workers look every minute', async () => {
  const queue = aQueue();
  await queue.queue(reminder('ana', inThreeDays()));

  await queue.sendNow('cart:ana:1');
  now += 2 * DAY;
  await queue.sendDue();
  expect(sent).toEqual([]);
  expect(await rows()).toMatchObject([{ status: 'SCHEDULED', attempts: 0 }]);
  now += DAY;
  await Promise.all([queue.sendDue(), aQueue().sendDue()]);

  expect(sent).toEqual(['ana@example.test']);
  expect(await rows()).toMatchObject([{ status: 'SENT' }]);
});

it('is tried again on its day, although it was written long before', async () => {
  const queue = aQueue();
  await queue.queue(reminder('ana', { notBefore: new Date(now + 14 * DAY) }));
  now += 14 * DAY;
  onSend = () => Promise.reject(new MailUnavailable('busy'));
  await queue.sendDue();
  expect(failed).toEqual([]);

  onSend = async () => undefined;
  now += 3_600_000;
  await queue.sendDue();

  expect(sent).toEqual(['ana@example.test']);
});

it('all mails of a key are stopped, with the change that makes them needless or not at all', async () => {
  const queue = aQueue();
  const later = inThreeDays();
  await queue.queue(reminder('ana', { ...later, cancelKey: 'cart:1' }));
  await queue.queue(reminder('bob', { ...later, cancelKey: 'cart:2' }));
  await queue.queue(reminder('dan', { cancelKey: 'cart:1' }));

  const change = shop.database.transaction(async (tx) => {
    expect(await queue.cancel(tx, 'cart:1')).toBe(2);
    throw new Error('The order was not placed');
  });
  await expect(change).rejects.toThrow('not placed');
  expect((await rows()).map(({ status }) => status)).toEqual(['SCHEDULED', 'SCHEDULED', 'QUEUED']);
  await shop.database.transaction((tx) => queue.cancel(tx, 'cart:1'));
  now += 4 * DAY;
  await queue.sendDue();

  expect(sent).toEqual(['bob@example.test']);
  expect((await rows()).map(({ status }) => status)).toEqual(['CANCELLED', 'SENT', 'CANCELLED']);
});

it('stays stopped when the same event asks for it again', async () => {
  const queue = aQueue();
  await queue.queue(reminder('ana', { cancelKey: 'cart:1' }));
  await shop.database.transaction((tx) => queue.cancel(tx, 'cart:1'));

  await queue.queue(reminder('ana', { cancelKey: 'cart:1' }));
  await queue.sendNow('cart:ana:1');

  expect(sent).toEqual([]);
});

it('leaves or is stopped, never both, however the two meet', async () => {
  const queue = aQueue();
  const outcomes = new Set<string>();
  for (let round = 0; round < 40; round++) {
    sent = [];
    await shop.database.pool.query('DELETE FROM email');
    await queue.queue(reminder('ana', { cancelKey: 'cart:1' }));
    const stop = (): Promise<unknown> => shop.database.transaction((tx) => queue.cancel(tx, 'cart:1'));
    await Promise.all(round % 2 ? [stop(), queue.sendDue()] : [queue.sendDue(), stop()]);

    const [{ status } = { status: 'none' }] = await rows();
    outcomes.add(status);
    expect([status, sent.length]).toEqual(status === 'SENT' ? ['SENT', 1] : ['CANCELLED', 0]);
  }
  expect(outcomes.size).toBeGreaterThan(0);
});

it('that could not be handed over when it was stopped is not tried again', async () => {
  const queue = aQueue();
  await queue.queue(reminder('ana', { cancelKey: 'cart:1' }));
  onSend = async () => {
    await shop.database.transaction((tx) => queue.cancel(tx, 'cart:1'));
    throw new MailUnavailable('busy');
  };
  await queue.sendDue();
  onSend = async () => undefined;
  now += DAY;
  await queue.sendDue();

  expect(sent).toEqual([]);
  expect(await rows()).toMatchObject([{ status: 'CANCELLED' }]);
});

it('keeps the version of what it said: that of the day it left', async () => {
  const before = aQueue();
  await before.queue(reminder('ana'));
  await before.sendDue();
  await before.queue(reminder('bob', inThreeDays()));
  sentence = 'Your cups are still here';
  now += 3 * DAY;
  await aQueue().sendDue();
  await aQueue().queue(reminder('dan'));

  const [ana, bob, dan] = (await rows()).map((row) => row.template_version);
  expect(ana).toMatch(/^[0-9a-f]{10}$/);
  expect(bob).not.toBe(ana);
  expect(dan).toBe(bob);
});

it('of which the preview fails is sent once all the same, and has no version', async () => {
  sample = () => {
    throw new Error('made up wrongly');
  };
  await aQueue().queue(reminder('ana'));
  await aQueue().sendDue();
  now += DAY;
  await aQueue().sendDue();

  expect(sent).toEqual(['ana@example.test']);
  expect(await rows()).toMatchObject([{ status: 'SENT', template_version: null }]);
});
