import type { ProductVariantUpdateInput } from '../generated/catalog/graphql';

export interface PolicyDraft {
  sellsOn: boolean;
  limit: string;
  availableFrom: string;
  threshold: string;
}

const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** Limit and date mean something only while the variant sells on; an empty field clears what was set. */
export function policyChanges(draft: PolicyDraft): Omit<ProductVariantUpdateInput, 'id'> {
  return {
    stockPolicy: draft.sellsOn ? 'CONTINUE' : 'DENY',
    backorderLimit: draft.sellsOn ? numberOrNull(draft.limit) : null,
    availableFrom: draft.sellsOn && draft.availableFrom ? draft.availableFrom : null,
    lowStockThreshold: numberOrNull(draft.threshold),
  };
}
