import { keptKey } from '@vitrine/client/intent-key';
import { ofThisTab } from '@vitrine/client/storage';

const attempt = keptKey('vitrine.checkout-key');

/**
 * The idempotency key of placing the order of this cart.
 *
 * Made when the customer first presses pay, and reused after a reload or a lost connection until `forgetKey` is called
 * because the outcome is known. Another cart gets another key.
 */
export function keyForAttempt(cartId: string): string {
  return attempt.keyFor(cartId);
}

export function forgetKey(): void {
  attempt.forget();
}

const PLACED_SLOT = 'vitrine.placed-order';

/** The order that this tab placed last, opened when the customer returns to the checkout. */
export function rememberPlaced(orderToken: string): void {
  ofThisTab.set(PLACED_SLOT, orderToken);
}

export function lastPlaced(): string | null {
  return ofThisTab.get(PLACED_SLOT);
}
