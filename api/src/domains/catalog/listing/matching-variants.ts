import { t, type Database } from '../../../platform/database/database.js';
import { narrowsVariants, variantConditions, type Choice } from './facets.js';
import { preparedBy, Values, type BuiltStatement } from './product-query.js';
import { VARIANT_ROW, variantColumns, type VariantRow } from '../rows.js';
import type { SearchText } from './search-text.js';
import { foldText } from '../products/slug.js';

// "cana de cafea" must not select the variant "Verde de mușchi".
const SHORTEST_WORD = 3;

type ListedVariant = VariantRow & { readonly buyable: boolean };

/**
 * The variant that each product's card shows in a list with this filter and search, by product id: among the variants
 * that meet the whole filter, the one whose own name contains most of the search words, then an available one, then the
 * first. A product is left out if neither filter nor search distinguishes its variants.
 */
export async function matchingVariants(
  database: Database,
  productIds: readonly string[],
  choice: Choice,
  search: SearchText | null,
): Promise<ReadonlyMap<string, VariantRow>> {
  const words = wordsOf(search);
  const isNarrowed = narrowsVariants(choice);
  if (productIds.length === 0 || (!isNarrowed && words.length === 0)) return new Map();
  const { statement, values } = matchingStatement(productIds, choice);
  const rows = await database.rows(statement, values.given);
  const chosen = new Map<string, VariantRow>();
  for (const variants of byProduct(rows).values()) {
    const best = bestOf(variants, words, isNarrowed);
    if (best) chosen.set(best.productId, best);
  }
  return chosen;
}

/** The variants of products that meet the choice. */
export function matchingStatement(
  productIds: readonly string[],
  choice: Choice,
): { statement: BuiltStatement<ListedVariant>; values: Values } {
  const values = new Values();
  const ids = values.bind(t.uuids, productIds);
  const sql = `SELECT ${variantColumns('v')}, l.buyable
    FROM variant_listing l JOIN variant v ON v.id = l.variant_id JOIN product p ON p.id = l.product_id
    WHERE l.product_id = ANY(${ids}::uuid[]) AND ${variantConditions(choice, values).join(' AND ')}
    ORDER BY v.position, v.id`;
  const row = { ...VARIANT_ROW, buyable: t.boolean };
  return { statement: preparedBy('catalog.matching', { sql, row, values }), values };
}

function byProduct(rows: readonly ListedVariant[]): Map<string, ListedVariant[]> {
  const groups = new Map<string, ListedVariant[]>();
  for (const row of rows) groups.set(row.productId, [...(groups.get(row.productId) ?? []), row]);
  return groups;
}

/** Null if no variant is preferred; the variants are in the product's order. */
function bestOf(
  variants: readonly ListedVariant[],
  words: readonly string[],
  isNarrowed: boolean,
): ListedVariant | null {
  const scores = variants.map((variant) => scoreOf(variant, words));
  const [lowest, highest] = [Math.min(...scores), Math.max(...scores)];
  if (!isNarrowed && lowest === highest) return null;
  const named = variants.filter((_variant, i) => scores[i] === highest);
  return named.find(({ buyable }) => buyable) ?? named[0] ?? null;
}

/** How many of the words the variant's name contains, in the language with most matches. */
function scoreOf({ name }: VariantRow, words: readonly string[]): number {
  const counts = Object.values(name).map((text) => {
    const own = new Set(foldText(text ?? '').split(/[^\p{L}\p{N}]+/u));
    return words.filter((word) => own.has(word)).length;
  });
  return Math.max(0, ...counts);
}

function wordsOf(search: SearchText | null): string[] {
  const words = foldText(search?.plain ?? '').split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((word) => word.length >= SHORTEST_WORD || /^\d+$/.test(word)))];
}
