import { z } from 'zod';
import type { LanguageCode, ProductCreateInput } from '../generated/catalog/graphql';
import { parsePrice } from '../ui/money';
import { makeMatrix, MOST_VARIANTS, skuFor, usableOptions } from './variants/option-matrix';
import type { MatrixRow, OptionDraft } from './variants/option-matrix';
import { emptyTranslations, toTranslations } from './product-draft';
import type { OrganiseDraft, Spelling } from './product-draft';
import { emptyValues, writtenValues } from './product-fields';
import { organiseSchema, priceField, wholeNumberField } from './product-schema';
import { priceText } from '../ui/money';

export interface NewVariantRow {
  key: string;
  name: string;
  isIncluded: boolean;
  sku: string;
  price: string;
  stock: string;
}

export interface CreationDraft extends OrganiseDraft {
  basePrice: string;
  baseSku: string;
  baseStock: string;
  options: OptionDraft[];
  rows: NewVariantRow[];
}

export const emptyCreation = (): CreationDraft => ({
  ...emptyValues(),
  translations: emptyTranslations(),
  basePrice: '',
  baseSku: '',
  baseStock: '0',
  options: [],
  rows: [{ key: '', name: '', isIncluded: true, sku: '', price: '', stock: '0' }],
});

/** The suggested values of a row. */
function suggestedRow(row: MatrixRow, draft: CreationDraft, spelling: Spelling): NewVariantRow {
  return {
    key: row.key,
    name: row.name,
    isIncluded: true,
    sku: draft.baseSku.trim() ? skuFor(draft.baseSku, row) : '',
    price: priceText(row.price, spelling.currency, spelling.language),
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

export function creationSchema(t: (key: string) => string, currency: string, defaultLanguage: LanguageCode) {
  const price = priceField(t, currency);
  return organiseSchema(t, defaultLanguage).extend({
    basePrice: z.string(),
    baseSku: z.string(),
    baseStock: wholeNumberField(t),
    options: z.array(
      z.object({
        name: z.string(),
        values: z.array(z.object({ name: z.string(), swatch: z.string(), delta: z.string() })),
      }),
    ),
    rows: z
      .array(
        z
          .object({
            key: z.string(),
            name: z.string(),
            isIncluded: z.boolean(),
            sku: z.string(),
            price: z.string(),
            stock: wholeNumberField(t),
          })
          .superRefine((row, context) => {
            if (!row.isIncluded) return;
            if (row.sku.trim() === '')
              context.addIssue({ code: 'custom', path: ['sku'], message: t('product.skuMissing') });
            if (!price.safeParse(row.price).success) {
              context.addIssue({ code: 'custom', path: ['price'], message: t('product.priceInvalid') });
            }
          }),
      )
      .refine((rows) => rows.some((row) => row.isIncluded), t('product.oneVariant')),
  });
}

export function toCreateInput(
  draft: CreationDraft,
  currency: string,
  idempotencyKey: string,
): ProductCreateInput {
  const options = usableOptions(draft.options);
  const matrix = makeMatrix(draft.options, draft.basePrice, currency);
  return {
    translations: toTranslations(draft.translations),
    ...writtenValues(draft),
    options: options.map(({ code, name, values }) => ({
      code,
      name,
      values: values.map((value) => ({ code: value.code, name: value.name, swatch: value.swatch || null })),
    })),
    variants: draft.rows
      .filter((row) => row.isIncluded)
      .map((row) => ({
        sku: row.sku.trim(),
        price: parsePrice(row.price, currency) ?? 0,
        stock: Number(row.stock.trim() || 0),
        options: matrix.find(({ key }) => key === row.key)?.choices ?? [],
      })),
    idempotencyKey,
  };
}
