import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchema } from '../../src/app/schema.js';
import { assertBooksBalance } from '../support/books-balance.js';
import { changesBetween, countedBooks } from '../support/counted-books.js';
import type { Answer } from '../support/graphql-client.js';
import type { Press } from '../support/keyed-case.js';
import { KEYED_CASES } from '../support/keyed-cases.js';
import { Presses } from '../support/presses.js';
import { Scenes } from '../support/scenes.js';
import { TestShop } from '../support/test-shop.js';

const REPEATS = process.env['PROOF'] === 'full' ? 200 : 50;

let shop: TestShop;
let presses: Presses;
let scenes: Scenes;
beforeAll(async () => {
  // No jobs: whatever is counted was written by the requests themselves.
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  presses = new Presses(createSchema(shop.shop.resolvers));
  scenes = await Scenes.open(shop, presses);
});
afterAll(() => shop.close());

/** What `work` answers, and what it changed in the books. */
async function counted<T>(work: () => Promise<T>): Promise<{ answer: T; changes: Record<string, number> }> {
  const before = await countedBooks(shop);
  const answer = await work();
  return { answer, changes: changesBetween(before, await countedBooks(shop)) };
}

const press = (mutation: string, { input, by }: Press, idempotencyKey: string): Promise<Answer> =>
  presses.press(mutation, { ...input, idempotencyKey }, by ?? scenes.staff);

it('knows every button that has a key', () => {
  const known = new Set(KEYED_CASES.map(({ mutation }) => mutation));

  expect(presses.keyed().filter((name) => !known.has(name))).toEqual([]);
});

describe.each(KEYED_CASES)('$mutation of $of', ({ mutation, makes, scene }) => {
  it('happens once, whether it is pressed once or many times at once, and its key says nothing else', async () => {
    const [once, often] = [await scene(scenes), await scene(scenes)];
    const key = randomUUID();

    const single = await counted(() => press(mutation, once, randomUUID()));
    const many = await counted(() =>
      Promise.all(Array.from({ length: REPEATS }, () => press(mutation, often, key))),
    );
    const later = await counted(() => press(mutation, often, key));
    const other = await counted(() =>
      press(mutation, { ...often, input: { ...often.input, ...often.other } }, key),
    );

    expect(single.answer['errors']).toEqual([]);
    expect(single.changes).toMatchObject(makes);
    expect(new Set(many.answer.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify(later.answer)]),
    );
    expect(later.answer['errors']).toEqual([]);
    expect(many.changes).toEqual(single.changes);
    expect(later.changes).toEqual({});
    expect(other.answer['errors']).toMatchObject([{ code: 'IDEMPOTENCY_KEY_REUSED' }]);
    expect(other.changes).toEqual({});
  }, 120_000);
});

it('and in the end, when the jobs are done, the books balance', async () => {
  const other = await shop.beside();
  try {
    await assertBooksBalance(shop);
  } finally {
    await other.close();
  }
}, 120_000);
