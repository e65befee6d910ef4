import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { aMail, describeMailProvider } from '../contract.js';
import { createInboxMail, listInbox, type InboxMail } from './inbox-mail.js';
import { devInboxRoutes } from './inbox-routes.js';

describeMailProvider(
  'The development inbox',
  async () => {
    const { database, close } = await testDatabase();
    return {
      provider: createInboxMail(database),
      close,
      delivered: async () => (await listInbox(database, 100)).reverse(),
    };
  },
  { canFind: true, isRemote: false },
);

describe('The pages of the development inbox', () => {
  let shop: TestDatabase;
  let app: FastifyInstance;

  beforeAll(async () => {
    shop = await testDatabase();
    app = Fastify();
    devInboxRoutes(app, shop.database);
  });
  afterAll(async () => {
    await app.close();
    await shop.close();
  });

  it('say so when there is no mail', async () => {
    const { statusCode, body } = await app.inject('/dev/inbox');

    expect(statusCode).toBe(200);
    expect(body).toContain('No mail yet');
  });

  it('list mails newest first and show one, with nothing in it acting as markup of the page', async () => {
    const provider = createInboxMail(shop.database);
    await provider.send({ ...aMail(), subject: 'First' });
    const id = await provider.send({
      ...aMail(),
      subject: '<script>alert(1)</script>',
      html: '<p title="x">"Hi"</p><script>alert(2)</script>',
      text: '</pre><b>bold</b>',
    });

    const list = await app.inject('/dev/inbox');
    const one = await app.inject(`/dev/inbox/${id}`);
    const json = (await app.inject('/dev/inbox.json')).json<InboxMail[]>();

    expect(list.body.indexOf('alert(1)')).toBeLessThan(list.body.indexOf('First'));
    for (const { body } of [list, one]) expect(body).not.toMatch(/<script|<b>/);
    expect(one.body).toContain('srcdoc="&#60;p title=&#34;x&#34;&#62;');
    expect(one.headers['content-security-policy']).toContain("default-src 'none'");
    expect(json.map(({ subject }) => subject)).toEqual(['<script>alert(1)</script>', 'First']);
  });

  it.each(['nothing', '01930000-0000-7000-8000-000000000001'])(
    'answer 404 for a mail that is not there: %s',
    async (id) => {
      expect((await app.inject(`/dev/inbox/${id}`)).statusCode).toBe(404);
    },
  );
});
