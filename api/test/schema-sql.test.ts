import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { INBOX_TABLES } from '../src/integrations/mail/inbox/old-dev-mails.js';
import { TEST_PROVIDER_TABLES } from '../src/integrations/payments/sandbox/test-tables.js';
import { PLATFORM_TABLES } from '../src/platform/jobs/old-rows.js';
import { modules } from '../src/app/modules.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { printDatabase } from './support/print-database.js';

let shop: TestDatabase;
let client: pg.Client;
beforeAll(async () => {
  shop = await testDatabase();
  client = new pg.Client({ connectionString: shop.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await shop.close();
});

// `npm run schema:sql` runs this test with -u, which writes the file.
it('schema.sql is what the migrations make', async () => {
  const sections = [
    ...modules.map(({ name, tables }) => ({ title: name, tables })),
    { title: 'platform', tables: PLATFORM_TABLES },
    { title: 'the inbox of a shop without a mail service', tables: INBOX_TABLES },
    { title: 'the test payment provider', tables: TEST_PROVIDER_TABLES },
    { title: 'TypeORM', tables: { migration: 'Stays.', typeorm_metadata: 'Stays.' } },
  ];

  await expect(await printDatabase(client, sections)).toMatchFileSnapshot('../../schema.sql');
});
