import {
  connectionOf,
  pageRequest,
  type Connection,
  type CursorCodec,
  type PageArguments,
} from '../../kernel/pagination.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { statement, type Querying } from '../../platform/database/database.js';
import type { ReturnRow } from './return.loaders.js';
import type { ReturnSort } from './return.input.js';
import type { ReturnState } from './return-states.js';
import { RETURNS } from './return.statements.js';

export interface ReturnQuery {
  /** The beginning of a return's or an order's number, or part of an e-mail address. */
  readonly search?: string | null | undefined;
  readonly states?: readonly ReturnState[] | null | undefined;
}

// One text for every filter: a parameter that is null does not narrow.
const CONDITIONS = `($1::text IS NULL OR lower(r.number) LIKE $1 || '%' OR o.number LIKE $1 || '%' OR lower(o.email) LIKE '%' || $1 || '%')
  AND ($2::text[] IS NULL OR r.state = ANY($2))`;

const countReturns = statement(
  'returns.count',
  `SELECT count(*)::int AS count FROM (
     SELECT 1 FROM order_return r JOIN shop_order o ON o.id = r.order_id WHERE ${CONDITIONS} LIMIT ${COUNT_CAP}) capped`,
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
    const list = statement(
      `returns.list.${direction}`,
      `SELECT ${RETURNS} WHERE ${CONDITIONS}
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
    return (await this.database.row<{ count: number }>(countReturns, toValues(query)))?.count ?? 0;
  }
}

function toValues({ search, states }: ReturnQuery): unknown[] {
  const term = search?.trim().slice(0, 100).toLowerCase() || null;
  // LIKE's own signs are made harmless.
  return [term && term.replace(/[\\%_]/g, '\\$&'), states ?? null];
}
