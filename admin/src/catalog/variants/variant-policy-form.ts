import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { ProductVariantUpdateDocument } from '../../generated/catalog/graphql';
import type { EditorVariantFragment, ProductVariantUpdateInput } from '../../generated/catalog/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalDay, optionalWhole } from '../../ui/forms/fields/codecs';
import type { FormValues } from '../../ui/forms/fields/field';

export interface Policy {
  sellsOn: boolean;
  limit: number | null;
  availableFrom: string | null;
  threshold: number | null;
}

const sellsOn = (_variant: unknown, values: FormValues): boolean => values['sellsOn'] === true;

/** What happens when a variant is sold out, and when staff are told. */
export const variantPolicyForm = defineForm<EditorVariantFragment, Policy>({
  name: 'variant-policy',
  titleOf: ({ name }, { t }) => t('policy.title', { variant: name }),
  hint: 'policy.hint',
  schema: (tools) =>
    z.object({
      sellsOn: z.boolean(),
      limit: optionalWhole(tools),
      availableFrom: optionalDay(),
      threshold: optionalWhole(tools),
    }),
  toFields: (variant) => ({
    sellsOn: variant?.stockPolicy === 'CONTINUE',
    limit: variant?.backorderLimit ?? null,
    availableFrom: variant?.availableFrom ?? null,
    threshold: variant?.lowStockThreshold ?? null,
  }),
  fields: {
    sellsOn: { label: 'policy.sellsOn', help: 'policy.sellsOnHelp', kind: 'switch' },
    limit: {
      label: 'policy.limit',
      help: 'policy.limitHelp',
      kind: 'whole',
      isHalf: true,
      isFor: sellsOn,
      inputName: 'backorderLimit',
    },
    availableFrom: {
      label: 'policy.availableFrom',
      help: 'policy.availableFromHelp',
      kind: 'day',
      isHalf: true,
      isFor: sellsOn,
    },
    threshold: {
      label: 'policy.threshold',
      help: 'policy.thresholdHelp',
      kind: 'whole',
      inputName: 'lowStockThreshold',
    },
  },
  update: (client, { id, version }, policy) =>
    onVersion(version, async (expectedVersion) => {
      const input = { variantId: id, expectedVersion, ...policyChanges(policy) };
      const result = await client.mutation(ProductVariantUpdateDocument, { input });
      return { result, userErrors: result.data?.productVariantUpdate.errors };
    }),
});

/** Limit and date apply only while the variant accepts backorders. An empty field clears the value. */
export const policyChanges = (policy: Policy): Omit<ProductVariantUpdateInput, 'variantId'> => ({
  stockPolicy: policy.sellsOn ? 'CONTINUE' : 'DENY',
  backorderLimit: policy.sellsOn ? policy.limit : null,
  availableFrom: policy.sellsOn ? policy.availableFrom : null,
  lowStockThreshold: policy.threshold,
});
