import { readStored, writeStored } from '../app/browser-storage';
import { randomKey } from '../app/random-key';

const SLOT = 'vitrine.checkout-key';

interface KeptKey {
  cartId: string;
  key: string;
}

/**
 * The key of the attempt to order this cart.
 *
 * Made when the customer first presses pay, and the same one again after a reload or a lost connection, until
 * `forgetKey` says that the outcome is known. Another cart gets another key.
 */
export function keyForAttempt(cartId: string): string {
  const kept = readKept();
  if (kept?.cartId === cartId) return kept.key;
  const key = randomKey();
  writeStored('session', SLOT, JSON.stringify({ cartId, key } satisfies KeptKey));
  return key;
}

export function forgetKey(): void {
  writeStored('session', SLOT, null);
}

const PLACED_SLOT = 'vitrine.placed-order';

/** The order that this tab placed last: where somebody belongs who comes back to the checkout. */
export function rememberPlaced(orderToken: string): void {
  writeStored('session', PLACED_SLOT, orderToken);
}

export function lastPlaced(): string | null {
  return readStored('session', PLACED_SLOT);
}

function readKept(): KeptKey | null {
  try {
    const kept: unknown = JSON.parse(readStored('session', SLOT) ?? 'null');
    return kept && typeof kept === 'object' && 'cartId' in kept && 'key' in kept ? (kept as KeptKey) : null;
  } catch {
    return null;
  }
}
