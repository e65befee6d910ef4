import type { LocalizedText } from '../../../kernel/languages.js';
import { inEveryLanguage } from '../../../platform/messages.js';
import type { AttributeNode, ReferenceData } from '../catalog-lookup.js';
import { attributeBit, PRICE_BIT, rangeBit, TAG_BIT, type Choice } from './facets.js';

/** How many products fail exactly these groups (`valueId` null), and how many of them have a value. */
export interface CountRow {
  readonly valueId: string | null;
  readonly fails: number;
  readonly count: number;
  /** The lowest and highest price of a variant; absent where only products are counted. */
  readonly low?: number | null;
  readonly high?: number | null;
  /** The least and greatest number of the attribute that `valueId` names; absent where none is counted. */
  readonly least?: number | null;
  readonly greatest?: number | null;
}

export interface FacetCounts {
  readonly code: string;
  readonly name: LocalizedText;
  readonly kind: AttributeNode['kind'];
  readonly unit: string | null;
  /** Of numbers: those of the products that all other conditions leave; null where there are none. */
  readonly range: { readonly min: number; readonly max: number } | null;
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
      const values = attribute.values.map(({ id, code, formerCodes, name, swatch }) => ({
        code,
        formerCodes,
        name,
        swatch,
        count: countOf(id, index < 0 ? 0 : attributeBit(index)),
        selected: chosen.has(id),
      }));
      const { code, name, kind, unit } = attribute;
      return { code, name, kind, unit, range: rangeOf(attribute, rows, choice), values };
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
  facets.push({
    code: 'tag',
    name: inEveryLanguage('api', 'facets.tags'),
    kind: 'ENUM',
    unit: null,
    range: null,
    values: tags,
  });
  return facets
    .map((facet) => ({
      ...facet,
      values: facet.values.filter(({ count, selected }) => count > 0 || selected),
    }))
    .filter(({ values, range }) => values.length > 0 || range !== null);
}

/** A range is there as long as it could be narrowed, or is. */
function rangeOf(
  { id, kind }: AttributeNode,
  rows: readonly CountRow[],
  { ranges }: Choice,
): FacetCounts['range'] {
  if (kind !== 'NUMBER') return null;
  const index = ranges.findIndex(({ attribute }) => attribute?.id === id);
  const bit = index < 0 ? 0 : rangeBit(index);
  const within = rows.filter(
    ({ valueId, fails, least }) => valueId === id && least != null && (fails === 0 || fails === bit),
  );
  const min = Math.min(...within.map(({ least }) => Number(least)));
  const max = Math.max(...within.map(({ greatest }) => Number(greatest)));
  return min < max || (index >= 0 && within.length > 0) ? { min, max } : null;
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
