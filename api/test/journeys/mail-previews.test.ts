import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/kernel/languages.js';
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

  it('get one in their own mailbox, marked as a test, once however often they press', async () => {
    const idempotencyKey = randomUUID();

    const [first, second] = [
      await sendTest({ template: 'order-shipped', language: 'FR', idempotencyKey }),
      await sendTest({ template: 'order-shipped', language: 'FR', idempotencyKey }),
    ];

    expect(first.errors).toEqual([]);
    expect(second.email).toEqual(first.email);
    const sent = await shop.eventually(async () =>
      postmark.sent.find(({ To }) => To === first.email.recipient),
    );
    expect(sent?.Subject).toMatch(/^Test : /);
    const rows = await shop.sql('SELECT recipient, status FROM email');
    expect(rows).toHaveLength(1);
  });

  it('hear that there is no such mail', async () => {
    expect(await preview('gift-of-nobody', 'en')).toBeNull();
    expect(await sendTest({ template: 'gift-of-nobody' })).toEqual({
      email: null,
      errors: [{ code: 'NOT_FOUND', path: ['template'] }],
    });
  });
});
