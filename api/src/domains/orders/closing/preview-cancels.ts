import { money, type Money } from '../../../kernel/money.js';
import type { CancelEffects } from '../buyer/cancel-preview.js';

/** What cancelling several orders would do. */
export interface CancelsEffects extends Omit<CancelEffects, 'refund' | 'voided'> {
  readonly orders: number;
  readonly refund: Money;
  readonly voided: Money;
}

/**
 * Adds up what cancelling each order would do; null when none can be cancelled. Orders of a shop have one currency.
 *
 * @param effectsOf of one order; null when it cannot be cancelled
 */
export async function previewCancels(
  ids: readonly string[],
  effectsOf: (id: string) => Promise<(CancelEffects & { readonly currency: string }) | null>,
): Promise<CancelsEffects | null> {
  let [orders, refund, voided, released, restocked] = [0, 0, 0, 0, 0];
  let currency: string | null = null;
  for (const id of ids) {
    const effects = await effectsOf(id);
    if (!effects) continue;
    orders += 1;
    refund += effects.refund;
    voided += effects.voided;
    released += effects.released;
    restocked += effects.restocked;
    currency ??= effects.currency;
  }
  if (currency === null) return null;
  return { orders, released, restocked, refund: money(refund, currency), voided: money(voided, currency) };
}
