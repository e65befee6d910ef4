import { basename } from 'node:path';
import { AUTOMATIC_REASONS } from '../../../kernel/automatic-reasons.js';
import { v5 } from 'uuid';
import type { DemoCatalogue, DemoProduct } from './demo-catalogue.js';
import type { StoredImage } from './demo-images.js';
import { MAIN_LOCATION } from '../variants/initial-stock.js';
import { madeWidths, type seedMedia } from '../../media/index.js';
import type { ShownMedia } from '../images/shown-media.js';
import { STANDARD_TAX } from '../products/product-fields.js';
import { variantName } from '../variants/variant-name.js';

/** Ids are derived from names, so that seeding again adds only what is missing. */
export const DEMO_NAMESPACE = '5b0c6f0e-6f6a-5f0e-9a55-0d1a7e1c0a01';
export const demoId = (...names: string[]): string => v5(names.join('/'), DEMO_NAMESPACE);

const DAY_MS = 86_400_000;

export type DemoImages = ReadonlyMap<string, StoredImage>;

/** Each image once, described as where it is shown first. */
export function mediaRows(
  products: readonly DemoProduct[],
  { categories }: Pick<DemoCatalogue, 'categories'>,
  storedImages: DemoImages,
): Parameters<typeof seedMedia>[1] {
  const texts = new Map(
    [
      ...products.flatMap(({ images }) => images.map(({ file, alt }) => [file, alt] as const)),
      ...categories.flatMap(({ image, name }) => (image ? [[image, name] as const] : [])),
    ].reverse(),
  );
  const each = new Map([...storedImages].map(([file, stored]) => [stored.storageKey, { file, stored }]));
  return [...each.values()].map(({ file, stored }) => ({
    ...stored,
    ...{ id: demoId('media', stored.storageKey), filename: basename(file) },
    ...{ widths: madeWidths(stored.width), alt: texts.get(file) ?? {} },
  }));
}

/** @param media the ids of the images by their keys */
export function categoryRows(
  { categories }: DemoCatalogue,
  storedImages: DemoImages,
  media: ReadonlyMap<string, string>,
): object[] {
  return categories.map(({ slug, parent, position, name, description, image }) => {
    const stored = image ? storedImages.get(image) : undefined;
    return {
      image: stored && shownOf(stored, media.get(stored.storageKey) ?? ''),
      id: demoId('category', slug),
      parent_id: parent && demoId('category', parent),
      slug,
      name,
      description,
      position,
      image_key: stored?.storageKey,
      image_width: stored?.width,
      image_height: stored?.height,
    };
  });
}

function shownOf({ storageKey, width, height }: StoredImage, mediaId: string): ShownMedia {
  return {
    ...{ mediaId, storageKey, width, height, widths: madeWidths(width) },
    ...{ alt: {}, decorative: false, focal: null },
  };
}

export function attributeRows({ attributes }: DemoCatalogue): object[] {
  return attributes.map(({ code, name, kind }, position) => ({
    id: demoId('attribute', code),
    code,
    name,
    kind,
    position,
  }));
}

export function attributeValueRows({ attributes }: DemoCatalogue): object[] {
  return attributes.flatMap(({ code, values }) =>
    values.map((value, position) => ({
      ...value,
      care: value.care ?? {},
      id: demoId('value', code, value.code),
      attribute_id: demoId('attribute', code),
      position,
    })),
  );
}

export function tagRows({ tags }: DemoCatalogue): object[] {
  return tags.map((tag) => ({ ...tag, id: demoId('tag', tag.slug) }));
}

/** `stored` returns the id of `category/slug`, `tag/slug` and `value/attribute/code`, whoever created it. */
export function productRows(
  products: readonly DemoProduct[],
  demo: DemoCatalogue,
  stored: ReadonlyMap<string, string>,
  currency: string,
): object[] {
  const parents = new Map(demo.categories.map(({ slug, parent }) => [slug, parent]));
  const withAncestors = (slug: string): string[] => {
    const parent = parents.get(slug);
    return parent ? [slug, ...withAncestors(parent)] : [slug];
  };
  const ids = (kind: string, names: readonly string[]): string[] => [
    ...new Set(names.flatMap((name) => stored.get(`${kind}/${name}`) ?? [])),
  ];
  const now = Date.now();
  return products.map((product, index) => {
    // A minute apart, so that products of one day keep a fixed order.
    const created = new Date(now - product.createdDaysAgo * DAY_MS - index * 60_000).toISOString();
    const values = Object.entries(product.attributes).flatMap(([code, list]) =>
      list.map((value) => `${code}/${value}`),
    );
    const own = ids('category', product.categories);
    return {
      ...product,
      id: demoId('product', product.slug),
      status: 'ACTIVE',
      seo: product.seo ?? {},
      tax_class: STANDARD_TAX,
      currency,
      created_at: created,
      updated_at: created,
      main_category_id: own[0],
      own_category_ids: own,
      category_ids: ids('category', product.categories.flatMap(withAncestors)),
      tag_ids: ids('tag', product.tags),
      attribute_value_ids: ids('value', values),
    };
  });
}

export function optionRows({ slug, options }: DemoProduct): object[] {
  return options.map(({ code, name }, position) => ({
    id: demoId('option', slug, code),
    product_id: demoId('product', slug),
    code,
    name,
    position,
  }));
}

export function optionValueRows({ slug, options }: DemoProduct): object[] {
  return options.flatMap((option) =>
    option.values.map((value, position) => ({
      ...value,
      id: demoId('choice', slug, option.code, value.code),
      option_id: demoId('option', slug, option.code),
      position,
    })),
  );
}

export function imageRows({ slug, images }: DemoProduct, storedImages: DemoImages): object[] {
  return images.flatMap(({ file, alt }, position) => {
    const stored = storedImages.get(file);
    if (!stored) return [];
    const { storageKey, width, height } = stored;
    return {
      id: demoId('image', slug, file),
      product_id: demoId('product', slug),
      storage_key: storageKey,
      status: 'READY',
      alt,
      width,
      height,
      widths: madeWidths(width),
      position,
    };
  });
}

export function variantRows(
  { slug, name, options, images, variants }: DemoProduct,
  storedImages: DemoImages,
  currency: string,
): object[] {
  return variants.map((variant, position) => {
    const chosen = options.flatMap((option) => {
      const value = option.values.find(({ code }) => code === variant.options[option.code]);
      return value ? { id: demoId('choice', slug, option.code, value.code), name: value.name } : [];
    });
    const file = variant.image === undefined ? undefined : images[variant.image]?.file;
    return {
      id: demoId('variant', variant.sku),
      product_id: demoId('product', slug),
      sku: variant.sku,
      barcode: variant.barcode,
      name: variantName(
        name,
        chosen.map((value) => value.name),
      ),
      option_value_ids: chosen.map(({ id }) => id).sort(),
      image_id: file && storedImages.has(file) ? demoId('image', slug, file) : null,
      price: variant.price,
      compare_at_price: variant.compareAt,
      currency,
      weight_grams: variant.weightGrams,
      position,
    };
  });
}

export function locationRows({ locations }: DemoCatalogue): object[] {
  return locations.map((location) => ({ ...location, id: demoId('location', location.code) }));
}

interface DemoStockLevel {
  readonly variantId: string;
  readonly locationId: string;
  readonly units: number;
}

/** Every variant has a stock level at the main location; those shown in stores have one there too. */
export function stockLevelsOf(
  products: readonly DemoProduct[],
  variantIds: readonly string[],
): DemoStockLevel[] {
  const added = new Set(variantIds);
  return products.flatMap(({ variants }) =>
    variants.flatMap(({ sku, stock, stores = {} }) => {
      const variantId = demoId('variant', sku);
      if (!added.has(variantId)) return [];
      const elsewhere = Object.entries(stores).map(([code, units]) => ({
        variantId,
        locationId: demoId('location', code),
        units,
      }));
      return [{ variantId, locationId: MAIN_LOCATION, units: stock }, ...elsewhere];
    }),
  );
}

/** Stock levels are inserted empty. */
export function levelRows(stockLevels: readonly DemoStockLevel[]): object[] {
  return stockLevels.map(({ variantId, locationId }) => ({ variant_id: variantId, location_id: locationId }));
}

/** The stock movements that fill the stock levels. */
export function movementRows(stockLevels: readonly DemoStockLevel[]): object[] {
  return stockLevels
    .filter(({ units }) => units > 0)
    .map(({ variantId, locationId, units }) => ({
      id: demoId('received', variantId, locationId),
      variant_id: variantId,
      location_id: locationId,
      delta_on_hand: units,
      delta_reserved: 0,
      kind: 'RECEIVE',
      reason: AUTOMATIC_REASONS.DEMO_STOCK,
    }));
}

/** The variants that can be back-ordered. */
export function backorderRows(products: readonly DemoProduct[], variantIds: readonly string[]): object[] {
  return products.flatMap(({ variants }) =>
    variants.flatMap(({ sku, backorder }) => {
      const id = demoId('variant', sku);
      return backorder && variantIds.includes(id) ? { id, ...backorder } : [];
    }),
  );
}
