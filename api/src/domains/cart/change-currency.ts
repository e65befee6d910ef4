import { statement, t, type Tx } from '../../platform/database/database.js';

interface Regional {
  readonly currency: string;
}

// Waits for whoever has locked a cart, for at most as long as a person waits; readers are not held up.
const limitWaiting = statement('cart.limit-waiting', { sql: "SET LOCAL lock_timeout = '10s'" });
const lockCarts = statement('cart.lock-all', { sql: 'LOCK TABLE cart IN EXCLUSIVE MODE' });
const rewrite = statement('cart.change-currency', {
  params: { currency: t.text },
  sql: 'UPDATE cart SET currency = :currency, version = version + 1, updated_at = now()',
});

/**
 * Every checkout locks the row of its cart first. Under this lock of the table those that have begun are committed, so that
 * their orders are seen by `assertNoOrders`, and those that begin now wait until the currency has changed.
 */
export async function lockCheckouts(tx: Tx, next: Regional, before: Regional): Promise<void> {
  if (next.currency === before.currency) return;
  await tx.count(limitWaiting);
  await tx.count(lockCarts);
}

/** The version goes up too: a buyer who agreed to 100 lei has not agreed to 100 euros. */
export async function changeCurrency(tx: Tx, { currency }: Regional, before: Regional): Promise<void> {
  if (currency !== before.currency) await tx.count(rewrite, { currency });
}
