import { anyOf, anyOfIds } from '../../../kernel/any-of.js';
import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import type { IdRange } from '../../../platform/graphql/keyset-list.js';
import { statement, statementPerChoice, t, type Querying } from '../../../platform/database/database.js';
import { foundBy, searchTerm } from '../../../platform/database/found-by.js';
import { ORDER_SOURCES } from '../../orders/index.js';
import type { ReturnRow } from '../return.loaders.js';
import type { ReturnFilter, ReturnSort } from '../return.input.js';
import type { ReturnStatus } from '../return-states.js';
import { RETURN_ROW, RETURNS } from '../return.statements.js';

export interface ReturnQuery {
  /** A return's number, or whatever finds its order. */
  readonly search?: string | null | undefined;
  readonly statuses?: readonly ReturnStatus[] | null | undefined;
  readonly ids?: readonly string[] | null | undefined;
}

/** What search and filter of the list mean. */
export const returnQuery = (
  search: string | null | undefined,
  filter: ReturnFilter | null | undefined,
): ReturnQuery => ({ search, statuses: filter?.statuses, ids: anyOfIds('ret', filter?.ids) });

const FOUND = `r.id IN (${foundBy(':search', [
  'SELECT id FROM order_return WHERE search_text LIKE w.pattern',
  ...ORDER_SOURCES.map((source) => `SELECT id FROM order_return WHERE order_id IN (${source})`),
])})`;

/** Two texts, because only a search that stands alone, not behind an OR, begins with what it finds. */
const conditions = (searching: boolean): string =>
  `${searching ? FOUND : ':search::text IS NULL'} AND (:statuses::text[] IS NULL OR r.status = ANY(:statuses))
    AND (:ids::uuid[] IS NULL OR r.id = ANY(:ids))`;

const FILTER = {
  search: t.text.orNull,
  statuses: t.textsOf<ReturnStatus>().orNull,
  ids: t.uuids.orNull,
};
const EITHER = [true, false];

const pageOfReturns = statementPerChoice({ down: EITHER, searching: EITHER }, ({ down, searching }) => {
  const direction = down ? 'DESC' : 'ASC';
  return statement(`returns.list.${direction}${searching ? '.search' : ''}`, {
    params: { ...FILTER, afterTime: t.sortValue('timestamptz'), afterId: t.uuid.orNull, limit: t.int },
    row: RETURN_ROW,
    sql: `SELECT ${RETURNS} WHERE ${conditions(searching)}
         AND (:afterTime::timestamptz IS NULL OR (r.created_at, r.id) ${down ? '<' : '>'} (:afterTime::timestamptz, :afterId::uuid))
       ORDER BY r.created_at ${direction}, r.id ${direction} LIMIT :limit`,
  });
});

const countOfReturns = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`returns.count${searching ? '.search' : ''}`, {
    params: FILTER,
    row: { count: t.int },
    sql: `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM order_return r JOIN shop_order o ON o.id = r.order_id WHERE ${conditions(searching)} LIMIT ${COUNT_CAP}) capped`,
  }),
);

const idsOfReturns = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`returns.ids${searching ? '.search' : ''}`, {
    params: { ...FILTER, after: t.uuid.orNull, last: t.uuid, limit: t.int },
    row: { id: t.uuid },
    sql: `SELECT r.id FROM order_return r JOIN shop_order o ON o.id = r.order_id WHERE ${conditions(searching)}
       AND (:after::uuid IS NULL OR r.id > :after) AND r.id <= :last::uuid ORDER BY r.id LIMIT :limit`,
  }),
);

/** Lists returns by keyset. */
export class ReturnList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  async page(query: ReturnQuery, page: PageArguments, sort: ReturnSort): Promise<Connection<ReturnRow>> {
    const request = pageRequest(page, `returns.${sort}`, this.cursors, 20);
    const down = (sort === 'NEWEST') !== request.backward;
    const filter = filterOf(query);
    const { cursor, size } = request;
    const rows = await this.database.rows(pageOfReturns({ down, searching: filter.search !== null }), {
      ...filter,
      afterTime: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    return connectionOf(rows, request, ({ createdAt, id }) =>
      this.cursors.encode(`returns.${sort}`, { value: createdAt.toISOString(), id }),
    );
  }

  /** The ids of the next returns that match, by rising id: for work on many of them. */
  async idsBetween(querying: Querying, query: ReturnQuery, range: IdRange): Promise<string[]> {
    const filter = filterOf(query);
    const ids = idsOfReturns({ searching: filter.search !== null });
    return (await querying.rows(ids, { ...filter, ...range })).map(({ id }) => id);
  }

  async count(query: ReturnQuery): Promise<number> {
    const filter = filterOf(query);
    const statement = countOfReturns({ searching: filter.search !== null });
    return (await this.database.row(statement, filter))?.count ?? 0;
  }
}

function filterOf({ search, statuses, ids }: ReturnQuery) {
  return { search: searchTerm(search), statuses: anyOf(statuses), ids: ids ? [...ids] : null };
}
