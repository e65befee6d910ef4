import { scale } from '../../../kernel/money.js';

/** A decision to refund of which something went back or still may. Minor units. */
export interface LiveDecision {
  /** What was decided. */
  readonly amount: number;
  /** What went back of it or still may: less than the amount after the refund of one of several payments failed. */
  readonly live: number;
  /** The tax in the amount. */
  readonly tax: number;
}

/**
 * What went back of an order by decisions, with the tax in it. Of a decision that is carried out in part the same part
 * of its tax counts; the rest is left for the decision that refunds the failed part again.
 */
export function givenBackBy(decisions: readonly LiveDecision[]): { givenBack: number; givenBackTax: number } {
  let [givenBack, givenBackTax] = [0, 0];
  for (const { amount, live, tax } of decisions) {
    givenBack += live;
    givenBackTax += live < amount ? scale(tax, live, amount) : tax;
  }
  return { givenBack, givenBackTax };
}
