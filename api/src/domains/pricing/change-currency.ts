import { statement, t, type Tx } from '../../platform/database/database.js';

interface Regional {
  readonly currency: string;
}

const rewrite = statement('pricing.change-currency', {
  params: { currency: t.text },
  sql: 'UPDATE region SET currency = :currency',
});

/** Part of the transaction that changes the settings, under the lock of their row. */
export async function changeCurrency(tx: Tx, { currency }: Regional, before: Regional): Promise<void> {
  if (currency !== before.currency) await tx.count(rewrite, { currency });
}
