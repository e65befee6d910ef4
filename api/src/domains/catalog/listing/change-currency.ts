import { DomainError } from '../../../kernel/errors.js';
import { currencyExponent } from '../../../kernel/money.js';
import { statement, t, type Tx } from '../../../platform/database/database.js';

interface Regional {
  readonly currency: string;
}

const hasPrices = statement('catalog.has-prices', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM variant) AS has',
});
// Products first: whoever adds a variant holds the row of its product, so that its variant is there when ours are rewritten.
const rewriteProducts = statement('catalog.change-currency', {
  params: { currency: t.text },
  sql: 'UPDATE product SET currency = :currency',
});
const rewriteVariants = statement('catalog.change-currency-of-variants', {
  params: { currency: t.text },
  sql: 'UPDATE variant SET currency = :currency',
});

/** @throws DomainError CURRENCY_LOCKED where goods have prices with another number of decimals than the new currency */
export async function assertGoodsFit(tx: Tx, next: Regional, before: Regional): Promise<void> {
  if (currencyExponent(next.currency) === currencyExponent(before.currency)) return;
  if ((await tx.row(hasPrices))?.has)
    throw new DomainError('CURRENCY_LOCKED', 'Goods have prices with another number of decimals.', [
      'currency',
    ]);
}

/**
 * Prices of goods keep their numbers. Part of the transaction that changes the settings, under the lock of their row, for
 * which `ProductService.create` waits.
 */
export async function changeCurrency(tx: Tx, { currency }: Regional, before: Regional): Promise<void> {
  if (currency === before.currency) return;
  await tx.count(rewriteProducts, { currency });
  await tx.count(rewriteVariants, { currency });
}
