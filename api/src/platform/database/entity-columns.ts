import { getMetadataArgsStorage } from 'typeorm';
import { t, type SqlType } from './sql-types.js';

/** A class that TypeORM knows as an entity. */
export type EntityClass<E> = abstract new () => E;

/** The fields of an entity that are read with it: those that are declared with `?` are read only where they are named. */
export type FieldOf<E> = { [K in keyof E & string]-?: undefined extends E[K] ? never : K }[keyof E & string];

/** Fields of an entity with their types. */
export type ShapeOf<E, F extends keyof E = FieldOf<E>> = {
  readonly [K in F]: SqlType<Exclude<E[K], undefined>>;
};

interface EntityColumn {
  readonly field: string;
  readonly column: string;
  /** Its type in PostgreSQL, a char without its length as text. */
  readonly stored: string;
  /** What follows the column where it is read: a cast, or nothing. */
  readonly cast: string;
  readonly type: SqlType<unknown>;
  readonly isRead: boolean;
}

const TYPES: Readonly<Record<string, SqlType<unknown>>> = {
  uuid: t.uuid,
  text: t.text,
  char: t.text,
  int: t.int,
  int4: t.int,
  bigint: t.int,
  boolean: t.boolean,
  timestamptz: t.timestamp,
  // Read as text, YYYY-MM-DD: the driver would make a moment of it.
  date: t.text,
  jsonb: t.json<unknown>(),
  bytea: t.bytea,
  'uuid[]': t.uuids,
  'text[]': t.texts,
  'int4[]': t.ints,
};

const described = new Map<unknown, readonly EntityColumn[]>();

function entityColumns(entity: EntityClass<unknown>): readonly EntityColumn[] {
  const known = described.get(entity);
  if (known) return known;
  const columns = getMetadataArgsStorage()
    .columns.filter(({ target }) => target === entity || isBaseOf(target, entity))
    .map(({ propertyName, options }) => {
      const name = `${String(options.type)}${options.array ? '[]' : ''}`;
      const type = TYPES[name];
      if (!type && options.select !== false)
        throw new Error(`${entity.name}.${propertyName} has the type ${name}`);
      return {
        field: propertyName,
        column: options.name ?? propertyName,
        stored: name === 'char' ? 'text' : name,
        cast: name === 'date' ? '::text' : '',
        type: options.nullable ? (type ?? t.text).orNull : (type ?? t.text),
        isRead: options.select !== false,
      };
    });
  if (columns.length === 0) throw new Error(`${entity.name} is no entity`);
  described.set(entity, columns);
  return columns;
}

/** Whether an entity has the columns of a class by extending it. */
function isBaseOf(target: unknown, entity: EntityClass<unknown>): boolean {
  return typeof target === 'function' && entity.prototype instanceof target;
}

function named<E>(entity: EntityClass<E>, fields?: readonly string[]): readonly EntityColumn[] {
  const columns = entityColumns(entity);
  if (!fields) return columns.filter(({ isRead }) => isRead);
  return fields.map((field) => {
    const column = columns.find((candidate) => candidate.field === field);
    if (!column) throw new Error(`${entity.name} has no column ${field}`);
    return column;
  });
}

/** The fields that are read with an entity, but for some. */
export function fieldsWithout<E, X extends FieldOf<E>>(
  entity: EntityClass<E>,
  left: readonly X[],
): readonly Exclude<FieldOf<E>, X>[] {
  const fields = named(entity).map(({ field }) => field as FieldOf<E>);
  return fields.filter((field): field is Exclude<FieldOf<E>, X> => !left.includes(field as X));
}

/** The columns of some fields, each with its type in PostgreSQL: for rows that come as one JSON list. */
export function columnTypes<E, F extends FieldOf<E>>(
  entity: EntityClass<E>,
  fields: readonly F[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(named(entity, fields).map(({ column, stored }) => [column, stored]));
}

/**
 * The select list of an entity, for SELECT and RETURNING: each column under the name of its field.
 *
 * @param alias of the table in the statement; null for none
 * @param fields all that are read with the entity unless given
 */
export function columnsOf<E, F extends keyof E & string = FieldOf<E>>(
  entity: EntityClass<E>,
  alias: string | null = null,
  fields?: readonly F[],
): string {
  const prefix = alias ? `${alias}.` : '';
  return named(entity, fields)
    .map(
      ({ field, column, cast }) =>
        `${prefix}${column}${cast}${column === field && !cast ? '' : ` AS "${field}"`}`,
    )
    .join(', ');
}

/** The row that `columnsOf` with the same fields selects. */
export function rowOf<E, F extends keyof E & string = FieldOf<E>>(
  entity: EntityClass<E>,
  fields?: readonly F[],
): ShapeOf<E, F> {
  return Object.fromEntries(
    named(entity, fields).map(({ field, type }) => [field, type]),
  ) as unknown as ShapeOf<E, F>;
}

/** Fields of an input that are fields of the entity `E` with the same values, or null. */
type EnteredFor<E, I> = { [K in keyof I]: K extends keyof E ? E[K] | null | undefined : never };

/**
 * The fields of an input as fields of the entity, for `insert` and `update` of its repository. Left out are those that
 * are undefined, and null for a column that is never null: it asks for the default, or (`NeverNull` refuses it earlier)
 * for no change. The compiler refuses an input with fields that are no columns of this type: public ids, lists of texts.
 */
export function enteredFields<E, I extends EnteredFor<E, I>>(
  entity: EntityClass<E>,
  input: I,
): { readonly [K in keyof I & keyof E]?: E[K] } {
  const nullable = new Map(entityColumns(entity).map(({ field, type }) => [field, type.nullable]));
  const given = Object.entries(input).filter(
    ([field, value]) => value !== undefined && (value !== null || nullable.get(field)),
  );
  return Object.fromEntries(given) as { [K in keyof I & keyof E]?: E[K] };
}
