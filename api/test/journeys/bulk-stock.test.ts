import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const ADJUST = `mutation($input: StockBulkAdjustInput!) { started: stockBulkAdjust(input: $input) { job { id } errors { code path } } }`;
const UNDO = `mutation($input: JobUndoInput!) { started: jobUndo(input: $input) { job { id } errors { code path } } }`;
const LOOK = `query($id: ID!) { job(id: $id) { kind status done errorCount canUndo rowErrors { nodes { code value } } } }`;
const PREVIEW = `query($input: StockBulkAdjustPreviewInput!) { preview: stockBulkAdjustPreview(input: $input) { variants added removed refused } }`;

let shop: TestShop;
let clerk: GraphqlClient;
let locationId: string;
let made = 0;
beforeAll(async () => {
  shop = await TestShop.open();
  clerk = await shop.staff();
  locationId = (await clerk.ask('{ stockLocations { id } }')).stockLocations[0].id;
});
afterAll(() => shop.close());

/** Variants with so many pieces each, and the letters of their article numbers. */
async function stocked(...pieces: number[]): Promise<string[]> {
  const ids: string[] = [];
  for (const stock of pieces) {
    const sku = `PIECE-${String(++made).padStart(2, '0')}`;
    ids.push(await shop.stock({ name: sku, sku, price: 5000, stock }));
  }
  return ids;
}
async function start(variantIds: readonly string[], more: Answer): Promise<Answer> {
  const filter = { ids: variantIds };
  const input = { locationId, reason: 'Counted', filter, idempotencyKey: randomUUID(), ...more };
  return (await clerk.ask(ADJUST, { input })).started;
}
const untilDone = ({ id }: Answer): Promise<Answer> =>
  shop.eventually(async () => {
    const { job } = await clerk.ask(LOOK, { id });
    return job.status === 'SUCCEEDED' && (job as Answer);
  });
const adjust = async (variantIds: readonly string[], more: Answer): Promise<Answer> => {
  const { job, errors } = await start(variantIds, more);
  expect(errors).toEqual([]);
  return { ...(await untilDone(job)), id: job.id };
};
const undo = async (jobId: string): Promise<Answer> => {
  const { started } = await clerk.ask(UNDO, { input: { jobId, idempotencyKey: randomUUID() } });
  expect(started.errors).toEqual([]);
  return untilDone(started.job);
};
const foreseen = async (variantIds: readonly string[], more: Answer): Promise<Answer> =>
  (await clerk.ask(PREVIEW, { input: { locationId, variantIds, ...more } })).preview;
const onHand = async (variantIds: readonly string[]): Promise<number[]> => {
  const pieces: number[] = [];
  for (const variantId of variantIds) {
    const { stockItem } = await clerk.ask('query($id: ID!) { stockItem(variantId: $id) { onHand } }', {
      id: variantId,
    });
    pieces.push(stockItem.onHand);
  }
  return pieces;
};

describe('the stock of several variants', () => {
  it('grows by what came in, each with a movement and its reason, and is as before when that is undone', async () => {
    const ids = await stocked(3, 0, 7);
    expect(await foreseen(ids, { mode: 'ADD', quantity: 5 })).toEqual({
      ...{ variants: 3, added: 15, removed: 0, refused: 0 },
    });

    const job = await adjust(ids, { mode: 'ADD', quantity: 5, reason: 'New goods' });

    expect(job).toMatchObject({ kind: 'STOCK_ADJUST', done: 3, errorCount: 0, canUndo: true });
    expect(await onHand(ids)).toEqual([8, 5, 12]);
    const { stockMovements } = await clerk.ask(
      'query($id: ID!) { stockMovements(filter: { variantId: $id }) { nodes { kind reason onHandChange actorName } } }',
      { id: ids[0] },
    );
    expect(stockMovements.nodes[0]).toMatchObject({ kind: 'ADJUST', reason: 'New goods', onHandChange: 5 });
    expect(stockMovements.nodes[0].actorName).toBeTruthy();

    expect(await undo(job.id)).toMatchObject({ kind: 'STOCK_ADJUST_UNDO', done: 3, errorCount: 0 });
    expect(await onHand(ids)).toEqual([3, 0, 7]);
    await assertLedgerBalances(shop);
  });

  it('is what was counted, but where orders wait for more: such a variant stays and is named', async () => {
    const ids = await stocked(9, 4, 2);
    const held = { sku: 'PIECE-04', quantity: 3 };
    await clerk.ask(
      'mutation($input: StockReserveInput!) { stockReserve(input: $input) { hold { id } errors { code } } }',
      { input: { lines: [held], holder: 'fair', expiresInMinutes: 60, idempotencyKey: randomUUID() } },
    );
    expect(await foreseen(ids, { mode: 'SET', quantity: 2 })).toEqual({
      ...{ variants: 1, added: 0, removed: 2, refused: 1 },
    });

    const job = await adjust(ids, { mode: 'SET', quantity: 2 });

    expect(job).toMatchObject({ done: 3, errorCount: 1 });
    expect(job.rowErrors.nodes).toEqual([{ code: 'INSUFFICIENT_STOCK', value: 'PIECE-04' }]);
    expect(await onHand(ids)).toEqual([9, 2, 2]);
    await assertLedgerBalances(shop);
  });

  it('that was sold since is not undone; the others are', async () => {
    const ids = await stocked(1, 1);
    const job = await adjust(ids, { mode: 'ADD', quantity: 4 });
    await buy(shop.guest(), [{ variantId: ids[0]!, quantity: 2 }]);

    const undone = await undo(job.id);

    expect(undone.rowErrors.nodes).toMatchObject([{ code: 'STALE_VERSION' }]);
    expect(await onHand(ids)).toEqual([3, 1]);
    await assertLedgerBalances(shop);
  });

  it('loses nothing when two clerks add at the same moment and buyers take pieces meanwhile', async () => {
    const ids = await stocked(10, 10, 10);
    const more = { mode: 'ADD', quantity: 6 };

    const [one, other] = await Promise.all([
      start(ids, more),
      start(ids.toReversed(), more),
      ...ids.flatMap((variantId) => [1, 2].map(() => buy(shop.guest(), [{ variantId, quantity: 1 }]))),
    ]);
    await Promise.all([untilDone(one!['job'] as Answer), untilDone(other!['job'] as Answer)]);

    expect(await onHand(ids)).toEqual([20, 20, 20]);
    await assertLedgerBalances(shop);
  });
});

it.each([
  [{ mode: 'SET', quantity: -1 }, ['quantity']],
  [{ mode: 'ADD', quantity: 0 }, ['quantity']],
  [{ mode: 'ADD', quantity: 1_000_001 }, ['quantity']],
  [{ mode: 'ADD', quantity: 1, reason: '' }, ['reason']],
  [{ mode: 'ADD', quantity: 1, filter: null }, ['filter', 'ids']],
  [{ mode: 'ADD', quantity: 1, filter: { low: true } }, ['filter', 'ids']],
])('nothing is begun for %j', async (more, path) => {
  const ids = await stocked(1);

  const { job, errors } = await start(ids, more as Answer);

  expect([job, errors]).toEqual([null, [{ code: 'INVALID_INPUT', path }]]);
});
