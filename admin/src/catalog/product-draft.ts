import type {
  EditorProductFragment,
  LanguageCode,
  ProductTranslationInput,
  ProductUpdateInput,
  ProductVariantUpdateInput,
} from '../generated/catalog/graphql';
import { CONTENT_LANGUAGES } from '../app/content-languages';
import { parsePrice, priceText } from '../ui/money';
import { ALL_FIELDS, valuesOf, writtenValues, type ProductValues } from './product-fields';

export interface TextDraft {
  name: string;
  summary: string;
  description: string;
  seoTitle: string;
  seoDescription: string;
}

export interface VariantDraft {
  id: string;
  sku: string;
  barcode: string;
  price: string;
  compareAtPrice: string;
  weightGrams: string;
  imageId: string;
}

/** Fields that product creation and product editing share. */
export interface OrganiseDraft extends ProductValues {
  translations: Record<LanguageCode, TextDraft>;
}

export interface ProductDraft extends OrganiseDraft {
  variants: VariantDraft[];
}

export interface Spelling {
  currency: string;
  language: string;
}

const emptyText = (): TextDraft => ({
  name: '',
  summary: '',
  description: '',
  seoTitle: '',
  seoDescription: '',
});

export const emptyTranslations = (): Record<LanguageCode, TextDraft> =>
  Object.fromEntries(CONTENT_LANGUAGES.map((code) => [code, emptyText()])) as Record<LanguageCode, TextDraft>;

export function toDraft(product: EditorProductFragment, spelling: Spelling): ProductDraft {
  const translations = emptyTranslations();
  for (const text of product.translations ?? []) {
    translations[text.locale] = {
      name: text.name,
      summary: text.summary ?? '',
      description: text.description ?? '',
      seoTitle: text.seoTitle ?? '',
      seoDescription: text.seoDescription ?? '',
    };
  }
  const price = (amount: number | undefined): string =>
    priceText(amount, spelling.currency, spelling.language);
  return {
    ...valuesOf(product),
    translations,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      sku: variant.sku,
      barcode: variant.barcode ?? '',
      price: price(variant.price.amount),
      compareAtPrice: price(variant.compareAtPrice?.amount),
      weightGrams: variant.weightGrams?.toString() ?? '',
      imageId: variant.image?.id ?? '',
    })),
  };
}

/**
 * Typed prices as the server's are written: "105,5" becomes "105,50". A form that is saved so does not differ from what
 * comes back, which would look like the change of a colleague. What is no price stays as it was typed.
 */
export function respelled(draft: ProductDraft, { currency, language }: Spelling): ProductDraft {
  const price = (typed: string): string => {
    const amount = parsePrice(typed, currency);
    return amount === null ? typed : priceText(amount, currency, language);
  };
  return {
    ...draft,
    variants: draft.variants.map((variant) => ({
      ...variant,
      price: price(variant.price),
      compareAtPrice: price(variant.compareAtPrice),
    })),
  };
}

/** A language without any text is left out, because the API refuses a translation without a name. */
export function toTranslations(texts: Record<LanguageCode, TextDraft>): ProductTranslationInput[] {
  return CONTENT_LANGUAGES.filter((locale) =>
    Object.values(texts[locale]).some((text) => text.trim() !== ''),
  ).map((locale) => ({
    locale,
    name: texts[locale].name.trim(),
    summary: texts[locale].summary.trim() || null,
    description: texts[locale].description.trim() || null,
    seoTitle: texts[locale].seoTitle.trim() || null,
    seoDescription: texts[locale].seoDescription.trim() || null,
  }));
}

/** Only the changed fields, so that an edit does not overwrite concurrent changes. Null: nothing to send. */
export function productChanges(
  draft: ProductDraft,
  before: ProductDraft,
  product: { id: string; version: number },
): ProductUpdateInput | null {
  const written = writtenValues(draft);
  const changes: Partial<ProductUpdateInput> = Object.fromEntries(
    ALL_FIELDS.flatMap(([name]) => (differs(draft[name], before[name]) ? [[name, written[name]]] : [])),
  );
  if (differs(draft.translations, before.translations)) {
    changes.translations = toTranslations(draft.translations).filter(({ locale }) =>
      differs(draft.translations[locale], before.translations[locale]),
    );
  }
  if (Object.keys(changes).length === 0) return null;
  return { ...changes, productId: product.id, expectedVersion: product.version };
}

/**
 * One update per changed variant, with the changed fields only and the version that was read. An emptied optional
 * field becomes null, which clears it.
 */
export function variantChanges(
  draft: ProductDraft,
  before: ProductDraft,
  currency: string,
  read: readonly { id: string; version?: number | null }[],
): ProductVariantUpdateInput[] {
  return draft.variants.flatMap((variant) => {
    const old = before.variants.find(({ id }) => id === variant.id);
    if (!old || !differs(variant, old)) return [];
    const { version } = read.find(({ id }) => id === variant.id) ?? {};
    const input: ProductVariantUpdateInput = { variantId: variant.id, expectedVersion: version };
    if (variant.sku !== old.sku) input.sku = variant.sku.trim();
    if (variant.barcode !== old.barcode) input.barcode = variant.barcode.trim() || null;
    if (variant.price !== old.price) input.price = parsePrice(variant.price, currency);
    if (variant.compareAtPrice !== old.compareAtPrice) {
      input.compareAtPrice = variant.compareAtPrice.trim()
        ? parsePrice(variant.compareAtPrice, currency)
        : null;
    }
    if (variant.weightGrams !== old.weightGrams) {
      input.weightGrams = variant.weightGrams.trim() ? Number(variant.weightGrams) : null;
    }
    if (variant.imageId !== old.imageId) input.imageId = variant.imageId || null;
    return [input];
  });
}

const differs = (a: unknown, b: unknown): boolean => JSON.stringify(a) !== JSON.stringify(b);
