import { z } from 'zod';
import { ProductCreateDocument } from '../generated/catalog/graphql';
import type { EditorProductFragment, ProductCreateInput } from '../generated/catalog/graphql';
import type { UserError } from '../app/user-errors';
import { defineForm } from '../ui/forms/define-form';
import { optionalMoney, optionalWhole } from '../ui/forms/fields/codecs';
import { priceText } from '../ui/money';
import type { Tools } from '../ui/useTools';
import { PRODUCT_FIELDS, productShape, productValues, TEXTS_FIELD } from './product-fields';
import type { ProductValues } from './product-fields';
import type { OrganiseDraft } from './product-form';
import { makeMatrix, MOST_VARIANTS, skuFor, usableOptions } from './variants/option-matrix';
import type { MatrixRow, OptionDraft } from './variants/option-matrix';

interface RowValues {
  key: string;
  name: string;
  isIncluded: boolean;
  sku: string;
  price: number | null;
  stock: number | null;
}
export interface CreationValues extends ProductValues {
  basePrice: string;
  baseSku: string;
  baseStock: number | null;
  options: OptionDraft[];
  rows: RowValues[];
}

export type NewVariantRow = Omit<RowValues, 'price' | 'stock'> & { price: string; stock: string };
/** What the fields of a new product hold. */
export type CreationDraft = OrganiseDraft & {
  basePrice: string;
  baseSku: string;
  baseStock: string;
  options: OptionDraft[];
  rows: NewVariantRow[];
};

type Spelling = Pick<Tools, 'currency' | 'locale'>;

/** The suggested values of a row. */
function suggestedRow(row: MatrixRow, draft: CreationDraft, spelling: Spelling): NewVariantRow {
  return {
    key: row.key,
    name: row.name,
    isIncluded: true,
    sku: draft.baseSku.trim() ? skuFor(draft.baseSku, row) : '',
    price: priceText(row.price, spelling.currency, spelling.locale),
    stock: draft.baseStock,
  };
}

/**
 * The rows for the current options. A field that was edited keeps its text; all others follow the base price,
 * the base SKU and the differences of the values. `before` are the previous suggestions.
 */
export function refreshRows(
  draft: CreationDraft,
  before: readonly NewVariantRow[],
  spelling: Spelling,
): { rows: NewVariantRow[]; suggested: NewVariantRow[] } {
  const suggested = makeMatrix(draft.options, draft.basePrice, spelling.currency)
    .slice(0, MOST_VARIANTS)
    .map((row) => suggestedRow(row, draft, spelling));
  const rows = suggested.map((fresh) => {
    const mine = draft.rows.find(({ key }) => key === fresh.key);
    const old = before.find(({ key }) => key === fresh.key);
    if (!mine || !old) return { ...fresh };
    return {
      ...fresh,
      isIncluded: mine.isIncluded,
      sku: mine.sku === old.sku ? fresh.sku : mine.sku,
      price: mine.price === old.price ? fresh.price : mine.price,
      stock: mine.stock === old.stock ? fresh.stock : mine.stock,
    };
  });
  return { rows, suggested };
}

const rowSchema = (tools: Tools) =>
  z
    .object({
      key: z.string(),
      name: z.string(),
      isIncluded: z.boolean(),
      sku: z.string(),
      price: optionalMoney(tools),
      stock: optionalWhole(tools),
    })
    .superRefine(({ isIncluded, sku, price }, context) => {
      const missing = (name: string, message: string): void =>
        context.addIssue({ code: 'custom', path: [name], message: tools.t(message) });
      if (isIncluded && sku.trim() === '') missing('sku', 'product.skuMissing');
      if (isIncluded && price === null) missing('price', 'product.priceInvalid');
    });

export const creationSchema = (tools: Tools) =>
  z.object({
    ...productShape(tools),
    basePrice: z.string(),
    baseSku: z.string(),
    baseStock: optionalWhole(tools),
    options: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.object({ name: z.string(), swatch: z.string(), delta: z.string() })),
      }),
    ),
    rows: z
      .array(rowSchema(tools))
      .refine((rows) => rows.some((row) => row.isIncluded), tools.t('product.oneVariant')),
  });

const FIRST_ROW: RowValues = { key: '', name: '', isIncluded: true, sku: '', price: null, stock: 0 };

/** A new product with its variants. `created` is called with its id. */
export const creationForm = (currency: string, created: (id: string) => void) =>
  defineForm<EditorProductFragment, CreationValues>({
    name: 'product',
    newTitle: 'products.new',
    titleOf: ({ name }) => name,
    done: 'product.created',
    schema: creationSchema,
    toFields: () => ({
      ...productValues(undefined),
      ...{ basePrice: '', baseSku: '', baseStock: 0, options: [], rows: [FIRST_ROW] },
    }),
    fields: {
      ...PRODUCT_FIELDS,
      translations: TEXTS_FIELD,
      basePrice: { label: 'product.priceAlone', kind: 'own' },
      baseSku: { label: 'product.baseSku', kind: 'own' },
      baseStock: { label: 'product.stock', kind: 'own' },
      options: { label: 'product.variants', kind: 'rows' },
      rows: { label: 'product.variants', kind: 'rows' },
    },
    fieldOfCode: { SLUG_TAKEN: 'slug' },
    create: async (client, values, idempotencyKey) => {
      const input = toCreateInput(values, currency, idempotencyKey);
      const result = await client.mutation(ProductCreateDocument, { input });
      const { product, errors } = result.data?.productCreate ?? {};
      if (product) created(product.id);
      return { result, userErrors: errors?.map((error) => ofRow(error, values.rows)) };
    },
  });

export function toCreateInput(
  { basePrice, baseSku: _sku, baseStock: _stock, options, rows, ...product }: CreationValues,
  currency: string,
  idempotencyKey: string,
): ProductCreateInput {
  const matrix = makeMatrix(options, basePrice, currency);
  return {
    ...product,
    options: usableOptions(options).map(({ code, name, values }) => ({
      code,
      name,
      values: values.map((value) => ({ code: value.code, name: value.name, swatch: value.swatch || null })),
    })),
    variants: rows
      .filter((row) => row.isIncluded)
      .map((row) => ({
        sku: row.sku.trim(),
        price: row.price ?? 0,
        stock: row.stock ?? 0,
        options: matrix.find(({ key }) => key === row.key)?.choices ?? [],
      })),
    idempotencyKey,
  };
}

/** Indexes in errors count the variants that were sent; the form also holds the unselected rows. */
function ofRow<Problem extends UserError>(error: Problem, rows: readonly RowValues[]): UserError {
  const at = error.path?.indexOf('variants') ?? -1;
  if (!error.path || at < 0) return error;
  const included = rows.flatMap((row, index) => (row.isIncluded ? [index] : []));
  const row = String(included[Number(error.path[at + 1])] ?? 0);
  return { ...error, path: ['rows', row, ...error.path.slice(at + 2)] };
}
