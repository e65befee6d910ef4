import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type ApiProcess } from '@vitrine/testing/shop/api-process.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { GraphqlClient, type Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { unitsInStock, moveElsewhere } from '@vitrine/testing/shop/stock-levels.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

// CI lets sixty come; `npm run proof` two hundred.
const GUESTS = process.env['PROOF'] === 'full' ? 200 : 60;
const PER_STOCK_LEVEL = [4, 3, 3];

let shop: TestShop;
let processes: ApiProcess[];
beforeAll(async () => {
  // Prepares and audits; the guests speak to two processes of their own.
  shop = await TestShop.open();
  const { url } = shop.shop.env.database;
  processes = await Promise.all([1, 2].map(() => startApi(url, { RUN_WORKER: 'false' })));
});
afterAll(async () => {
  for (const simulator of processes) await simulator.kill();
  await shop.close();
});

it(`sells ten vases at three locations to ten of ${GUESTS} guests in two processes, and refuses the others`, async () => {
  const vase = await shop.stock({
    name: 'Vase',
    sku: 'RACE-VASE',
    price: 9000,
    stock: PER_STOCK_LEVEL[0] ?? 0,
  });
  for (const count of PER_STOCK_LEVEL.slice(1)) await moveElsewhere(shop, 'RACE-VASE', count);
  const guests = await inTurns(GUESTS, 20, async (number) => {
    const browser = new GraphqlClient(processes[number % 2]?.url ?? '');
    const lines = [{ variantId: vase, quantity: 1 }];
    return { browser, cart: await readyCart(browser, lines, `race${number}@example.test`) };
  });

  const answers = await Promise.all(guests.map(({ browser, cart }) => complete(browser, cart)));

  const sold = answers.filter(({ order }) => order);
  const refused = answers.filter(({ order }) => !order);
  expect(sold).toHaveLength(10);
  expect(refused.map(({ errors }: Answer) => errors[0])).toEqual(
    refused.map(() => expect.objectContaining({ code: 'INSUFFICIENT_STOCK', availableQuantity: 0 })),
  );
  expect(await unitsInStock(shop, 'RACE-VASE')).toEqual({ onHand: 10, reserved: 10 });

  const paid = await Promise.all(
    answers.map(async (answer, number) => {
      const browser = guests[number]?.browser;
      if (!answer.order || !browser) return null;
      return payWith(browser, answer.paymentSession.clientSecret, GOOD_CARD);
    }),
  );

  expect(paid.filter((answer) => answer?.paymentStatus.order.status === 'PAID')).toHaveLength(10);
  expect(await unitsInStock(shop, 'RACE-VASE')).toEqual({ onHand: 0, reserved: 0 });
  await assertLedgerBalances(shop);
});

/** Does `work` for 0 to count - 1, a few at a time. */
async function inTurns<T>(count: number, atOnce: number, work: (number: number) => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  for (let first = 0; first < count; first += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - first) }, (_, i) => work(first + i));
    done.push(...(await Promise.all(batch)));
  }
  return done;
}
