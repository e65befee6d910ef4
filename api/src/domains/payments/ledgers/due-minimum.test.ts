import { expect, it } from 'vitest';
import { leavingAtLeast } from './due-minimum.js';

const amountsOf = (total: number, amounts: readonly number[], minimum = 200): number[] =>
  leavingAtLeast(
    amounts.map((amount, at) => ({ ledger: 'card', accountId: `${at}`, name: {}, amount, balance: amount })),
    { total, minimum },
  ).map(({ amount }) => amount);

it.each<[string, number, number[], number[]]>([
  ['gives back what is missing', 5_000, [4_970], [4_800]],
  ['gives back from the last on', 5_000, [4_000, 100, 870], [4_000, 100, 700]],
  ['gives back more than the last one pays', 5_000, [4_000, 900, 70], [4_000, 800, 0]],
  ['gives back all, where no less will do', 200, [150], [0]],
  ['leaves what pays all', 5_000, [5_000], [5_000]],
  ['leaves what leaves the minimum', 5_000, [4_800], [4_800]],
  ['leaves what leaves more', 25_990, [5_000, 12_000], [5_000, 12_000]],
  ['can do nothing about a total below the minimum', 150, [100], [100]],
])('a tender %s', (_what, total, amounts, expected) => {
  expect(amountsOf(total, amounts)).toEqual(expected);
});

it('nothing is given back for a method without a minimum', () => {
  expect(amountsOf(5_000, [4_999], 0)).toEqual([4_999]);
});
