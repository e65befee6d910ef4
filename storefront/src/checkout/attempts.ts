import { keptKey } from '@vitrine/client/intent-key';
import { ofThisTab } from '@vitrine/client/storage';
import type { PaymentMethod } from '../generated/checkout/graphql';

const attempt = keptKey('vitrine.checkout-key');
const OPEN_SLOT = 'vitrine.open-attempt';
const PLACED_SLOT = 'vitrine.placed-order';

/** The input of a request to place an order. */
export interface Attempt {
  idempotencyKey: string;
  cartVersion: number;
  expectedTotal: number;
  expectedDue: number;
  paymentMethod: PaymentMethod;
}

/**
 * The idempotency key of placing the order of this cart.
 *
 * Made when the customer first presses pay, and reused after a reload or a lost connection until `forgetAttempt` is
 * called because the outcome is known. Another cart gets another key.
 */
export function keyForAttempt(cartId: string): string {
  return attempt.keyFor(cartId);
}

/** Stores a request before it is sent: its order may exist although no response arrives. */
export function rememberAttempt(sent: Attempt): void {
  ofThisTab.set(OPEN_SLOT, JSON.stringify(sent));
}

/** The request of this tab whose outcome is unknown; null when there is none. */
export function openAttempt(): Attempt | null {
  try {
    const stored: unknown = JSON.parse(ofThisTab.get(OPEN_SLOT) ?? 'null');
    return isAttempt(stored) ? stored : null;
  } catch {
    return null;
  }
}

const isAttempt = (value: unknown): value is Attempt =>
  typeof value === 'object' && value !== null && 'idempotencyKey' in value && 'paymentMethod' in value;

export function forgetAttempt(): void {
  attempt.forget();
  ofThisTab.remove(OPEN_SLOT);
}

/** The order that this tab placed last, opened when the customer returns to the checkout. */
export function rememberPlaced(orderToken: string): void {
  ofThisTab.set(PLACED_SLOT, orderToken);
}

export function lastPlaced(): string | null {
  return ofThisTab.get(PLACED_SLOT);
}
