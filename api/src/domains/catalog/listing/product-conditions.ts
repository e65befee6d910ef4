import { t } from '../../../platform/database/database.js';
import type { CategoryNode, ReferenceData } from '../catalog-lookup.js';
import { MAX_ATTRIBUTE_GROUPS, type Choice } from './facets.js';
import { SWITCHES, type ProductFilter } from './product-filter.input.js';
import { assertAtMost, Values } from './product-query.js';
import { assertNames, nameConditions } from '../products/product-names.js';
import { type SearchText } from './search-text.js';
export const ON_SALE = "p.status = 'ACTIVE'";

const MAX_VALUES = 50;
/** Beyond what an attribute may have. */
const MOST_NUMBER = 1e15;

export interface Narrowed {
  readonly search: SearchText | null;
  readonly choice: Choice;
  /** Conditions of the filters that are no facet. */
  readonly base: (values: Values) => string[];
}

/** The filter as ids and conditions; null if its category does not exist. */
export function narrow(
  filter: ProductFilter,
  search: SearchText | null,
  reference: ReferenceData,
): Narrowed | null {
  const category = filter.category ? reference.categoryBySlug.get(filter.category) : null;
  if (category === undefined) return null;
  assertNames(filter);
  return {
    search,
    choice: choiceOf(filter, reference),
    base: (values) => [
      ...baseConditions(filter, category, values),
      ...nameConditions(filter, reference, values),
    ],
  };
}

function baseConditions(filter: ProductFilter, category: CategoryNode | null, values: Values): string[] {
  const conditions: string[] = [];
  if (category) conditions.push(`p.category_ids @> ARRAY[${values.bind(t.uuid, category.id)}]::uuid[]`);
  const label = filter.label && filter.label !== 'SALE' ? filter.label : null;
  const switched = { ...filter, onSale: filter.onSale || filter.label === 'SALE' };
  const switches = Object.entries(SWITCHES) as [keyof typeof SWITCHES, string][];
  if (label || switches.some(([name]) => switched[name])) {
    // No index helps with these, so one text serves every combination of them.
    conditions.push(
      ...switches.map(
        ([name, holds]) => `(NOT ${values.bind(t.boolean, Boolean(switched[name]))}::boolean OR ${holds})`,
      ),
      `p.labels @> ${values.bind(t.texts, label ? [label] : [])}::text[]`,
    );
  }
  return conditions;
}

function choiceOf(filter: ProductFilter, reference: ReferenceData): Choice {
  assertAtMost(filter.tags, MAX_VALUES, 'tags');
  const wanted = new Map<string, Set<string>>();
  const ranges = new Map<string, { min: number; max: number }>();
  for (const { code, values, min, max } of filter.attributes ?? []) {
    assertAtMost(values, MAX_VALUES, 'attributes');
    if (values?.length) wanted.set(code, new Set([...(wanted.get(code) ?? []), ...values]));
    if (min == null && max == null) continue;
    const before = ranges.get(code) ?? { min: -MOST_NUMBER, max: MOST_NUMBER };
    ranges.set(code, {
      min: Math.max(before.min, min ?? -MOST_NUMBER),
      max: Math.min(before.max, max ?? MOST_NUMBER),
    });
  }
  assertAtMost([...wanted, ...ranges], MAX_ATTRIBUTE_GROUPS, 'attributes');
  const { priceMin, priceMax } = filter;
  return {
    price:
      priceMin == null && priceMax == null
        ? null
        : { min: priceMin ?? 0, max: priceMax ?? Number.MAX_SAFE_INTEGER },
    inStock: Boolean(filter.inStock),
    tagIds: filter.tags?.length
      ? filter.tags.flatMap((slug) => reference.tagBySlug.get(slug)?.id ?? [])
      : null,
    attributes: [...wanted].map(([code, codes]) => {
      const attribute = reference.attributeByCode.get(code) ?? null;
      return {
        attribute,
        valueIds: (attribute?.values ?? [])
          .filter(({ code: own, formerCodes }) => [own, ...formerCodes].some((each) => codes.has(each)))
          .map(({ id }) => id),
      };
    }),
    ranges: [...ranges].map(([code, range]) => {
      const attribute = reference.attributeByCode.get(code);
      return { attribute: attribute?.kind === 'NUMBER' ? attribute : null, ...range };
    }),
  };
}
