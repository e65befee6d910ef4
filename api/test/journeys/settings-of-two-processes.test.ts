import { afterAll, beforeAll, expect, it } from 'vitest';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { Staff } from '@vitrine/testing/drivers/staff.js';
import { startApi, type ApiProcess } from '@vitrine/testing/shop/api-process.js';
import { openLine, throughLine, type Line } from '@vitrine/testing/simulators/line.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ROUNDS = process.env['PROOF'] === 'full' ? 500 : 25;
/** How much later than a confirmed change its announcement arrives, far longer than a request takes to get there. */
const DELAY_MS = 10;

let shop: TestShop;
let line: Line;
let processes: ApiProcess[];
let staff: GraphqlClient[];
let guests: GraphqlClient[];
const at = (clients: readonly GraphqlClient[], index: number): GraphqlClient => {
  const client = clients[index];
  if (!client) throw new Error(`There is no process ${index}`);
  return client;
};
beforeAll(async () => {
  // Prepares only: staff and visitors speak to two processes of their own.
  shop = await TestShop.open({ worker: false });
  const { url } = shop.shop.env.database;
  line = await openLine({ host: '127.0.0.1', port: Number(new URL(url).port) }, { delayMs: DELAY_MS });
  processes = await Promise.all(
    [url, throughLine(url, line)].map((database) => startApi(database, { RUN_WORKER: 'false' })),
  );
  staff = await Promise.all(processes.map((api) => Staff.signIn(api.url)));
  guests = processes.map((api) => new GraphqlClient(api.url));
});
afterAll(async () => {
  for (const api of processes) await api.kill();
  await line.close();
  await shop.close();
});

async function changeAt(index: number, name: string): Promise<void> {
  const text = `mutation($input: ShopSettingsUpdateInput!) { shopSettingsUpdate(input: $input) { errors { code } } }`;
  const { shopSettingsUpdate }: Answer = await at(staff, index).ask(text, { input: { name } });
  expect(shopSettingsUpdate.errors).toEqual([]);
}

const nameAt = async (index: number): Promise<string> =>
  (await at(guests, index).ask('{ shop { name } }')).shop.name;

/** Visitors who ask all the time, so that both processes hold a response. */
async function whileOthersRead(work: () => Promise<void>): Promise<void> {
  let isOver = false;
  const others = [0, 1].map(async (index) => {
    while (!isOver) await nameAt(index);
  });
  try {
    await work();
  } finally {
    isOver = true;
    await Promise.all(others);
  }
}

/** Changes the name at one process by turns, and asks the other as soon as the change is confirmed. */
async function staleAnswers(
  rounds: number,
  meanwhile?: (round: number) => Promise<unknown>,
): Promise<number> {
  let stale = 0;
  for (let round = 0; round < rounds; round++) {
    const name = `Atelier ${Math.random()}`;
    const here = round % 2;
    await Promise.all([nameAt(0), nameAt(1), changeAt(here, name), meanwhile?.(round)]);
    if ((await nameAt(1 - here)) !== name) stale++;
    if ((await nameAt(here)) !== name) stale++;
  }
  return stale;
}

it('a setting changed at one process is what the other answers to the next request', async () => {
  await whileOthersRead(async () => expect(await staleAnswers(ROUNDS)).toBe(0));
});

it('also while the connection over which they hear of changes is cut again and again', async () => {
  const cut = (): Promise<unknown> =>
    shop.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'vitrine listener'`,
    );

  await whileOthersRead(async () =>
    expect(await staleAnswers(ROUNDS / 2, (round) => (round % 5 === 0 ? cut() : Promise.resolve()))).toBe(0),
  );
});
