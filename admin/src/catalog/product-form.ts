import type { Client } from '@urql/core';
import { z } from 'zod';
import { NOT_READ } from '../app/seen-version';
import { errorsOf } from '../app/user-errors';
import type { UserError } from '../app/user-errors';
import { ProductUpdateDocument, ProductVariantUpdateDocument } from '../generated/catalog/graphql';
import type {
  EditorProductFragment,
  LanguageCode,
  ProductUpdateInput,
  ProductVariantUpdateInput,
} from '../generated/catalog/graphql';
import { defineForm } from '../ui/forms/define-form';
import { money, optionalMoney, optionalText, optionalWhole, requiredText } from '../ui/forms/fields/codecs';
import type { Tools } from '../ui/useTools';
import { changedEntries } from './attributes/attribute-entries';
import {
  PRODUCT_FIELDS,
  productShape,
  productValues,
  TEXTS_FIELD,
  type ProductValues,
} from './product-fields';

interface VariantValues {
  id: string;
  sku: string;
  barcode: string | null;
  price: number;
  compareAtPrice: number | null;
  weightGrams: number | null;
  imageId: string | null;
}
export interface EditedValues extends ProductValues {
  variants: VariantValues[];
}

interface TextDraft {
  name: string;
  summary: string;
  description: string;
  seoTitle: string;
  seoDescription: string;
}
export type TextDrafts = Record<LanguageCode, TextDraft>;
/** What the fields of a variant hold. */
export type VariantDraft = { [Key in keyof VariantValues]: string };
/** What the fields that creating and editing share hold. */
export type OrganiseDraft = { slug: string; translations: TextDrafts } & Omit<
  ProductValues,
  'slug' | 'translations'
>;
export type ProductDraft = OrganiseDraft & { variants: VariantDraft[] };

const variantSchema = (tools: Tools) =>
  z
    .object({
      id: z.string(),
      sku: requiredText(tools.t('product.skuMissing')),
      barcode: optionalText(),
      price: money(tools),
      compareAtPrice: optionalMoney(tools),
      weightGrams: optionalWhole(tools),
      imageId: optionalText(),
    })
    .superRefine(({ price, compareAtPrice }, context) => {
      if (compareAtPrice === null || compareAtPrice > price) return;
      const message = tools.t('product.compareTooLow');
      context.addIssue({ code: 'custom', path: ['compareAtPrice'], message });
    });

/** A product with its texts and variants. Each variant is saved by itself, with its own version. */
export const productForm = defineForm<EditorProductFragment, EditedValues>({
  name: 'product',
  titleOf: ({ name }) => name,
  schema: (tools) => {
    const shape = productShape(tools);
    const slug = shape.slug.refine((text) => text !== null, tools.t('product.slugInvalid'));
    return z.object({ ...shape, slug, variants: z.array(variantSchema(tools)) });
  },
  toFields: (product) => ({ ...productValues(product), variants: (product?.variants ?? []).map(valuesOf) }),
  fields: {
    ...PRODUCT_FIELDS,
    translations: TEXTS_FIELD,
    variants: {
      label: 'product.variants',
      kind: 'rows',
      rowName: (product, id) => product?.variants.find((variant) => variant.id === id)?.name,
      parts: {
        sku: { label: 'product.sku', kind: 'code' },
        barcode: { label: 'product.barcode', kind: 'text' },
        price: { label: 'product.priceAlone', kind: 'money' },
        compareAtPrice: { label: 'product.compareAt', kind: 'money' },
        weightGrams: { label: 'product.weight', kind: 'whole' },
        imageId: { label: 'product.variantImage', kind: 'choice' },
      },
    },
  },
  fieldOfCode: { SLUG_TAKEN: 'slug' },
  update: async (client, product, values) => {
    if (!isRead(product)) return { result: {}, userErrors: [NOT_READ] };
    const userErrors = [
      ...(await saveProduct(client, product, values)),
      ...(await saveVariants(client, product, values)),
    ];
    return { result: {}, userErrors };
  },
});

type Variant = EditorProductFragment['variants'][number];
/** A product whose versions were read: with an invented one a concurrent change would be reported that nobody made. */
type ReadProduct = EditorProductFragment & { version: number };
const isRead = (product: EditorProductFragment): product is ReadProduct =>
  [product, ...product.variants].every(({ version }) => typeof version === 'number');

const valuesOf = (variant: Variant): VariantValues => ({
  id: variant.id,
  sku: variant.sku,
  barcode: variant.barcode ?? null,
  price: variant.price.amount,
  compareAtPrice: variant.compareAtPrice?.amount ?? null,
  weightGrams: variant.weightGrams ?? null,
  imageId: variant.image?.id ?? null,
});

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** The values that are no longer as they were, so that an edit does not overwrite concurrent changes. */
function changed<Values extends object>(values: Values, before: Values): Partial<Values> {
  const names = Object.keys(values) as (keyof Values)[];
  return Object.fromEntries(
    names.flatMap((name) => (differs(values[name], before[name]) ? [[name, values[name]]] : [])),
  ) as Partial<Values>;
}

/** Only what was changed of a product, and only the languages that were. Null: nothing to send. */
export function productChanges(
  { variants: _variants, ...values }: EditedValues,
  product: ReadProduct,
): ProductUpdateInput | null {
  const before = productValues(product);
  const changes: Partial<ProductUpdateInput> = changed<ProductValues>(values, before);
  const stored = (locale: string) => before.translations.find((text) => text.locale === locale);
  const texts = values.translations.filter((text) => differs(sorted(text), sorted(stored(text.locale))));
  delete changes.translations;
  if (changes.attributes) changes.attributes = changedEntries(values.attributes, before.attributes);
  if (texts.length > 0) changes.translations = texts;
  if (Object.keys(changes).length === 0) return null;
  return { ...changes, productId: product.id, expectedVersion: product.version };
}

const sorted = (texts: object = {}): object => Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1));

/** One update for each changed variant, with the changed fields only and the version that was read. */
export function variantChanges(
  { variants }: EditedValues,
  product: EditorProductFragment,
): ProductVariantUpdateInput[] {
  return variants.flatMap((variant) => {
    const stored = product.variants.find(({ id }) => id === variant.id);
    const changes = stored ? changed(variant, valuesOf(stored)) : {};
    if (Object.keys(changes).length === 0) return [];
    return [{ ...changes, variantId: variant.id, expectedVersion: stored?.version }];
  });
}

async function saveProduct(client: Client, product: ReadProduct, values: EditedValues): Promise<UserError[]> {
  const input = productChanges(values, product);
  if (!input) return [];
  const result = await client.mutation(ProductUpdateDocument, { input });
  // The path counts the languages that were sent; the form has them all.
  return errorsOf(result, result.data?.productUpdate.errors).map((error) => {
    const at = error.path?.indexOf('translations') ?? -1;
    const text = at < 0 ? undefined : input.translations?.[Number(error.path?.[at + 1])];
    if (!text) return error;
    const index = values.translations.findIndex(({ locale }) => locale === text.locale);
    return { ...error, path: ['translations', String(index), ...(error.path?.slice(at + 2) ?? [])] };
  });
}

// One after another: each takes the product's row lock, and an error must name its own variant.
async function saveVariants(
  client: Client,
  product: EditorProductFragment,
  values: EditedValues,
): Promise<UserError[]> {
  const found: UserError[] = [];
  for (const input of variantChanges(values, product)) {
    const result = await client.mutation(ProductVariantUpdateDocument, { input });
    const index = String(values.variants.findIndex(({ id }) => id === input.variantId));
    for (const error of errorsOf(result, result.data?.productVariantUpdate.errors)) {
      const path = (error.path ?? []).filter((part) => part !== 'input');
      const own = path.length === 0 && error.code === 'SKU_TAKEN' ? ['sku'] : path;
      found.push(own.length > 0 ? { ...error, path: ['variants', index, ...own] } : error);
    }
  }
  return found;
}
