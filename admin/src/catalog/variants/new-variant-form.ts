import { z } from 'zod';
import { ProductVariantCreateDocument } from '../../generated/catalog/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { money, optionalWhole, requiredText } from '../../ui/forms/fields/codecs';
import type { EditedProduct } from '../useProductEditor';

interface NewVariant {
  sku: string;
  price: number;
  stock: number | null;
  [option: `option.${string}`]: string;
}

const OPTION = 'option.';

/** The form of one more variant: it asks for a value of each option of the product. */
export function newVariantForm(product: EditedProduct) {
  const options = product.options.map((option) => ({ ...option, field: `${OPTION}${option.code}` as const }));
  return defineForm<{ id: string }, NewVariant>({
    name: `new-variant-of-${product.id}`,
    newTitle: 'product.addVariant',
    hint: 'product.addVariantHint',
    submitLabel: 'product.addVariant',
    done: 'product.variantAdded',
    titleOf: () => product.name,
    schema: (tools) =>
      z.object({
        ...Object.fromEntries(
          options.map(({ field }) => [field, z.string().min(1, tools.t('product.choiceMissing'))]),
        ),
        sku: requiredText(tools.t('product.skuMissing')),
        price: money(tools),
        stock: optionalWhole(tools),
      }),
    toFields: () => ({
      ...Object.fromEntries(options.map(({ field }) => [field, ''])),
      sku: null,
      price: null,
      stock: 0,
    }),
    fields: {
      ...Object.fromEntries(
        options.map(({ field, name, values }) => [
          field,
          {
            label: () => name,
            kind: 'choice' as const,
            choices: () => values.map((value) => ({ value: value.code, label: value.name })),
          },
        ]),
      ),
      sku: { label: 'product.sku', kind: 'code' },
      price: { label: 'product.priceAlone', kind: 'money', isHalf: true },
      stock: { label: 'product.stock', kind: 'whole', isHalf: true },
    },
    fieldOfCode: { SKU_TAKEN: 'sku' },
    create: async (client, values, idempotencyKey) => {
      const { sku, price, stock } = values;
      const chosen = options.map(({ code, field }) => ({ option: code, value: values[field] ?? '' }));
      const variant = { sku, price, stock: stock ?? 0, options: chosen };
      const input = { productId: product.id, variant, idempotencyKey };
      const result = await client.mutation(ProductVariantCreateDocument, { input });
      return { result, userErrors: result.data?.productVariantCreate.errors };
    },
  });
}
