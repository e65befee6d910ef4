import { InvalidInputError } from '../../../kernel/errors.js';
import { localized, writtenLanguages } from '../../../kernel/languages.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { availabilityOf, backorderRoom, type Availability } from '../variants/availability.js';
import { freeUnits } from '../variants/free-stock.js';
import { catalogLoaders, MAX_RELATED } from '../catalog.loaders.js';
import type { CategoryNode, ProductAttributeNode, TagNode } from '../catalog-lookup.js';
import type { ProductTranslation } from '../products/product-parts.type.js';
import { ImageStatus } from '../../media/index.js';
import type { ImageRow, OptionValueRow, ProductRow, VariantRow } from '../rows.js';
import { catalogRuntime } from '../runtime.js';

/** The exact stock of the variant, for staff. */
export function exactStock({ onHand, reserved }: VariantRow): {
  onHand: number;
  reserved: number;
  available: number;
} {
  return { onHand, reserved, available: freeUnits({ onHand, reserved }) };
}

/** Reads how many units of a product's variants are on hand, or on hand and not reserved. */
export function unitsOf(which: 'onHand' | 'available') {
  return async ({ id }: ProductRow, context: RequestContext): Promise<number> =>
    (await catalogLoaders(context).stockByProduct.load(id))?.[which] ?? 0;
}

/**
 * Units of the variant that can be bought: free ones, and those that may be back-ordered. Infinity without a limit.
 */
export function purchasableUnits(variant: VariantRow): number {
  return freeUnitsOf(variant) + roomOf(variant);
}

export function availabilityOfVariant(variant: VariantRow): Availability {
  return availabilityOf({
    free: freeUnitsOf(variant),
    lowStockAt: variant.lowStockAt,
    backorderRoom: roomOf(variant),
  });
}

/** Free units of the variant; 0 once it is deleted. */
function freeUnitsOf(variant: VariantRow): number {
  return variant.deletedAt ? 0 : freeUnits(variant);
}

function roomOf({ deletedAt, stockPolicy, backorderLimit, backordered }: VariantRow): number {
  return deletedAt ? 0 : backorderRoom(stockPolicy, backorderLimit, backordered);
}

export async function descriptionOf(row: ProductRow, context: RequestContext): Promise<string | null> {
  const text = row.description ?? (await catalogLoaders(context).descriptionById.load(row.id));
  return localized(text, context.language, context.defaultLanguage);
}

export async function categoriesOf(
  ids: readonly (string | null)[],
  context: RequestContext,
): Promise<CategoryNode[]> {
  const { categoryById } = await catalogRuntime.of(context).reference.get();
  return ids.flatMap((id) => categoryById.get(id ?? '') ?? []);
}

export async function tagsOf({ tagIds }: ProductRow, context: RequestContext): Promise<TagNode[]> {
  const { tagById } = await catalogRuntime.of(context).reference.get();
  return tagIds.flatMap((id) => tagById.get(id) ?? []);
}

/** The attributes that a product or variant has something of, without what its lists and filters read besides. */
export async function attributesOf(
  { attributeValueIds, attributeData }: Pick<ProductRow | VariantRow, 'attributeValueIds' | 'attributeData'>,
  context: RequestContext,
): Promise<ProductAttributeNode[]> {
  const { attributes } = await catalogRuntime.of(context).reference.get();
  const own = new Set(attributeValueIds);
  return attributes.flatMap((attribute) => {
    const values = attribute.values.filter(({ id }) => own.has(id));
    const { number = null, day = null, text = null } = attributeData[attribute.id] ?? {};
    if (values.length === 0 && number === null && day === null && text === null) return [];
    return [{ ...attribute, values, number, day, text }];
  });
}

export async function imagesOf(
  { id }: ProductRow,
  context: RequestContext,
  args: Record<string, unknown>,
): Promise<ImageRow[]> {
  const wanted = requestedStatuses(context, args);
  const images = await catalogLoaders(context).imagesByProduct.load(id);
  return images.filter(({ status }) => status && wanted.includes(status));
}

export async function imageOfVariant(
  { image, imageId, productId }: VariantRow,
  context: RequestContext,
  args: Record<string, unknown>,
): Promise<ImageRow | null> {
  const wanted = requestedStatuses(context, args);
  if (image || !imageId) return wanted.includes(ImageStatus.READY) ? image : null;
  // The row of a variant has its image only if that is READY.
  if (wanted.every((status) => status === ImageStatus.READY)) return null;
  const images = await catalogLoaders(context).imagesByProduct.load(productId);
  return images.find(({ id, status }) => id === imageId && status && wanted.includes(status)) ?? null;
}

/** Only staff may request images that are not READY, because their files do not exist yet. */
function requestedStatuses(
  { viewer }: RequestContext,
  args: Record<string, unknown>,
): readonly ImageStatus[] {
  const isStaff = viewer?.permissions.has('CATALOG_READ') ?? false;
  return isStaff ? (args['statuses'] as ImageStatus[]) : [ImageStatus.READY];
}

export async function relatedTo(
  { id }: ProductRow,
  context: RequestContext,
  args: Record<string, unknown>,
): Promise<ProductRow[]> {
  const first = args['first'] as number;
  if (first < 1 || first > MAX_RELATED)
    throw new InvalidInputError(`Ask for 1 to ${MAX_RELATED}.`, ['first']);
  const related = await catalogLoaders(context).relatedByProduct.load(id);
  return related.slice(0, first);
}

export async function optionValuesOf(
  { productId, optionValueIds }: VariantRow,
  context: RequestContext,
): Promise<OptionValueRow[]> {
  const options = await catalogLoaders(context).optionsByProduct.load(productId);
  return options.flatMap(({ values }) => values.filter(({ id }) => optionValueIds.includes(id)));
}

export async function translationsOf(
  row: ProductRow,
  context: RequestContext,
): Promise<ProductTranslation[]> {
  const description = row.description ?? (await catalogLoaders(context).descriptionById.load(row.id));
  return writtenLanguages(row.name).map((locale) => ({
    locale,
    name: row.name[locale] ?? '',
    summary: row.summary[locale] ?? null,
    description: description[locale] ?? null,
    seoTitle: row.seo.title?.[locale] ?? null,
    seoDescription: row.seo.description?.[locale] ?? null,
  }));
}
