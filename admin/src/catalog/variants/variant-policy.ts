import type { EditorVariantFragment, ProductVariantUpdateInput } from '../../generated/catalog/graphql';

export interface PolicyDraft {
  sellsOn: boolean;
  limit: string;
  availableFrom: string;
  threshold: string;
}

type Policy = Pick<
  EditorVariantFragment,
  'stockPolicy' | 'backorderLimit' | 'availableFrom' | 'lowStockThreshold'
>;

/** Initial values of the fields. */
export function toPolicy(variant: Policy | undefined): PolicyDraft {
  return {
    sellsOn: variant?.stockPolicy === 'CONTINUE',
    limit: variant?.backorderLimit?.toString() ?? '',
    availableFrom: variant?.availableFrom ?? '',
    threshold: variant?.lowStockThreshold?.toString() ?? '',
  };
}

const numberOrNull = (text: string): number | null => (text.trim() === '' ? null : Number(text));

/** Limit and date apply only while the variant accepts backorders. An empty field clears the value. */
export function policyChanges(draft: PolicyDraft): Omit<ProductVariantUpdateInput, 'variantId'> {
  return {
    stockPolicy: draft.sellsOn ? 'CONTINUE' : 'DENY',
    backorderLimit: draft.sellsOn ? numberOrNull(draft.limit) : null,
    availableFrom: draft.sellsOn && draft.availableFrom ? draft.availableFrom : null,
    lowStockThreshold: numberOrNull(draft.threshold),
  };
}
