import { anyOf } from '../../../kernel/any-of.js';
import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { statement, type Querying, type PositionalStatement } from '../../../platform/database/database.js';
import { foundBy, searchTerm } from '../../../platform/database/found-by.js';
import { ORDER_SOURCES } from '../../orders/index.js';
import type { ReturnRow } from '../return.loaders.js';
import type { ReturnSort } from '../return.input.js';
import type { ReturnStatus } from '../return-states.js';
import { RETURNS } from '../return.statements.js';

export interface ReturnQuery {
  /** A return's number, or whatever finds its order. */
  readonly search?: string | null | undefined;
  readonly statuses?: readonly ReturnStatus[] | null | undefined;
}

const FOUND = `r.id IN (${foundBy('$1', [
  'SELECT id FROM order_return WHERE search_text LIKE w.pattern',
  ...ORDER_SOURCES.map((source) => `SELECT id FROM order_return WHERE order_id IN (${source})`),
])})`;

/** Two texts, because only a search that stands alone, not behind an OR, begins with what it finds. */
const conditions = (term: string | null): string =>
  `${term ? FOUND : '$1::text IS NULL'} AND ($2::text[] IS NULL OR r.status = ANY($2))`;

const countReturns = (term: string | null): PositionalStatement =>
  statement(
    `returns.count${term ? '.search' : ''}`,
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM order_return r JOIN shop_order o ON o.id = r.order_id WHERE ${conditions(term)} LIMIT ${COUNT_CAP}) capped`,
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
    const direction = down ? 'DESC' : 'ASC';
    const term = searchTerm(query.search);
    const list = statement(
      `returns.list.${direction}${term ? '.search' : ''}`,
      `SELECT ${RETURNS} WHERE ${conditions(term)}
         AND ($3::timestamptz IS NULL OR (r.created_at, r.id) ${down ? '<' : '>'} ($3::timestamptz, $4::uuid))
       ORDER BY r.created_at ${direction}, r.id ${direction} LIMIT $5`,
    );
    const { cursor, size } = request;
    const rows = await this.database.rows<ReturnRow>(list, [
      ...toValues(query),
      cursor?.value ?? null,
      cursor?.id ?? null,
      size + 1,
    ]);
    return connectionOf(rows, request, ({ createdAt, id }) =>
      this.cursors.encode(`returns.${sort}`, { value: createdAt.toISOString(), id }),
    );
  }

  async count(query: ReturnQuery): Promise<number> {
    const counted = countReturns(searchTerm(query.search));
    return (await this.database.row<{ count: number }>(counted, toValues(query)))?.count ?? 0;
  }
}

function toValues({ search, statuses }: ReturnQuery): unknown[] {
  return [searchTerm(search), anyOf(statuses)];
}
