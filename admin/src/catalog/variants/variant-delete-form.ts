import { z } from 'zod';
import { ProductVariantDeleteDocument } from '../../generated/catalog/graphql';
import type { EditorVariantFragment } from '../../generated/catalog/graphql';
import { defineForm } from '../../ui/forms/define-form';

/** Deletes a variant of a product, once its SKU was typed. */
export const variantDeleteForm = defineForm<EditorVariantFragment, Record<never, never>>({
  titleOf: ({ name }, { t }) => t('product.deleteVariant', { variant: name }),
  hint: 'product.deleteVariantText',
  submitLabel: 'common.delete',
  done: 'product.variantDeleted',
  isDanger: true,
  confirmWord: (variant) => variant?.sku ?? '',
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: async (client, { id: variantId }) => {
    const result = await client.mutation(ProductVariantDeleteDocument, { input: { variantId } });
    return { result, userErrors: result.data?.productVariantDelete.errors };
  },
});
