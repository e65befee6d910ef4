import type { LocalizedText } from '../../../kernel/languages.js';
import { inEveryLanguage } from '../../../platform/messages.js';
import { t } from '../../../platform/database/database.js';
import type { AttributeNode, ReferenceData } from '../catalog-lookup.js';
import type { Values } from './product-query.js';

/** The buyer's filter, resolved to ids. A group with only unknown values matches nothing. */
export interface Choice {
  readonly price: { readonly min: number; readonly max: number } | null;
  readonly tagIds: readonly string[] | null;
  /** Only what can be bought. */
  readonly inStock: boolean;
  readonly attributes: readonly {
    readonly attribute: AttributeNode | null;
    readonly valueIds: readonly string[];
  }[];
}

export const MAX_ATTRIBUTE_GROUPS = 8;

// Up to this number of chosen attributes each number has its own statement; above it one statement with empty places
// serves all.
const EXACT_GROUPS = 3;

const PRICE_BIT = 1;
const TAG_BIT = 2;
const attributeBit = (index: number): number => 4 << index;

interface Group {
  readonly bit: number;
  readonly condition: string;
}

/** Whether the filter has conditions on variants: then one and the same variant must meet all of them. */
export function narrowsVariants({ price, inStock, attributes }: Choice): boolean {
  return price !== null || inStock || attributes.length > 0;
}

/** Each active group of conditions with its bit, on product `p` and its variant's listing `l`. */
function groupsOf(choice: Choice, values: Values): Group[] {
  const { price, tagIds, attributes } = choice;
  const groups: Group[] = [];
  if (price)
    groups.push({
      bit: PRICE_BIT,
      condition: `l.price BETWEEN ${values.bind(t.int, price.min)}::bigint AND ${values.bind(t.int, price.max)}::bigint`,
    });
  if (tagIds)
    groups.push({ bit: TAG_BIT, condition: `p.tag_ids && ${values.bind(t.uuids, tagIds)}::uuid[]` });
  const padded = attributes.length > EXACT_GROUPS;
  for (let i = 0; i < (padded ? MAX_ATTRIBUTE_GROUPS : attributes.length); i++) {
    const ids = values.bind(t.uuids.orNull, attributes[i]?.valueIds ?? null);
    const chosen = `l.value_ids && ${ids}::uuid[]`;
    groups.push({
      bit: attributeBit(i),
      condition: padded ? `(${ids}::uuid[] IS NULL OR ${chosen})` : chosen,
    });
  }
  return groups;
}

/** All conditions together, on `p`. */
export function choiceConditions(choice: Choice, values: Values): string[] {
  if (!narrowsVariants(choice)) return groupsOf(choice, values).map(({ condition }) => condition);
  // The first condition is implied by the second; it lets an index find the few candidates.
  return [
    ...likelyConditions(choice, values),
    `EXISTS (SELECT FROM variant_listing l WHERE l.product_id = p.id AND ${variantConditions(choice, values).join(' AND ')})`,
  ];
}

/** All conditions together, on product `p` and its variant's listing `l`; never empty. */
export function variantConditions(choice: Choice, values: Values): string[] {
  const conditions = groupsOf(choice, values).map(({ condition }) => condition);
  return [choice.inStock ? 'l.buyable' : 'true', ...conditions];
}

function likelyConditions({ attributes }: Choice, values: Values): string[] {
  if (attributes.length > EXACT_GROUPS) return [];
  return attributes.map(
    ({ valueIds }) => `p.attribute_value_ids && ${values.bind(t.uuids, valueIds)}::uuid[]`,
  );
}

/** The groups of conditions that a variant of `p`, by its listing `l`, fails: a number with one bit for each. */
export function failedGroups(choice: Choice, values: Values): string {
  const terms = groupsOf(choice, values).map(
    ({ bit, condition }) => `CASE WHEN ${condition} THEN 0 ELSE ${bit} END`,
  );
  return terms.join(' | ') || '0';
}

/** How many products fail exactly these groups (`valueId` null), and how many of them have a value. */
export interface CountRow {
  readonly valueId: string | null;
  readonly fails: number;
  readonly count: number;
  /** The lowest and highest price of a variant; absent where only products are counted. */
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface FacetCounts {
  readonly code: string;
  readonly name: LocalizedText;
  readonly kind: 'COLOR' | 'TEXT';
  readonly values: {
    code: string;
    /** What it was called in filters before. */
    formerCodes: readonly string[];
    name: LocalizedText;
    swatch: string | null;
    count: number;
    selected: boolean;
  }[];
}

const TAG_FACET_NAME: LocalizedText = inEveryLanguage('api', 'facets.tags');

/**
 * How many products each value would match, given all other conditions: a product counts for a value when it fails no
 * group but the value's own. Values without matches are left out unless they are chosen.
 */
export function facetCounts(
  rows: readonly CountRow[],
  choice: Choice,
  reference: ReferenceData,
): FacetCounts[] {
  const counts = new Map(rows.map(({ valueId, fails, count }) => [`${valueId}:${fails}`, count]));
  const countOf = (id: string, bit: number): number =>
    (counts.get(`${id}:0`) ?? 0) + (bit ? (counts.get(`${id}:${bit}`) ?? 0) : 0);
  const facets = reference.attributes
    .filter(({ filterable }) => filterable)
    .map((attribute): FacetCounts => {
      const index = choice.attributes.findIndex((group) => group.attribute?.id === attribute.id);
      const chosen = new Set(choice.attributes[index]?.valueIds);
      const values = attribute.values.map(({ id, code, name, swatch }) => ({
        code,
        formerCodes: [],
        name,
        swatch,
        count: countOf(id, index < 0 ? 0 : attributeBit(index)),
        selected: chosen.has(id),
      }));
      return { code: attribute.code, name: attribute.name, kind: attribute.kind, values };
    });
  const chosenTags = new Set(choice.tagIds);
  const tags = reference.tags.map(({ id, slug, name, formerSlugs }) => ({
    code: slug,
    formerCodes: formerSlugs,
    name,
    swatch: null,
    count: countOf(id, choice.tagIds ? TAG_BIT : 0),
    selected: chosenTags.has(id),
  }));
  facets.push({ code: 'tag', name: TAG_FACET_NAME, kind: 'TEXT', values: tags });
  return facets
    .map((facet) => ({
      ...facet,
      values: facet.values.filter(({ count, selected }) => count > 0 || selected),
    }))
    .filter(({ values }) => values.length > 0);
}

/** The lowest and highest price of a variant under all conditions but the price itself; null without matches. */
export function priceBounds(rows: readonly CountRow[]): { min: number; max: number } | null {
  const within = rows.filter(
    ({ valueId, fails, low }) => valueId === null && low != null && (fails === 0 || fails === PRICE_BIT),
  );
  if (within.length === 0) return null;
  return {
    min: Math.min(...within.map(({ low }) => Number(low))),
    max: Math.max(...within.map(({ high }) => Number(high))),
  };
}

export function totalCount(rows: readonly CountRow[]): number {
  return rows.find(({ valueId, fails }) => valueId === null && fails === 0)?.count ?? 0;
}
