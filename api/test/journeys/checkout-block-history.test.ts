import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cleanUpLimits } from '../../src/domains/checkout/clean-up-limits.job.js';
import { globalId } from '../../src/kernel/ids.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let clerk: GraphqlClient;
let colleague: GraphqlClient;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open();
  clerk = await shop.staff();
  await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
  colleague = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
  mug = await shop.stock({ name: 'Mug', sku: 'BLOCK-MUG', price: 5000, stock: 400 });
});
afterAll(() => shop.close());

const press = async (guest: GraphqlClient, email: string): Promise<Answer> =>
  complete(
    guest,
    await readyCart(guest, [{ variantId: mug, quantity: 1 }], email),
    randomUUID(),
    'BANK_TRANSFER',
  );

async function block(by: GraphqlClient, orderId: string, days: number, reason: string): Promise<Answer> {
  const { orderReleaseAndBlock } = await by.ask(
    `mutation($input: OrderReleaseAndBlockInput!) { orderReleaseAndBlock(input: $input) { blocks { id expiresAt } errors { code } } }`,
    {
      input: {
        ...{ orderId, days, reason, kinds: ['EMAIL'], includeRelated: false },
        idempotencyKey: randomUUID(),
      },
    },
  );
  expect(orderReleaseAndBlock.errors).toEqual([]);
  return orderReleaseAndBlock.blocks[0];
}
const lift = async (by: GraphqlClient, id: string): Promise<string[]> => {
  const { checkoutBlockRemove } = await by.ask(
    'mutation($id: ID!) { checkoutBlockRemove(input: { blockId: $id }) { errors { code } } }',
    { id },
  );
  return checkoutBlockRemove.errors.map(({ code }: Answer) => code);
};
const nameOf = async (who: GraphqlClient): Promise<string> => {
  const { me } = await who.ask('{ me { firstName lastName email } }');
  return [me.firstName, me.lastName].filter(Boolean).join(' ') || me.email;
};
const BLOCK = 'id contact reason orderNumber createdBy createdAt endedAt endedHow endedBy';
const inForce = async (): Promise<Answer[]> =>
  (await clerk.ask(`{ checkoutBlocks(filter: { inForce: true }) { nodes { ${BLOCK} } } }`)).checkoutBlocks
    .nodes;
const ended = async (contact: string): Promise<Answer[]> =>
  (
    await clerk.ask(`{ checkoutBlocks(filter: { inForce: false }) { nodes { ${BLOCK} } } }`)
  ).checkoutBlocks.nodes.filter((one: Answer) => one.contact === contact);

describe('a block that a colleague lifts', () => {
  let order: Answer;
  let token: string;
  let id: string;
  beforeAll(async () => {
    ({ order, orderToken: token } = await press(shop.guest(), 'lifted@example.test'));
    ({ id } = await block(clerk, order.id, 3, 'takes all mugs'));
    expect(await lift(colleague, id)).toEqual([]);
  });

  it('leaves who placed it, why, of which order, who lifted it and when', async () => {
    expect((await inForce()).map((one) => one.id)).not.toContain(id);
    expect(await ended('lifted@example.test')).toEqual([
      {
        ...{ id, contact: 'lifted@example.test', reason: 'takes all mugs', orderNumber: order.number },
        ...{ createdBy: await nameOf(clerk), createdAt: expect.any(String) },
        ...{ endedAt: expect.any(String), endedHow: 'LIFTED', endedBy: await nameOf(colleague) },
      },
    ]);
  });

  it('lets the buyer order again, and cannot be lifted twice', async () => {
    expect((await press(shop.guest(), 'lifted@example.test')).errors).toEqual([]);
    expect(await lift(clerk, id)).toEqual(['NOT_FOUND']);
    expect(await ended('lifted@example.test')).toMatchObject([{ endedBy: await nameOf(colleague) }]);
  });

  it('stands in the timeline of the order for staff, and not for the buyer', async () => {
    const ask = 'events { kind actorKind actorName data { blockKind until } }';
    const { order: seen } = await clerk.ask(`query($id: ID!) { order(id: $id) { ${ask} } }`, {
      id: order.id,
    });
    const { orderByToken } = await shop
      .guest()
      .ask(`query($token: String!) { orderByToken(token: $token) { ${ask} } }`, { token: token });
    const about = (events: Answer[]): Answer[] => events.filter(({ kind }) => /BLOCK/.test(kind));

    expect(about(seen.events)).toEqual([
      {
        ...{ kind: 'BUYER_BLOCKED', actorKind: 'STAFF', actorName: await nameOf(clerk) },
        data: { blockKind: 'EMAIL', until: expect.any(String) },
      },
      {
        ...{ kind: 'BLOCK_LIFTED', actorKind: 'STAFF', actorName: await nameOf(colleague) },
        data: { blockKind: 'EMAIL', until: null },
      },
    ]);
    expect(orderByToken.events.length).toBeGreaterThan(0);
    expect(about(orderByToken.events)).toEqual([]);
  });
});

describe('a buyer who is blocked again', () => {
  it('stays blocked for the longer of both times, and who placed the first block stays known', async () => {
    const email = 'again@example.test';
    const [first, second] = [
      (await press(shop.guest(), email)).order,
      (await press(shop.guest(), email)).order,
    ];
    const long = await block(clerk, first.id, 30, 'first');
    const short = await block(colleague, second.id, 2, 'second');

    expect(short.expiresAt).toBe(long.expiresAt);
    expect((await inForce()).filter(({ contact }) => contact === email)).toMatchObject([
      { id: short.id, reason: 'second', createdBy: await nameOf(colleague), endedHow: null, endedBy: null },
    ]);
    expect(await ended(email)).toMatchObject([
      {
        ...{ id: long.id, reason: 'first', createdBy: await nameOf(clerk) },
        ...{ endedHow: 'REPLACED', endedBy: await nameOf(colleague) },
      },
    ]);
    expect((await press(shop.guest(), email)).errors).toMatchObject([{ code: 'CHECKOUT_BLOCKED' }]);
    expect(await lift(clerk, short.id)).toEqual([]);
    expect((await press(shop.guest(), email)).errors).toEqual([]);
  });

  it('has one block in force after two colleagues blocked at the same moment', async () => {
    const email = 'both@example.test';
    const orders = [(await press(shop.guest(), email)).order, (await press(shop.guest(), email)).order];
    await Promise.all([block(clerk, orders[0].id, 5, 'one'), block(colleague, orders[1].id, 5, 'two')]);

    expect((await inForce()).filter(({ contact }) => contact === email)).toHaveLength(1);
    expect(await ended(email)).toMatchObject([{ endedHow: 'REPLACED' }]);
  });
});

describe('a block whose days are over', () => {
  const email = 'over@example.test';
  const atDaysAgo = (days: number): Promise<object[]> =>
    shop.sql(
      `UPDATE checkout_block SET created_at = now() - interval '60 days', expires_at = now() - make_interval(days => $1) WHERE contact = $2`,
      [days, email],
    );

  it('is shown as run out, is not lifted any more, and gives way to a new one', async () => {
    const order = (await press(shop.guest(), email)).order;
    const { id } = await block(clerk, order.id, 3, 'old');
    await atDaysAgo(5);
    expect(await ended(email)).toMatchObject([{ id, endedHow: 'EXPIRED', endedBy: null }]);
    expect(await lift(clerk, id)).toEqual(['NOT_FOUND']);

    await block(colleague, (await press(shop.guest(), email)).order.id, 3, 'new');

    expect(await ended(email)).toMatchObject([{ id, reason: 'old', endedHow: 'EXPIRED', endedBy: null }]);
    expect((await inForce()).filter(({ contact }) => contact === email)).toMatchObject([{ reason: 'new' }]);
  });

  it('is deleted thirty days after its end, by lifting or by itself, and no sooner', async () => {
    await shop.sql(`DELETE FROM checkout_block`);
    const add = async (contact: string, ended: number | null, expires: number): Promise<void> => {
      await shop.sql(
        `INSERT INTO checkout_block (id, kind, contact, created_at, expires_at, ended_at, ended_how)
         VALUES ($1, 'EMAIL', $2, now() - interval '90 days', now() - make_interval(days => $3), now() - make_interval(days => $4),
           CASE WHEN $4::int IS NOT NULL THEN 'LIFTED' END)`,
        [randomUUID(), contact, expires, ended],
      );
    };
    await add('lifted-lately@example.test', 29, -100);
    await add('lifted-long-ago@example.test', 31, -100);
    await add('ran-out-lately@example.test', null, 29);
    await add('ran-out-long-ago@example.test', null, 31);
    await add('in-force@example.test', null, -100);

    await cleanUpLimits(shop.shop.database).run({});

    const left = await shop.sql<{ contact: string }>('SELECT contact FROM checkout_block ORDER BY contact');
    expect(left.map(({ contact }) => contact)).toEqual([
      'in-force@example.test',
      'lifted-lately@example.test',
      'ran-out-lately@example.test',
    ]);
  });
});

it('refuses to lift what is no block of this shop', async () => {
  expect(await lift(clerk, globalId('block', randomUUID()))).toEqual(['NOT_FOUND']);
});

it('and the ledger balances after all of it', () => assertLedgerBalances(shop));
