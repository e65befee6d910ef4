import { defineChecks, type Invariant } from '../../platform/database/invariant.js';
import { MONEY_INVARIANTS } from './money-invariants.js';
import { EVENT_INVARIANTS } from './event-invariants.js';
import { STOCK_INVARIANTS } from './stock-invariants.js';

/** The invariants of the core's data, apart from work that is still in flight. They read across modules, hence here. */
export const INVARIANTS: readonly Invariant[] = [
  ...STOCK_INVARIANTS,
  ...MONEY_INVARIANTS,
  ...EVENT_INVARIANTS,
];

export const CHECKS = defineChecks('integrity', INVARIANTS);
