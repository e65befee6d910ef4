import { DomainError } from '../../kernel/errors.js';
import { currencyExponent } from '../../kernel/money.js';
import { statement, t, type Tx } from '../../platform/database/database.js';

interface Regional {
  readonly currency: string;
}

const hasPrices = statement('shipping.has-prices', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM shipping_rate) AS has',
});
const rewrite = statement('shipping.change-currency', {
  params: { currency: t.text },
  sql: `WITH methods AS (UPDATE shipping_method SET currency = :currency)
   UPDATE shipping_rate SET currency = :currency`,
});

/** @throws DomainError CURRENCY_LOCKED where the prices of delivery have another number of decimals in the new currency */
export async function assertPricesFit(tx: Tx, next: Regional, before: Regional): Promise<void> {
  if (currencyExponent(next.currency) === currencyExponent(before.currency)) return;
  if ((await tx.row(hasPrices))?.has)
    throw new DomainError('CURRENCY_LOCKED', 'Delivery has prices with another number of decimals.', [
      'currency',
    ]);
}

/** Prices of delivery keep their numbers. Part of the transaction that changes the settings, under the lock of their row. */
export async function changeCurrency(tx: Tx, { currency }: Regional, before: Regional): Promise<void> {
  if (currency !== before.currency) await tx.count(rewrite, { currency });
}
