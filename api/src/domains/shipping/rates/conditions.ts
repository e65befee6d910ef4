/** Between which weights and sums a rate is there at all; null for no border. Borders are in. */
export interface RateConditions {
  readonly minGrams: number | null;
  readonly maxGrams: number | null;
  /** Minor units, tax included, after discounts. */
  readonly minSubtotal: number | null;
  readonly maxSubtotal: number | null;
}

/** Why a shipment does not meet the conditions of a rate. */
export type UnmetCondition = 'TOO_LIGHT' | 'TOO_HEAVY' | 'SUBTOTAL_TOO_SMALL' | 'SUBTOTAL_TOO_LARGE';

/** What a shipment does not meet; null when it meets all. */
export function unmetCondition(
  { minGrams, maxGrams, minSubtotal, maxSubtotal }: RateConditions,
  { grams, subtotal }: { readonly grams: number; readonly subtotal: number },
): UnmetCondition | null {
  if (minGrams !== null && grams < minGrams) return 'TOO_LIGHT';
  if (maxGrams !== null && grams > maxGrams) return 'TOO_HEAVY';
  if (minSubtotal !== null && subtotal < minSubtotal) return 'SUBTOTAL_TOO_SMALL';
  if (maxSubtotal !== null && subtotal > maxSubtotal) return 'SUBTOTAL_TOO_LARGE';
  return null;
}

/** What is stored, with null for each border that is not. */
export function readConditions(stored: {
  readonly [Border in keyof RateConditions]?: number | null | undefined;
}): RateConditions {
  return {
    ...{ minGrams: stored.minGrams ?? null, maxGrams: stored.maxGrams ?? null },
    ...{ minSubtotal: stored.minSubtotal ?? null, maxSubtotal: stored.maxSubtotal ?? null },
  };
}

/** The borders that there are, as they are stored. */
export function storedConditions(conditions: RateConditions): Partial<RateConditions> {
  return Object.fromEntries(Object.entries(conditions).filter(([, border]) => border !== null));
}
