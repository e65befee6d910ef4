import { expect, it } from 'vitest';
import type { Querying } from '../../../platform/database/database.js';
import { Ledgers, type LedgerAccount } from './ledger.js';

/** What accounts with these answers of a module pay of 100.00 lei, of which the buyer chose a, b and c. */
async function paid(answers: readonly (readonly [id: string, balance: number, currency?: string])[]) {
  const ledgers = new Ledgers();
  const accounts = answers.map(([id, balance, currency = 'RON']): LedgerAccount => ({
    ...{ id, balance, currency, name: {} },
  }));
  const never = (): never => {
    throw new Error('Nothing is moved before there is an order');
  };
  ledgers.register({
    name: 'card',
    accounts: () => Promise.resolve(accounts),
    ...{ debit: never, release: never, refund: never },
  });
  const chosen = ['a', 'b', 'c'].map((accountId) => ({ ledger: 'card', accountId }));
  const applied = await ledgers.apply({} as Querying, chosen, {
    ...{ total: 10_000, currency: 'RON', isLocked: false },
  });
  return applied.map(({ accountId, amount, balance }) => [accountId, amount, balance]);
}

it('accounts pay one after the other, up to what is open', async () => {
  expect(
    await paid([
      ['b', 4_000],
      ['a', 9_000],
      ['c', 500],
    ]),
  ).toEqual([
    ['b', 4_000, 4_000],
    ['a', 6_000, 9_000],
    ['c', 0, 500],
  ]);
});

it.each<[string, Parameters<typeof paid>[0], unknown[]]>([
  ['below zero', [['a', -500]], [['a', 0, 0]]],
  ['that is no number', [['a', Number.NaN]], [['a', 0, 0]]],
  ['with a fraction', [['a', 10.5]], [['a', 0, 0]]],
  [
    'given twice',
    [
      ['a', 3_000],
      ['a', 3_000],
    ],
    [['a', 3_000, 3_000]],
  ],
  ['of another currency', [['a', 3_000, 'EUR']], []],
  ['that nobody chose', [['z', 3_000]], []],
])(
  'an account %s never makes an order dearer, and never pays what it does not have',
  async (_, answers, expected) => {
    expect(await paid(answers)).toEqual(expected);
  },
);
