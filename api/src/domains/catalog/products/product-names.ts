import { MAX_PAGE } from '../../../kernel/pagination.js';
import { localId } from '../../../kernel/ids.js';
import { t } from '../../../platform/database/database.js';
import type { ReferenceData } from '../catalog-lookup.js';
import { assertAtMost, type Values } from '../listing/product-query.js';

/** The filter fields that identify products, or their categories. An empty list does not narrow. */
export interface NameFilter {
  readonly ids?: readonly string[] | null;
  readonly skus?: readonly string[] | null;
  readonly categories?: readonly string[] | null;
}

/** @throws InvalidInputError for more names than a page has entries */
export function assertNames({ ids, skus, categories }: NameFilter): void {
  assertAtMost(ids, MAX_PAGE, 'ids');
  assertAtMost(skus, MAX_PAGE, 'skus');
  assertAtMost(categories, MAX_PAGE, 'categories');
}

/** Conditions on product `p`; unknown names match nothing. */
export function nameConditions(
  { ids, skus, categories }: NameFilter,
  { categoryBySlug }: Pick<ReferenceData, 'categoryBySlug'>,
  values: Values,
): string[] {
  const conditions: string[] = [];
  if (ids?.length) {
    const known = ids.flatMap((id) => localId('prod', id) ?? []);
    conditions.push(`p.id = ANY(${values.bind(t.uuids, known)}::uuid[])`);
  }
  if (skus?.length) {
    const wanted = values.bind(
      t.texts,
      skus.map((sku) => sku.replaceAll('\0', '').toLowerCase()),
    );
    conditions.push(
      `p.id IN (SELECT product_id FROM variant WHERE deleted_at IS NULL AND lower(sku) = ANY(${wanted}::text[]))`,
    );
  }
  if (categories?.length) {
    const known = categories.flatMap((slug) => categoryBySlug.get(slug)?.id ?? []);
    conditions.push(`p.category_ids && ${values.bind(t.uuids, known)}::uuid[]`);
  }
  return conditions;
}
