import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { ProductVariantUpdateDocument, type EditorVariantFragment } from '../../generated/catalog/graphql';
import { defineForm } from '../../ui/forms/define-form';
import {
  changedEntries,
  entriesOf,
  entriesSchema,
  type AttributeEntry,
} from '../attributes/attribute-entries';
import AttributeFields from '../attributes/AttributeFields.vue';

/** What a variant has of the attributes of its level. */
export const variantAttributesForm = defineForm<EditorVariantFragment, { attributes: AttributeEntry[] }>({
  name: 'variant-attributes',
  titleOf: ({ name }, { t }) => t('attributes.ofVariant', { variant: name }),
  schema: () => z.object({ attributes: entriesSchema() }),
  toFields: (variant) => ({ attributes: entriesOf(variant?.attributes ?? []) }),
  fields: { attributes: { label: 'product.attributes', kind: 'own', component: AttributeFields } },
  update: (client, variant, { attributes }) =>
    onVersion(variant.version, async (expectedVersion) => {
      const changes = changedEntries(attributes, entriesOf(variant.attributes));
      const input = { variantId: variant.id, expectedVersion, attributes: changes };
      const result = await client.mutation(ProductVariantUpdateDocument, { input });
      return { result, userErrors: result.data?.productVariantUpdate.errors };
    }),
});
