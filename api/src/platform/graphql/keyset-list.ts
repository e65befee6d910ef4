import { type CursorCodec } from '../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageArguments } from '../../kernel/pagination.js';
import { statement, type Querying } from '../database/database.js';
import { COUNT_CAP } from './connection.js';

export type Page<T> = Connection<T> & { totalCount: () => Promise<number> };

/** A list, newest first: the table, its time column, and conditions over parameters $1 to $n. */
export interface ListShape {
  readonly name: string;
  readonly columns: string;
  readonly from: string;
  readonly time: string;
  readonly id: string;
  readonly conditions: string;
  readonly parameters: number;
}

/** Reads a page of the list; its total is counted on demand. */
export async function readPage<T extends { id: string }>(
  database: Querying,
  cursors: CursorCodec,
  shape: ListShape,
  { values, page, timeOf }: { values: unknown[]; page: PageArguments; timeOf: (row: T) => Date },
): Promise<Page<T>> {
  const { name, columns, from, time, id, conditions, parameters: n } = shape;
  const request = pageRequest(page, name, cursors, 20);
  const [sign, direction] = request.backward ? ['>', 'ASC'] : ['<', 'DESC'];
  const list = statement(
    `${name}.${direction}`,
    `SELECT ${columns} FROM ${from} WHERE ${conditions}
       AND ($${n + 1}::timestamptz IS NULL OR (${time}, ${id}) ${sign} ($${n + 1}::timestamptz, $${n + 2}::uuid))
     ORDER BY ${time} ${direction}, ${id} ${direction} LIMIT $${n + 3}`,
  );
  const { cursor, size } = request;
  const rows = await database.rows<T>(list, [...values, cursor?.value ?? null, cursor?.id ?? null, size + 1]);
  const count = statement(
    `${name}.count`,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} WHERE ${conditions} LIMIT ${COUNT_CAP}) capped`,
  );
  const connection = connectionOf(rows, request, (row) =>
    cursors.encode(name, { value: timeOf(row).toISOString(), id: row.id }),
  );
  return {
    ...connection,
    totalCount: async () => (await database.row<{ count: number }>(count, values))?.count ?? 0,
  };
}
