/** The type of one column or parameter of a statement: which types of PostgreSQL it may have, and its values here. */
export interface SqlType<T> {
  readonly name: string;
  /** The object ids of PostgreSQL's types (`pg_type.oid`) that have such values. */
  readonly oids: readonly number[];
  readonly nullable: boolean;
  /** Turns a parameter into what the driver sends; null when it is sent as it is. */
  readonly encode: ((value: unknown) => unknown) | null;
  /** The same type, or null. */
  readonly orNull: SqlType<T | null>;
  /** Never there: it carries the type of the values for the compiler. */
  readonly value?: T;
}

/** Names with their types: the columns of a row, or the parameters of a statement. */
export type Shape = Readonly<Record<string, SqlType<unknown>>>;

/** The values that a shape describes. */
export type ValuesOf<S> = { -readonly [K in keyof S]: S[K] extends SqlType<infer T> ? T : never };

/** The values that are given for the parameters of a shape: lists may be read-only, and a parameter optional. */
export type GivenOf<S> = { [K in keyof S]: NonNullable<S[K]> extends SqlType<infer T> ? Given<T> : never };

type Given<T> = T extends readonly (infer E)[] ? readonly E[] : T;

function type<T>(
  name: string,
  oids: readonly number[],
  encode: ((value: unknown) => unknown) | null = null,
): SqlType<T> {
  const orNull = { name: `${name} or null`, oids, encode, nullable: true } as { orNull?: SqlType<T | null> };
  orNull.orNull = orNull as SqlType<T | null>;
  return { name, oids, encode, nullable: false, orNull: orNull as SqlType<T | null> };
}

const text = type<string>('text', [25, 1043, 1042, 19]);
const int = type<number>('int', [23, 20, 21]);
const array = (name: string, oids: readonly number[]): SqlType<never> => type<never>(name, oids);
const jsonType = type<unknown>('json', [3802, 114], (value) => JSON.stringify(value));
const uuids = array('uuid[]', [2951]);
const texts = array('text[]', [1009, 1015, 1014]);
const ints = array('int[]', [1007, 1016, 1005]);
const timestamp = type<Date>('timestamptz', [1184]);

/** The types of columns and parameters, as `statement` takes them. */
export const t = {
  uuid: type<string>('uuid', [2950]),
  /** text, varchar or char. */
  text,
  /** A text of which the values are known: `t.textOf<OrderStatus>()`. */
  textOf: <T extends string>(): SqlType<T> => text as SqlType<string> as SqlType<T>,
  /** smallint, integer or bigint: a number that is safe, or the driver throws. */
  int,
  /** real or double precision. */
  double: type<number>('double', [701, 700]),
  boolean: type<boolean>('boolean', [16]),
  /** A moment; the driver makes a Date of it. */
  timestamp,
  /** A moment that a cursor or a filter gives as text (ISO 8601): for parameters only. */
  timestampText: timestamp as SqlType<unknown> as SqlType<string>,
  /** The sort value of a cursor, for a parameter that the statement casts to this type. */
  sortValue: (cast: 'timestamptz' | 'text' | 'bigint' | 'int'): SqlType<string | number | null> =>
    ({ timestamptz: timestamp, text, bigint: int, int })[cast].orNull as SqlType<unknown> as SqlType<
      string | number | null
    >,
  /** A length of time as text: '90 seconds'. For parameters only. */
  interval: type<string>('interval', [1186]),
  /** What a function that returns void gives: the driver makes an empty text of it. */
  nothing: type<string>('void', [2278]),
  bytea: type<Buffer>('bytea', [17]),
  /** json or jsonb. A parameter is given as the value itself: the statement turns it into JSON. */
  json: <T>(): SqlType<T> => jsonType as SqlType<T>,
  /** A parameter that is JSON already. */
  jsonText: type<string>('json', [3802, 114]),
  jsonTexts: type<string[]>('jsonb[]', [3807]),
  /** A day without a time, as YYYY-MM-DD: for parameters only, since the driver makes a Date of a column. */
  dayText: type<string>('date', [1082]),
  uuids: uuids as SqlType<unknown> as SqlType<string[]>,
  texts: texts as SqlType<unknown> as SqlType<string[]>,
  textsOf: <T extends string>(): SqlType<T[]> => texts as SqlType<unknown> as SqlType<T[]>,
  booleans: array('boolean[]', [1000]) as SqlType<unknown> as SqlType<boolean[]>,
  /** A list of which single elements may be null. */
  uuidsOrNulls: uuids as SqlType<unknown> as SqlType<(string | null)[]>,
  textsOrNulls: texts as SqlType<unknown> as SqlType<(string | null)[]>,
  ints: ints as SqlType<unknown> as SqlType<number[]>,
} as const;
