import { expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

it('throws away what nobody can use any more, and keeps a cart that a buyer may come back to', async () => {
  const shop = await TestShop.open({ worker: false });
  const mug = await shop.stock({ name: 'Mug', sku: 'OLD-MUG', price: 100, stock: 9 });
  const add = `mutation { cartLineAdd(input: { variantId: "${mug}", quantity: 1 }) { cart { id } } }`;
  const [fresh, left, own] = [shop.guest(), shop.guest(), await shop.customer('bob@example.com', 'Bob@123')];
  await left.ask(add);
  await own.ask(add);
  await shop.sql(`UPDATE cart SET updated_at = now() - interval '91 days'`);
  await fresh.ask(add);
  await shop.sql(
    `INSERT INTO webhook_inbox (provider, event_id, type, verified, payload, raw, status, received_at)
     VALUES ('test', 'old', 'x', true, '{"email":"a@b.ro"}', 'raw', 'DONE', now() - interval '91 days'),
            ('test', 'dead', 'x', true, '{"email":"a@b.ro"}', 'raw', 'DEAD', now() - interval '91 days')`,
  );
  await shop.sql(
    `INSERT INTO request_key (actor, operation, key, body_hash, created_at) VALUES ('a', 'b', 'old', '', now() - interval '91 days'), ('a', 'b', 'new', '', now())`,
  );

  for (let night = 0; night < 2; night++)
    await shop.shop.jobs.find(({ job }) => job.queue === 'shop.clean-up-old-rows')!.run({});

  expect((await fresh.ask('{ cart { id } }')).cart).not.toBeNull();
  expect((await own.ask('{ cart { id } }')).cart).not.toBeNull();
  expect((await left.ask('{ cart { id } }')).cart).toBeNull();
  expect(await shop.sql('SELECT key FROM request_key')).toEqual([{ key: 'new' }]);
  expect(await shop.sql('SELECT event_id, payload, raw FROM webhook_inbox ORDER BY event_id')).toMatchObject([
    { event_id: 'dead', payload: { email: 'a@b.ro' } },
    { event_id: 'old', payload: {}, raw: null },
  ]);
  await shop.close();
});
