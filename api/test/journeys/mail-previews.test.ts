import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/kernel/languages.js';
import { OWNER_ALERTS } from '../../src/domains/notifications/owner-alerts.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import {
  POSTMARK_TEST_TOKEN,
  startPostmarkServer,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const PREVIEW =
  'query($template: String!, $language: LanguageCode!) { emailPreview(template: $template, language: $language) { subject html text size } }';
const TEST =
  'mutation($input: EmailTestSendInput!) { emailTestSend(input: $input) { email { id recipient template } errors { code path } } }';
/** Gmail cuts what is longer. */
const GMAIL_CUTS_AT = 102_000;

const TESTS_PER_DAY = 20;

let postmark: PostmarkServer;
let shop: TestShop;
let staff: GraphqlClient;

beforeAll(async () => {
  postmark = await startPostmarkServer();
  shop = await TestShop.open({
    env: {
      MAIL_PROVIDER: 'postmark',
      POSTMARK_SERVER_TOKEN: POSTMARK_TEST_TOKEN,
      POSTMARK_API_BASE: postmark.url,
      SHOP_NAME: 'Cups & More',
      MAILS_PER_DAY_PER_ADDRESS: String(TESTS_PER_DAY),
    },
  });
  staff = await shop.staff();
});
afterAll(async () => {
  await shop.close();
  await postmark.close();
});

const preview = async (template: string, language: string): Promise<Answer> =>
  (await staff.ask(PREVIEW, { template, language: language.toUpperCase() })).emailPreview;
const sendTest = async (input: object): Promise<Answer> =>
  (await staff.ask(TEST, { input: { language: 'EN', idempotencyKey: randomUUID(), ...input } }))
    .emailTestSend;

describe('before a buyer gets a mail, staff', () => {
  it('see each one whole, in each language, under the name of the shop', async () => {
    const { emailTemplates } = await staff.ask('{ emailTemplates }');

    expect(emailTemplates).toEqual(
      expect.arrayContaining(['order-confirmation', 'order-shipped', 'refund-made', 'password-changed']),
    );
    for (const template of emailTemplates as string[])
      for (const language of LANGUAGES) {
        const { subject, html, text, size } = await preview(template, language);
        const what = `${template} in ${language}`;
        for (const part of [subject, html, text]) {
          expect(part.trim(), what).not.toBe('');
          const shown = part.replace(/<head>[\s\S]*<\/head>/, '');
          expect(shown, what).not.toMatch(/undefined|\[object|NaN|\{\w+\}/);
        }
        expect(html, what).toContain('Cups &#38; More');
        expect(size, what).toBe(Buffer.byteLength(html));
        expect(size, what).toBeLessThan(GMAIL_CUTS_AT);
      }
  });

  it('see each kind of alert by itself, with what it would tell of', async () => {
    const { emailTemplates } = await staff.ask('{ emailTemplates }');
    const alerts = (emailTemplates as string[]).filter((name) => name.startsWith('alert-'));

    // An outage says something else for each of its causes.
    const outages = ['payment-outage-locked-out', 'payment-outage-refused'];
    expect(alerts).toEqual([...OWNER_ALERTS, 'digest', ...outages].map((kind) => `alert-${kind}`).toSorted());
    for (const language of LANGUAGES) {
      const shown = await Promise.all(alerts.map((name) => preview(name, language)));
      expect(new Set(shown.map(({ text }) => text)).size, language).toBe(alerts.length);
      expect(new Set(shown.map(({ subject }) => subject)).size, language).toBe(
        alerts.length - outages.length,
      );
    }
    expect((await preview('alert-mail-failed', 'en')).text).toContain('(Confirmation of the order)');
    expect((await sendTest({ template: 'alert-stock-low' })).errors).toEqual([]);
  });

  it('get one in their own mailbox, marked as a test, once however often they press', async () => {
    const idempotencyKey = randomUUID();

    const [first, second] = [
      await sendTest({ template: 'order-shipped', language: 'FR', idempotencyKey }),
      await sendTest({ template: 'order-shipped', language: 'FR', idempotencyKey }),
    ];

    expect(first.errors).toEqual([]);
    expect(second.email).toEqual(first.email);
    const sent = await shop.eventually(async () =>
      postmark.sent.find(({ To, Subject }) => To === first.email.recipient && !Subject.includes('SKU-101')),
    );
    expect(sent?.Subject).toMatch(/^Test : /);
    const rows = await shop.sql(`SELECT recipient, status FROM email WHERE template = 'order-shipped'`);
    expect(rows).toHaveLength(1);
  });

  it('look at it in a language that they do not offer yet, in whole', async () => {
    const text = `mutation($offered: [LanguageCode!]!) { languagesSettingsUpdate(input: { offered: $offered }) { errors { code } } }`;
    await staff.ask(text, { offered: ['RO'] });
    try {
      const { subject, text: words } = await preview('order-confirmation', 'fr');
      expect(subject).toMatch(/^Votre commande/);
      expect(words).toContain('Un de vos produits');
      expect((await sendTest({ template: 'order-confirmation', language: 'FR' })).errors).toEqual([]);
      const sent = await shop.eventually(async () =>
        postmark.sent.find(({ Subject }) => /^Test : Votre commande .* arrivée/.test(Subject)),
      );
      expect(sent?.TextBody).toContain('Un de vos produits');
    } finally {
      await staff.ask(text, { offered: ['RO', 'EN', 'FR'] });
    }
  });

  it('use up with tests none of the notices that tell them of another password, and can send only so many', async () => {
    for (let sent = 0; sent < 12; sent++)
      expect((await sendTest({ template: 'password-changed' })).errors).toEqual([]);
    const refused = async (): Promise<string | undefined> => {
      const input = { template: 'owner-alert', language: 'EN', idempotencyKey: randomUUID() };
      return (await staff.send(TEST, { input })).errors?.[0]?.extensions.code;
    };
    let answer: string | undefined;
    for (let sent = 0; sent < TESTS_PER_DAY && !answer; sent++) answer = await refused();
    expect(answer).toBe('RATE_LIMITED');

    const password = 'chestnuts over a fire';
    const changed = await staff.ask(
      'mutation($input: PasswordChangeInput!) { passwordChange(input: $input) { errors { code } } }',
      { input: { currentPassword: 'Admin@123', newPassword: password } },
    );
    expect(changed.passwordChange.errors).toEqual([]);
    const states = async (): Promise<string[]> =>
      (
        await shop.sql<{ status: string }>(
          `SELECT DISTINCT status FROM email WHERE template = 'password-changed' AND dedupe_key NOT LIKE 'test:%'`,
        )
      ).map(({ status }) => status);
    await shop.eventually(async () => (await states()).includes('SENT'));
  });

  it('hear that there is no such mail', async () => {
    expect(await preview('gift-of-nobody', 'en')).toBeNull();
    expect(await sendTest({ template: 'gift-of-nobody' })).toEqual({
      email: null,
      errors: [{ code: 'NOT_FOUND', path: ['template'] }],
    });
  });
});
