import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const BOB = { email: 'bob@example.com', password: 'Bob@123' };
const CREATE =
  'mutation($input: OrderExportCreateInput!) { orderExportCreate(input: $input) { job { id } errors { code } } }';

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
  await role('SUPPORT');
});
afterAll(() => shop.close());

async function role(name: string): Promise<void> {
  await shop.sql('UPDATE app_user SET role = $1 WHERE email = $2', [name, BOB.email]);
}

async function start(browser: GraphqlClient): Promise<Answer> {
  return (await browser.ask(CREATE, { input: { idempotencyKey: randomUUID() } })).orderExportCreate;
}

/** The address as this device is shown it, once the file is there. */
async function addressOf(browser: GraphqlClient, id: string): Promise<string> {
  const { resultUrl } = await shop.eventually(async () => {
    const { job } = await browser.ask('query($id: ID!) { job(id: $id) { resultUrl } }', { id });
    return job.resultUrl !== null && job;
  });
  return resultUrl;
}

const statusOf = async (address: string): Promise<number> => (await fetch(`${shop.url}${address}`)).status;

describe('the address of a file with all orders', () => {
  it('ends with the session that was shown it, and with no other', async () => {
    const [laptop, phone] = [await shop.staff(BOB), await shop.staff(BOB)];
    const { job } = await start(laptop);
    const [onLaptop, onPhone] = [await addressOf(laptop, job.id), await addressOf(phone, job.id)];
    expect([await statusOf(onLaptop), await statusOf(onPhone)]).toEqual([200, 200]);

    await laptop.ask('mutation { logout { ok } }');

    expect([await statusOf(onLaptop), await statusOf(onPhone)]).toEqual([404, 200]);
  });

  it('ends when its reader is no longer staff', async () => {
    const browser = await shop.staff(BOB);
    const { job } = await start(browser);
    const address = await addressOf(browser, job.id);

    await role('CUSTOMER');
    const demoted = await statusOf(address);
    await role('SUPPORT');

    expect(demoted).toBe(404);
  });

  it('is not good with another session written into it', async () => {
    const [mine, other] = [await shop.staff(BOB), await shop.staff()];
    const { job } = await start(mine);
    const bytes = Buffer.from((await addressOf(mine, job.id)).split('/').at(-1) ?? '', 'base64url');
    const [session] = await shop.sql<{ id: string }>(
      `SELECT s.id FROM user_session s JOIN app_user u ON u.id = s.user_id WHERE u.role = 'ADMIN' ORDER BY s.created_at DESC LIMIT 1`,
    );
    expect((await other.ask('{ me { email } }')).me.email).toBe('admin@example.com');

    bytes.write(session?.id.replaceAll('-', '') ?? '', 16, 'hex');

    expect(await statusOf(`/documents/jobs/${bytes.toString('base64url')}`)).toBe(404);
  });
});

it('one person has twenty jobs open at the most, at however many processes they press', async () => {
  const quiet = await TestShop.open({ worker: false });
  const second = await quiet.beside({ worker: false });
  try {
    const devices = [await quiet.staff(), await second.staff()];

    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, index) => start(devices[index % 2] as GraphqlClient)),
    );

    const started = answers.flatMap(({ job }) => (job ? [job.id] : []));
    expect(started).toHaveLength(20);
    expect(answers.filter(({ errors }) => errors[0]?.code === 'TOO_MANY_JOBS')).toHaveLength(10);
    const browser = devices[0] as GraphqlClient;
    await browser.ask('mutation($id: ID!) { jobCancel(input: { jobId: $id }) { errors { code } } }', {
      id: started[0],
    });
    expect((await start(browser)).errors).toEqual([]);
  } finally {
    await second.close();
    await quiet.close();
  }
});
