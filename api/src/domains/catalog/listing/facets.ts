import { t } from '../../../platform/database/database.js';
import type { AttributeNode } from '../catalog-lookup.js';
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
  /** Ranges of numbers; one of an attribute that is unknown, or no number, matches nothing. */
  readonly ranges: readonly {
    readonly attribute: AttributeNode | null;
    readonly min: number;
    readonly max: number;
  }[];
}

export const MAX_ATTRIBUTE_GROUPS = 8;

// Up to this number of chosen attributes each number has its own statement; above it one statement with empty places
// serves all.
const EXACT_GROUPS = 3;

export const PRICE_BIT = 1;
export const TAG_BIT = 2;
export const attributeBit = (index: number): number => 4 << index;
export const rangeBit = (index: number): number => attributeBit(MAX_ATTRIBUTE_GROUPS + index);

interface Group {
  readonly bit: number;
  readonly condition: string;
}

/** Whether the filter has conditions on variants: then one and the same variant must meet all of them. */
export function narrowsVariants({ price, inStock, attributes, ranges }: Choice): boolean {
  return price !== null || inStock || attributes.length > 0 || ranges.length > 0;
}

/** Each active group of conditions with its bit, on product `p` and its variant's listing `l`. */
function groupsOf(choice: Choice, values: Values): Group[] {
  const { price, tagIds, attributes, ranges } = choice;
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
  ranges.forEach(({ attribute, min, max }, i) => {
    const number = `(l.numbers ->> ${values.bind(t.text, attribute?.id ?? '')})::float8`;
    const [low, high] = [values.bind(t.double, min), values.bind(t.double, max)];
    groups.push({
      bit: rangeBit(i),
      condition: `coalesce(${number} BETWEEN ${low}::float8 AND ${high}::float8, false)`,
    });
  });
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
  return attributes.map(({ valueIds }) => `p.facet_value_ids && ${values.bind(t.uuids, valueIds)}::uuid[]`);
}

/** The groups of conditions that a variant of `p`, by its listing `l`, fails: a number with one bit for each. */
export function failedGroups(choice: Choice, values: Values): string {
  const terms = groupsOf(choice, values).map(
    ({ bit, condition }) => `CASE WHEN ${condition} THEN 0 ELSE ${bit} END`,
  );
  return terms.join(' | ') || '0';
}
