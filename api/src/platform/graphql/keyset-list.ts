import { type CursorCodec } from '../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageArguments } from '../../kernel/pagination.js';
import {
  statement,
  statementPerChoice,
  t,
  type GivenOf,
  type Querying,
  type Shape,
  type Statement,
  type ValuesOf,
} from '../database/database.js';
import { COUNT_CAP } from './connection.js';

export type Page<T> = Connection<T> & { totalCount: () => Promise<number> };

/** A list, newest first: the table, its time column, and conditions over the parameters of its filter. */
interface ListShape<P extends Shape, R extends Shape> {
  readonly name: string;
  readonly row: R;
  readonly columns: string;
  readonly from: string;
  readonly time: string;
  readonly id: string;
  readonly filter: P;
  readonly conditions: string;
}

interface PageRequested<P, R> {
  readonly filter: P;
  readonly page: PageArguments;
  readonly timeOf: (row: R) => Date;
}

interface ReadPage<P, R> {
  (database: Querying, cursors: CursorCodec, requested: PageRequested<P, R>): Promise<Page<R>>;
}

/** Objects by rising id: after one, up to and including another. */
export interface IdRange {
  readonly after: string | null;
  readonly last: string;
  readonly limit: number;
}

interface KeysetList<P, R> extends ReadPage<P, R> {
  /** The ids of the next rows that match, by rising id: for work on many of them. */
  readonly ids: (querying: Querying, filter: P, range: IdRange) => Promise<string[]>;
}

/** Declares the statements of a list. The function reads a page of it; its total is counted on demand. */
export function keysetList<P extends Shape, R extends Shape>(
  shape: ListShape<P, R>,
): KeysetList<GivenOf<P>, ValuesOf<R> & { readonly id: string }> {
  type Row = ValuesOf<R> & { readonly id: string };
  const { name, row, columns, from, time, id, filter: params, conditions } = shape;
  const pageOf = statementPerChoice({ backward: [true, false] }, ({ backward }) => {
    const [sign, direction] = backward ? ['>', 'ASC'] : ['<', 'DESC'];
    return statement(`${name}.${direction}`, {
      params: {
        ...params,
        afterTime: t.sortValue('timestamptz'),
        afterId: t.uuid.orNull,
        limit: t.int,
      } as Shape,
      row: row as Shape,
      sql: `SELECT ${columns} FROM ${from} WHERE ${conditions}
       AND (:afterTime::timestamptz IS NULL OR (${time}, ${id}) ${sign} (:afterTime::timestamptz, :afterId::uuid))
     ORDER BY ${time} ${direction}, ${id} ${direction} LIMIT :limit`,
    }) as Statement<Readonly<Record<string, unknown>>, unknown> as Statement<
      Readonly<Record<string, unknown>>,
      Row
    >;
  });
  const count = countOf(shape);
  const idsBetween = idsOf(shape);
  const readPage: ReadPage<GivenOf<P>, Row> = async (database, cursors, { filter, page, timeOf }) => {
    const request = pageRequest(page, name, cursors, 20);
    const { cursor, size } = request;
    const given: Readonly<Record<string, unknown>> = { ...filter };
    const rows = await database.rows(pageOf({ backward: request.backward }), {
      ...given,
      afterTime: cursor?.value ?? null,
      afterId: cursor?.id ?? null,
      limit: size + 1,
    });
    const connection = connectionOf(rows, request, (last) =>
      cursors.encode(name, { value: timeOf(last).toISOString(), id: last.id }),
    );
    return {
      ...connection,
      totalCount: async () => (await database.row(count, given))?.count ?? 0,
    };
  };
  return Object.assign(readPage, {
    ids: async (querying: Querying, filter: GivenOf<P>, range: IdRange) => {
      const given: Readonly<Record<string, unknown>> = { ...filter, ...range };
      return (await querying.rows(idsBetween, given)).map((row) => row.id);
    },
  });
}

function idsOf({ name, from, id, filter, conditions }: ListShape<Shape, Shape>) {
  return statement(`${name}.ids`, {
    params: { ...filter, after: t.uuid.orNull, last: t.uuid, limit: t.int } as Shape,
    row: { id: t.uuid },
    sql: `SELECT ${id} AS id FROM ${from} WHERE ${conditions} AND (:after::uuid IS NULL OR ${id} > :after) AND ${id} <= :last::uuid
     ORDER BY ${id} LIMIT :limit`,
  });
}

function countOf({ name, from, filter, conditions }: ListShape<Shape, Shape>) {
  return statement(`${name}.count`, {
    params: filter,
    row: { count: t.int },
    sql: `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${from} WHERE ${conditions} LIMIT ${COUNT_CAP}) capped`,
  });
}
