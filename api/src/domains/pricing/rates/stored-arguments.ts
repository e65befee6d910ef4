import type { StoredArguments } from '../../../platform/strategies/define-strategy.js';
import { flatRate } from './own-rates.js';

interface StoredMethod {
  readonly price: number;
  readonly freeFrom: number | null;
  readonly rateCode: string;
  readonly rateArguments: StoredArguments;
}

/**
 * The arguments of the rule of a method. Those of the flat rate are columns of their own, as they were before there were
 * rules; `free_from` is also that of the other rules of the shop, because pages and lists show it.
 */
export function argumentsOf({ price, freeFrom, rateCode, rateArguments }: StoredMethod): StoredArguments {
  if (rateCode !== flatRate.code) return rateArguments;
  return freeFrom === null ? { price } : { price, freeFrom };
}
