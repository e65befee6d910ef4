import { money, type Money } from '../../../kernel/money.js';
import type { CancelEffects } from '../buyer/cancel-preview.js';

/** What cancelling several orders would do. */
export interface CancelsEffects extends Omit<CancelEffects, 'refund' | 'voided'> {
  readonly orders: number;
  /** How many stay as they are because they give money back, which the caller may not. */
  readonly withheld: number;
  readonly refund: Money;
  readonly voided: Money;
}

/**
 * Adds up what cancelling each order would do; null when none can be cancelled. Orders of a shop have one currency.
 *
 * @param mayGiveBack whether the caller may cancel what gives money back
 * @param effectsOf of one order; null when it cannot be cancelled
 */
export async function previewCancels(
  ids: readonly string[],
  mayGiveBack: boolean,
  effectsOf: (id: string) => Promise<(CancelEffects & { readonly currency: string }) | null>,
): Promise<CancelsEffects | null> {
  let [orders, refund, voided, released, restocked] = [0, 0, 0, 0, 0];
  let withheld = 0;
  let givesMoneyBack = false;
  let currency: string | null = null;
  for (const id of ids) {
    const effects = await effectsOf(id);
    if (!effects) continue;
    currency ??= effects.currency;
    if (effects.givesMoneyBack && !mayGiveBack) {
      withheld += 1;
      continue;
    }
    givesMoneyBack ||= effects.givesMoneyBack;
    orders += 1;
    refund += effects.refund;
    voided += effects.voided;
    released += effects.released;
    restocked += effects.restocked;
  }
  if (currency === null) return null;
  const sums = { refund: money(refund, currency), voided: money(voided, currency) };
  return { orders, withheld, givesMoneyBack, released, restocked, ...sums };
}
