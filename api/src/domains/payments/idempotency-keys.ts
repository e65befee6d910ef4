/**
 * Stripe forgets a key after a day: when a key is older than this, the provider's list of intents (or refunds) is
 * searched before one is created.
 */
export const KEY_LIFE_MS = 23 * 3_600_000;

/**
 * A provider's list may show a new object with a delay: an object that is not listed so long after its key failed
 * does not exist.
 */
export const LIST_LAG_SECONDS = 60;

/*
 * The keys under which intents and refunds are created at a provider: the id of our row, so that a repeat after a
 * crash sends the same key. A key whose failure the provider replays is followed by one with a number.
 */

/** SQL: the first key of a payment's intent; `paymentId` is a uuid expression. */
export const intentKey = (paymentId: string): string => `'pi:' || ${paymentId}`;

/** SQL: the first key of a refund; `refundId` is a uuid expression. */
export const refundKey = (refundId: string): string => `'re:' || ${refundId}`;

/** The key that follows one whose failure is replayed: `pi:<id>:2` after `pi:<id>`. */
export function nextKey(key: string): string {
  const [kind = '', id = '', attempt = '1'] = key.split(':');
  return `${kind}:${id}:${Number(attempt) + 1}`;
}
