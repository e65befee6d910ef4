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
