const KEPT = 'Kept: the test provider, which no real shop uses.';

/** Retention of the tables of this adapter. */
export const TEST_PROVIDER_TABLES = {
  test_provider_intent: KEPT,
  test_provider_refund: KEPT,
  test_provider_dispute: KEPT,
};
