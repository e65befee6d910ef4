import type { Invariant } from './invariant.js';
import { MONEY_INVARIANTS } from './money-invariants.js';
import { EVENT_INVARIANTS } from './event-invariants.js';
import { STOCK_INVARIANTS } from './stock-invariants.js';

/** Everything that must be true of the books at any moment, apart from work that is still in flight. */
export const INVARIANTS: readonly Invariant[] = [
  ...STOCK_INVARIANTS,
  ...MONEY_INVARIANTS,
  ...EVENT_INVARIANTS,
];
