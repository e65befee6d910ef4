import { describe, expect, it } from 'vitest';
import type { EditorProductFragment } from '../generated/catalog/graphql';
import { encodeValue } from '../ui/forms/fields/codecs';
import { testTools } from '../ui/testing-tools';
import { productChanges, productForm, variantChanges } from './product-form';
import type { EditedValues, ProductDraft } from './product-form';

const money = (amount: number, currency = 'RON') => ({
  __typename: 'Money' as const,
  amount,
  currency,
  decimal: (amount / 100).toFixed(2),
});

const mug: EditorProductFragment & { version: number } = {
  __typename: 'Product',
  id: 'prod_1',
  slug: 'cana-dimineata',
  name: 'Cana Dimineața',
  status: 'ACTIVE',
  version: 7,
  labels: ['NEW'],
  featured: true,
  taxClass: 'standard',
  seo: { __typename: 'Seo', canonicalUrl: null, noindex: false, imageMedia: null },
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
      id: 'atrb_1',
      kind: 'COLOR',
      values: [{ __typename: 'AttributeValue', id: 'val_1', code: 'red' }],
      number: null,
      day: null,
      textTranslations: [],
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
      attributes: [],
      version: 3,
    },
  ],
  images: [],
};
const schema = productForm.schema(testTools, mug);
const opened = (): ProductDraft => encodeValue(schema, productForm.toFields(mug, testTools)) as ProductDraft;
/** What is sent after the form was changed so. */
function edited(change: (draft: ProductDraft) => void): EditedValues {
  const draft = opened();
  change(draft);
  return schema.parse(draft);
}

describe('saving a product', () => {
  it('sends nothing when nothing was changed', () => {
    const untouched = edited(() => undefined);
    expect(productChanges(untouched, mug)).toBeNull();
    expect(variantChanges(untouched, mug)).toEqual([]);
  });

  it('sends only what was changed, with the version it was read at', () => {
    const values = edited((mine) => {
      mine.featured = false;
      mine.taxClass = 'reduced';
      mine.tags = ['Cadou', 'Iarnă'];
    });

    expect(productChanges(values, mug)).toEqual({
      productId: 'prod_1',
      expectedVersion: 7,
      featured: false,
      taxClass: 'reduced',
      tags: ['Cadou', 'Iarnă'],
    });
  });

  it('sends the changed language and leaves the others alone', () => {
    const values = edited((mine) => {
      mine.translations.EN.name = 'Dawn Mug ';
    });

    expect(productChanges(values, mug)?.translations).toEqual([
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
    expect(edited(() => undefined).translations.map(({ locale }) => locale)).toEqual(['RO', 'EN']);
  });

  it('reads prices as they are written in the shop and sends them in bani', () => {
    const values = edited((mine) => {
      mine.variants[0]!.price = '1.299,50';
      mine.variants[0]!.compareAtPrice = '';
    });

    expect(opened().variants[0]?.price).toBe('129,90');
    expect(variantChanges(values, mug)).toEqual([
      { variantId: 'var_1', expectedVersion: 3, price: 129950, compareAtPrice: null },
    ]);
  });

  it('clears the old price and the weight when their fields are emptied', () => {
    const values = edited((mine) => {
      mine.variants[0]!.compareAtPrice = '';
      mine.variants[0]!.weightGrams = ' ';
    });

    expect(variantChanges(values, mug)).toEqual([
      { variantId: 'var_1', expectedVersion: 3, compareAtPrice: null, weightGrams: null },
    ]);
  });

  it.each([
    ['a price that may be a thousand or one', { price: '1.299' }, 'variants.0.price'],
    ['an old price that is no higher', { compareAtPrice: '129,90' }, 'variants.0.compareAtPrice'],
    ['no SKU', { sku: ' ' }, 'variants.0.sku'],
  ])('is refused with %s, at its field', (_what, typed, field) => {
    const draft = opened();
    Object.assign(draft.variants[0]!, typed);
    const names = schema.safeParse(draft).error?.issues.map(({ path }) => path.join('.'));
    expect(names).toEqual([field]);
  });

  it('is refused without an address in the shop', () => {
    const names = schema.safeParse({ ...opened(), slug: '' }).error?.issues.map(({ path }) => path.join('.'));
    expect(names).toEqual(['slug']);
  });
});

describe('a price that was saved', () => {
  it('comes back as it is written here, however it was typed', () => {
    for (const typed of ['129,9', '129.90', '129,90 lei']) {
      const values = edited((mine) => {
        mine.variants[0]!.price = typed;
      });
      expect(encodeValue(schema, values)).toEqual(opened());
    }
  });
});
