import { describe, expect, it } from 'vitest';
import type { EditorProductFragment } from '../generated/catalog/graphql';
import { mergeDraft } from '../ui/forms/drafts/merge-draft';
import { productChanges, respelled, toDraft, toTranslations, variantChanges } from './product-draft';
import type { ProductDraft } from './product-draft';

const money = (amount: number, currency = 'RON') => ({
  __typename: 'Money' as const,
  amount,
  currency,
  decimal: (amount / 100).toFixed(2),
});

const mug: EditorProductFragment = {
  __typename: 'Product',
  id: 'prod_1',
  slug: 'cana-dimineata',
  name: 'Cana Dimineața',
  status: 'ACTIVE',
  version: 7,
  labels: ['NEW'],
  featured: true,
  taxClass: 'standard',
  updatedAt: '2026-01-01T00:00:00Z',
  availability: 'IN_STOCK',
  totalStock: 4,
  priceRange: { __typename: 'PriceRange', min: money(12990), max: money(12990) },
  translations: [
    {
      __typename: 'ProductTranslation',
      locale: 'RO',
      name: 'Cana Dimineața',
      summary: 'O cană.',
      description: null,
      seoTitle: null,
      seoDescription: null,
    },
    {
      __typename: 'ProductTranslation',
      locale: 'EN',
      name: 'Morning Mug',
      summary: null,
      description: null,
      seoTitle: null,
      seoDescription: null,
    },
  ],
  categories: [{ __typename: 'Category', id: 'cat_1', name: 'Căni' }],
  tags: [{ __typename: 'Tag', id: 'tag_1', name: 'Cadou' }],
  attributes: [
    {
      __typename: 'ProductAttribute',
      code: 'colour',
      values: [{ __typename: 'AttributeValue', id: 'val_1' }],
    },
  ],
  options: [],
  variants: [
    {
      __typename: 'ProductVariant',
      id: 'var_1',
      sku: 'MUG-1',
      barcode: null,
      name: 'Cana',
      weightGrams: 350,
      price: money(12990),
      compareAtPrice: money(15000),
      optionValues: [],
      image: null,
      stock: { __typename: 'StockLevel', onHand: 4, reserved: 0, available: 4 },
      availableFrom: null,
      stockPolicy: 'DENY',
      backorderLimit: null,
      lowStockThreshold: null,
      version: 3,
    },
  ],
  images: [],
};
const spelling = { currency: 'RON', language: 'ro' };
const opened = (): ProductDraft => toDraft(mug, spelling);
const edited = (change: (draft: ProductDraft) => void): ProductDraft => {
  const draft = opened();
  change(draft);
  return draft;
};

describe('saving a product', () => {
  it('sends nothing when nothing was changed', () => {
    expect(productChanges(opened(), opened(), { id: 'prod_1', version: 7 })).toBeNull();
    expect(variantChanges(opened(), opened(), 'RON', mug.variants)).toEqual([]);
  });

  it('sends only what was changed, with the version it was read at', () => {
    const draft = edited((mine) => {
      mine.featured = false;
      mine.taxClass = 'reduced';
      mine.tags = ['Cadou', 'Iarnă'];
    });

    expect(productChanges(draft, opened(), { id: 'prod_1', version: 7 })).toEqual({
      productId: 'prod_1',
      expectedVersion: 7,
      featured: false,
      taxClass: 'reduced',
      tags: ['Cadou', 'Iarnă'],
    });
  });

  it('sends the changed language and leaves the others alone', () => {
    const draft = edited((mine) => {
      mine.translations.EN.name = 'Dawn Mug ';
    });

    expect(productChanges(draft, opened(), { id: 'prod_1', version: 7 })?.translations).toEqual([
      {
        locale: 'EN',
        name: 'Dawn Mug',
        summary: null,
        description: null,
        seoTitle: null,
        seoDescription: null,
      },
    ]);
  });

  it('makes no translation of a language in which nothing is written', () => {
    expect(toTranslations(opened().translations).map(({ locale }) => locale)).toEqual(['RO', 'EN']);
  });

  it('reads prices as they are written in the shop and sends them in bani', () => {
    const draft = edited((mine) => {
      mine.variants[0]!.price = '1.299,50';
    });

    expect(opened().variants[0]?.price).toBe('129,90');
    expect(variantChanges(draft, opened(), 'RON', mug.variants)).toEqual([
      { variantId: 'var_1', expectedVersion: 3, price: 129950 },
    ]);
  });

  it('clears the old price and the weight when their fields are emptied', () => {
    const draft = edited((mine) => {
      mine.variants[0]!.compareAtPrice = '';
      mine.variants[0]!.weightGrams = ' ';
    });

    expect(variantChanges(draft, opened(), 'RON', mug.variants)).toEqual([
      { variantId: 'var_1', expectedVersion: 3, compareAtPrice: null, weightGrams: null },
    ]);
  });
});

describe('a price that was saved', () => {
  const spelling = { currency: 'RON', language: 'ro' };
  const priced = (typed: string): ProductDraft => {
    const draft = toDraft(mug, spelling);
    return { ...draft, variants: draft.variants.map((variant) => ({ ...variant, price: typed })) };
  };

  it('is no change of a colleague when it comes back, however it was typed and although one types on', () => {
    const stored = toDraft(
      { ...mug, variants: mug.variants.map((variant) => ({ ...variant, price: money(10550) })) },
      spelling,
    );
    for (const typed of ['105,5', '105.50', '105,50 lei']) {
      const { clashes } = mergeDraft(priced('104'), respelled(priced(typed), spelling), stored);
      expect(clashes).toEqual([]);
    }
  });

  it('stays as it was typed when it is none, to be put right', () => {
    expect(respelled(priced('1.299'), spelling).variants[0]?.price).toBe('1.299');
  });
});
