/** Stripe forgets a key after a day: older than this, an intent (or a refund) is looked for before one is made. */
export const KEY_LIFE_MS = 23 * 3_600_000;

/** Lists of a provider may show a little late what was just made: so long after a key failed, what is not listed is not there. */
export const LIST_LAG_SECONDS = 60;
