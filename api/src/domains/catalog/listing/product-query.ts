import { InvalidInputError } from '../../../kernel/errors.js';
import type { PageRequest } from '../../../kernel/pagination.js';
import { foundBy } from '../../../platform/database/found-by.js';
import {
  statement,
  t,
  type Shape,
  type SqlType,
  type Statement,
  type ValuesOf,
} from '../../../platform/database/database.js';
import type { SearchText } from './search-text.js';
import { PRODUCT_ROW, productColumns, type ProductRow } from '../rows.js';

/** Collects a statement's parameters and their values while its text is built. */
export class Values {
  readonly params: Record<string, SqlType<unknown>> = {};
  readonly given: Record<string, unknown> = {};

  /** Returns the parameter of the value, for the text. */
  bind<T>(type: SqlType<T>, value: T extends readonly (infer E)[] ? readonly E[] : T): string {
    const name = `p${Object.keys(this.params).length + 1}`;
    this.params[name] = type;
    this.given[name] = value;
    return `:${name}`;
  }
}

/** A statement whose text was built, with parameters that its `Values` have. */
export type BuiltStatement<R> = Statement<Readonly<Record<string, unknown>>, R>;

const known = new Map<string, BuiltStatement<unknown>>();

/**
 * One prepared statement for each text. Texts are built from a bounded set of fragments, never from values, so their
 * number is bounded too.
 */
export function preparedBy<R extends Shape>(
  prefix: string,
  { sql, row, values }: { readonly sql: string; readonly row: R; readonly values: Values },
): BuiltStatement<ValuesOf<R>> {
  let prepared = known.get(sql);
  if (!prepared) {
    prepared = statement(`${prefix}-${known.size}`, {
      params: values.params,
      row,
      sql,
    }) as BuiltStatement<unknown>;
    known.set(sql, prepared);
  }
  return prepared as BuiltStatement<ValuesOf<R>>;
}

/** With fewer exact matches than this, similar names are included. */
const FEW = 3;

/** Ranks are integers, so that a cursor compares exactly; a match of words ranks above any similarity. */
const RANK = 1_000_000;

/**
 * The common table `found (id, rank)`: what a search matches before any filter, hence the same for page and facets.
 */
export function foundProducts(
  search: SearchText,
  values: Values,
  status: string,
  sources?: readonly string[],
): string {
  const words = values.bind(t.text, search.words);
  const prefix = values.bind(t.text, search.prefix);
  const alike = values.bind(t.text, search.alike);
  const partMatches = sources
    ? `parts AS MATERIALIZED (${foundBy(values.bind(t.text, search.plain), sources)}),`
    : '';
  return `q AS MATERIALIZED (
      SELECT websearch_to_tsquery('simple', plain_text(${words})) && CASE WHEN b.begun = '' THEN '' ELSE to_tsquery('simple', '''' || b.begun || ''':*') END AS query,
        plain_text(${alike}) AS term
      FROM (SELECT btrim(regexp_replace(plain_text(${prefix}), '[^[:alnum:]]+', ' ', 'g')) AS begun) b
    ),
    hits AS MATERIALIZED (
      SELECT p.id, ${RANK} + (ts_rank(p.search, q.query) * ${RANK})::bigint AS rank
      FROM q JOIN product p ON p.search @@ q.query WHERE ${status}
    ),
    ${partMatches}
    found AS MATERIALIZED (
      SELECT id, rank FROM hits
      ${partMatches && `UNION ALL SELECT id, ${RANK} FROM parts WHERE id NOT IN (SELECT id FROM hits)`}
      UNION ALL
      SELECT p.id, (l.likeness * ${RANK})::bigint
      FROM q CROSS JOIN LATERAL product_like(q.term) l JOIN product p ON p.id = l.id
      WHERE (SELECT count(*) FROM hits) < ${FEW} AND q.term <> '' AND ${status} AND p.id NOT IN (SELECT id FROM hits)
        ${partMatches && 'AND p.id NOT IN (SELECT id FROM parts)'}
    )`;
}

interface SortOrder {
  readonly by: string;
  readonly type: 'timestamptz' | 'bigint' | 'text';
  readonly descending: boolean;
}

const ORDERS = {
  NEWEST: { by: 'p.created_at', type: 'timestamptz', descending: true },
  OLDEST: { by: 'p.created_at', type: 'timestamptz', descending: false },
  UPDATED_DESC: { by: 'p.updated_at', type: 'timestamptz', descending: true },
  UPDATED_ASC: { by: 'p.updated_at', type: 'timestamptz', descending: false },
  PRICE_ASC: { by: 'p.min_price', type: 'bigint', descending: false },
  PRICE_DESC: { by: 'p.min_price', type: 'bigint', descending: true },
  NAME_ASC: { by: 'p.name_sort', type: 'text', descending: false },
  NAME_DESC: { by: 'p.name_sort', type: 'text', descending: true },
  RELEVANCE: { by: 'f.rank', type: 'bigint', descending: true },
} as const satisfies Record<string, SortOrder>;

export type SortName = keyof typeof ORDERS;

export type PageRow = ProductRow & { readonly sortValue: Date | string | number };

const SORT_VALUES: Readonly<Record<SortOrder['type'], SqlType<Date | string | number>>> = {
  timestamptz: t.timestamp,
  bigint: t.int,
  text: t.text,
};

// The limit is part of the text because a prepared plan with a parameter as limit estimates far too many rows.
const LIMITS = [13, 25, 49, 101];

export interface PageQuery {
  readonly sort: SortName;
  readonly page: PageRequest;
  readonly search: SearchText | null;
  /** Sources of `foundBy` in which parts of words are searched as well. */
  readonly sources?: readonly string[];
  /** The rows that belong to this list at all, as a condition on `p` without values. */
  readonly scope: string;
  readonly conditions: (values: Values) => string[];
}

/** One page, with one extra row if more follow. */
export function pageStatement({ sort, page, search, sources, scope, conditions }: PageQuery): {
  statement: BuiltStatement<PageRow>;
  values: Values;
} {
  const values = new Values();
  const order: SortOrder = ORDERS[sort];
  const found = search ? `WITH ${foundProducts(search, values, scope, sources)} ` : '';
  const where = [scope, ...conditions(values)];
  const descending = order.descending !== page.backward;
  if (page.cursor) {
    const value = values.bind(t.sortValue(order.type), page.cursor.value);
    const id = values.bind(t.uuid, page.cursor.id);
    where.push(`(${order.by}, p.id) ${descending ? '<' : '>'} (${value}::${order.type}, ${id}::uuid)`);
  }
  const direction = descending ? 'DESC' : 'ASC';
  const limit = LIMITS.find((rows) => rows > page.size);
  const sql = `${found}SELECT ${productColumns('p')}, ${order.by} AS "sortValue"
    FROM product p ${search ? 'JOIN found f ON f.id = p.id ' : ''}WHERE ${where.join(' AND ')}
    ORDER BY ${order.by} ${direction}, p.id ${direction} LIMIT ${limit}`;
  const row = { ...PRODUCT_ROW, sortValue: SORT_VALUES[order.type] };
  return { statement: preparedBy('catalog.page', { sql, row, values }), values };
}

export function cursorOf(row: PageRow): { value: string | number; id: string } {
  const { sortValue, id } = row;
  return { value: sortValue instanceof Date ? sortValue.toISOString() : sortValue, id };
}

/** @throws InvalidInputError if a list in a filter is longer than allowed */
export function assertAtMost(list: readonly unknown[] | null | undefined, most: number, field: string): void {
  if ((list?.length ?? 0) > most) throw new InvalidInputError(`At most ${most} entries.`, ['filter', field]);
}
