import type { Invariant } from './invariant.js';
import { MONEY_INVARIANTS } from './money-invariants.js';
import { EVENT_INVARIANTS } from './event-invariants.js';
import { STOCK_INVARIANTS } from './stock-invariants.js';

/** All invariants of the stored data, apart from work that is still in flight. */
export const INVARIANTS: readonly Invariant[] = [
  ...STOCK_INVARIANTS,
  ...MONEY_INVARIANTS,
  ...EVENT_INVARIANTS,
];
