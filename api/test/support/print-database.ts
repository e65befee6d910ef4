import type pg from 'pg';

/** A part of the printed schema: the module, and the tables that it owns, each with its retention. */
export interface Section {
  readonly title: string;
  readonly tables: Readonly<Record<string, string>>;
}

interface Part {
  readonly table: string;
  readonly text: string;
}

const OURS = `namespace.nspname = 'public'`;

const columns = `SELECT class.relname AS "table", '  ' || quote_ident(attribute.attname) || ' ' || format_type(attribute.atttypid, attribute.atttypmod)
    || CASE WHEN attribute.attnotnull THEN ' NOT NULL' ELSE '' END
    || CASE WHEN attribute.attidentity <> '' THEN ' GENERATED ' || CASE attribute.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END || ' AS IDENTITY' ELSE '' END
    || CASE WHEN attribute.attgenerated = 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(initial.adbin, initial.adrelid) || ') STORED'
            WHEN initial.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(initial.adbin, initial.adrelid) ELSE '' END AS text
  FROM pg_attribute attribute
  JOIN pg_class class ON class.oid = attribute.attrelid AND class.relkind IN ('r', 'p')
  JOIN pg_namespace namespace ON namespace.oid = class.relnamespace AND ${OURS}
  LEFT JOIN pg_attrdef initial ON initial.adrelid = attribute.attrelid AND initial.adnum = attribute.attnum
  WHERE attribute.attnum > 0 AND NOT attribute.attisdropped
  ORDER BY class.relname COLLATE "C", attribute.attnum`;

// NOT NULL stands beside the column; from PostgreSQL 18 on it is a constraint as well.
const constraints = `SELECT class.relname AS "table", '  CONSTRAINT ' || quote_ident(con.conname) || ' ' || pg_get_constraintdef(con.oid, true) AS text
  FROM pg_constraint con
  JOIN pg_class class ON class.oid = con.conrelid
  JOIN pg_namespace namespace ON namespace.oid = class.relnamespace AND ${OURS}
  WHERE con.contype IN ('p', 'u', 'x', 'f', 'c')
  ORDER BY class.relname COLLATE "C", position(con.contype::text IN 'puxfc'), con.conname COLLATE "C"`;

// The indexes of keys are made by their constraints.
const indexes = `SELECT class.relname AS "table", pg_get_indexdef(entry.indexrelid) || ';' AS text
  FROM pg_index entry
  JOIN pg_class class ON class.oid = entry.indrelid
  JOIN pg_namespace namespace ON namespace.oid = class.relnamespace AND ${OURS}
  WHERE NOT EXISTS (SELECT 1 FROM pg_constraint con WHERE con.conindid = entry.indexrelid AND con.contype IN ('p', 'u', 'x'))
  ORDER BY class.relname COLLATE "C", entry.indexrelid::regclass::text COLLATE "C"`;

const triggers = `SELECT class.relname AS "table", pg_get_triggerdef(tg.oid, true) || ';' AS text
  FROM pg_trigger tg
  JOIN pg_class class ON class.oid = tg.tgrelid
  JOIN pg_namespace namespace ON namespace.oid = class.relnamespace AND ${OURS}
  WHERE NOT tg.tgisinternal
  ORDER BY class.relname COLLATE "C", tg.tgname COLLATE "C"`;

const functions = `SELECT '' AS "table", rtrim(pg_get_functiondef(routine.oid), E'\\n ') || ';' AS text
  FROM pg_proc routine
  JOIN pg_namespace namespace ON namespace.oid = routine.pronamespace AND ${OURS}
  WHERE NOT EXISTS (SELECT 1 FROM pg_depend link WHERE link.objid = routine.oid AND link.deptype = 'e')
  ORDER BY routine.proname COLLATE "C", pg_get_function_identity_arguments(routine.oid) COLLATE "C"`;

const extensions = `SELECT '' AS "table", 'CREATE EXTENSION ' || quote_ident(extname) || ';' AS text
  FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY extname COLLATE "C"`;

// A sequence of a column stands in its default, or is its identity.
const sequences = `SELECT '' AS "table", 'CREATE SEQUENCE ' || quote_ident(sequencename) || ' START ' || start_value || ';' AS text
  FROM pg_sequences WHERE schemaname = 'public'
    AND NOT EXISTS (SELECT 1 FROM pg_depend link WHERE link.objid = quote_ident(sequencename)::regclass AND link.deptype IN ('a', 'i'))
  ORDER BY sequencename COLLATE "C"`;

const views = `SELECT '' AS "table", 'CREATE VIEW ' || quote_ident(viewname) || E' AS\\n' || definition AS text
  FROM pg_views WHERE schemaname = 'public' ORDER BY viewname COLLATE "C"`;

const textSearch = `SELECT '' AS "table", 'CREATE TEXT SEARCH CONFIGURATION ' || quote_ident(config.cfgname) || ';' AS text
  FROM pg_ts_config config JOIN pg_namespace namespace ON namespace.oid = config.cfgnamespace AND ${OURS}
  ORDER BY config.cfgname COLLATE "C"`;

/** PostgreSQL prints lists of values, casts and defaults in full. Functions stay as they were written. */
const shortened = (text: string): string =>
  text
    .replaceAll(/('(?:[^']|'')*')::text\b(?!\[)/g, '$1')
    .replaceAll(/ = ANY \(ARRAY\[([^\]]*)\]\)/g, ' IN ($1)')
    .replaceAll(' ON public.', ' ON ')
    .replaceAll(' USING btree', '');

const heading = (title: string): string => `-- ${'-'.repeat(77)}\n-- ${title}\n-- ${'-'.repeat(77)}`;

/**
 * The migrated database as SQL to read: tables by the module that owns them, each with its constraints, indexes and
 * triggers, then the functions. The same migrations always give the same text.
 *
 * It is no dump: nothing restores a database from it.
 *
 * @throws Error for a table that no section names
 */
export async function printDatabase(client: pg.Client, sections: readonly Section[]): Promise<string> {
  const read = async (sql: string): Promise<Part[]> => (await client.query<Part>(sql)).rows;
  const [ofColumns, ofConstraints, ofIndexes, ofTriggers] = [
    await read(columns),
    await read(constraints),
    await read(indexes),
    await read(triggers),
  ];
  const named = new Set(sections.flatMap(({ tables }) => Object.keys(tables)));
  const unnamed = ofColumns.find(({ table }) => !named.has(table));
  if (unnamed) throw new Error(`${unnamed.table} belongs to no module`);
  const of = (parts: readonly Part[], table: string): string[] =>
    parts.filter((part) => part.table === table).map(({ text }) => shortened(text));
  const printTable = ([table, retention]: readonly [string, string]): string => {
    const inside = [...of(ofColumns, table), ...of(ofConstraints, table)].join(',\n');
    return [
      `-- ${retention}\nCREATE TABLE ${table} (\n${inside}\n);`,
      ...of(ofIndexes, table),
      ...of(ofTriggers, table),
    ].join('\n');
  };
  const texts = async (sql: string): Promise<string> => (await read(sql)).map(({ text }) => text).join('\n');
  return [
    `-- The database after all migrations, to read: printed by \`npm run schema:sql\`, changed by migrations only.`,
    await texts(extensions),
    await texts(textSearch),
    await texts(sequences),
    ...sections
      .filter(({ tables }) => Object.keys(tables).length > 0)
      .flatMap(({ title, tables }) => [
        heading(title),
        ...Object.entries(tables)
          .toSorted(([one], [other]) => (one < other ? -1 : 1))
          .map(printTable),
      ]),
    await texts(views),
    heading('functions'),
    ...(await read(functions)).map(({ text }) => text),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
    .concat('\n');
}
