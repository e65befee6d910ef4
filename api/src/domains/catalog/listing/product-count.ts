import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { t } from '../../../platform/database/database.js';
import type { CountRow } from './facet-counts.js';
import { choiceConditions, failedGroups, narrowsVariants } from './facets.js';
import { ON_SALE, type Narrowed } from './product-conditions.js';
import { foundProducts, preparedBy, Values, type BuiltStatement } from './product-query.js';

/**
 * Counts what a list matches: with facets for each value and group of the filter, else only all together, at most
 * `COUNT_CAP`.
 */
export function countStatement(
  { search, choice, base }: Narrowed,
  withFacets: boolean,
  withNumbers: boolean,
): { statement: BuiltStatement<CountRow>; values: Values } {
  const values = new Values();
  const found = search ? `${foundProducts(search, values, ON_SALE)}, ` : '';
  // Without conditions on variants the product's own row suffices, which is several times faster.
  const byVariant = narrowsVariants(choice);
  const products = `FROM product p ${search ? 'JOIN found f ON f.id = p.id ' : ''}`;
  const listing = byVariant ? 'JOIN variant_listing l ON l.product_id = p.id ' : '';
  const where = `WHERE ${[ON_SALE, ...base(values)].join(' AND ')}`;
  const buyable = choice.inStock ? ' AND l.buyable' : '';
  const columns = byVariant
    ? `p.id, l.price AS low, l.price AS high, p.tag_ids || l.value_ids AS value_ids${withNumbers ? ', l.numbers' : ''}`
    : 'p.id, p.min_price AS low, p.max_price AS high, p.tag_ids || p.facet_value_ids AS value_ids';
  const ofNumbers = withNumbers ? ', NULL::float8 AS least, NULL::float8 AS greatest' : '';
  const listed = byVariant ? 'nearly n' : 'nearly n JOIN variant_listing l ON l.product_id = n.id';
  // Numbers stand at the variants, those of products too.
  const numbers = `UNION ALL SELECT number.key::uuid, fails, count(DISTINCT n.id)::int, NULL, NULL, min(number.value::float8), max(number.value::float8)
       FROM ${listed}, jsonb_each_text(${byVariant ? 'n' : 'l'}.numbers) AS number GROUP BY number.key, fails`;
  const count = byVariant ? 'count(DISTINCT id)::int' : 'count(*)::int';
  const sql = withFacets
    ? `WITH ${found}matching AS MATERIALIZED (
         SELECT ${columns}, ${failedGroups(choice, values)} AS fails ${products}${listing}${where}${buyable}
       ),
       -- What fails two groups counts for no value at all.
       nearly AS (SELECT * FROM matching WHERE fails & (fails - 1) = 0)
       SELECT NULL::uuid AS "valueId", fails, ${count} AS count, min(low) AS low, max(high) AS high${ofNumbers}
       FROM nearly GROUP BY fails
       UNION ALL
       SELECT value_id, fails, ${count}, NULL, NULL${ofNumbers} FROM nearly, unnest(value_ids) AS value_id GROUP BY value_id, fails
       ${withNumbers ? numbers : ''}`
    : `${found ? `WITH ${found.replace(/, $/, ' ')}` : ''}
       SELECT NULL::uuid AS "valueId", 0 AS fails, count(*)::int AS count FROM (
         SELECT 1 ${products}${[where, ...choiceConditions(choice, values)].join(' AND ')} LIMIT ${COUNT_CAP}
       ) counted`;
  const row = { valueId: t.uuid.orNull, fails: t.int, count: t.int };
  const facetRow = { ...row, low: t.int.orNull, high: t.int.orNull };
  const numberRow = { ...facetRow, least: t.double.orNull, greatest: t.double.orNull };
  const statement: BuiltStatement<CountRow> = withFacets
    ? preparedBy('catalog.count', { sql, row: withNumbers ? numberRow : facetRow, values })
    : preparedBy('catalog.count', { sql, row, values });
  return { statement, values };
}
