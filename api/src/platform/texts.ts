import type { Language } from '../kernel/languages.js';
import type { Permission } from './graphql/roles.js';
import { statement, t, type Querying } from './database/database.js';

/** A text that staff write in each language and buyers read. */
export interface TextField {
  /** As its input calls it: `seoTitle`. The words of the admin name it: `languages.fields.seoTitle`. */
  readonly name: string;
  /** The stored texts by language, in SQL: `p.name`, `p.seo -> 'title'`. */
  readonly texts: string;
  readonly kind: 'LINE' | 'TEXT' | 'HTML';
  /** In characters. */
  readonly most: number;
  /** Whether a language is not complete without it, and no language without it can become the default. */
  readonly isName?: boolean;
}

export interface WrittenText {
  readonly id: string;
  readonly language: Language;
  readonly field: string;
  readonly text: string;
  /** What is written in this language, by field, with the new text in it. */
  readonly present: Readonly<Record<string, string>>;
  /** Of the row, when these were read: the write refuses another one. */
  readonly version: number;
  readonly actorId: string;
}

/**
 * The texts of a module that buyers read, one area of the shop. By it the coverage of a language is counted, missing
 * texts are shown and written, and a default language is complete or not: a module that returns it from `setup` in `texts`
 * has nothing else to do.
 */
export interface TextSource {
  /** `products`. The words of the admin name it: `languages.areas.products`. */
  readonly area: string;
  /** Tables in SQL, with what joins them: `product p`. */
  readonly from: string;
  /** The id of a row, in SQL: a uuid. */
  readonly id: string;
  /** The version that `write` compares, in SQL. */
  readonly version: string;
  /** Which rows buyers read, in SQL: `p.status <> 'ARCHIVED'`. */
  readonly where: string;
  /** The texts by which staff know the row, by language, in SQL. */
  readonly label: string;
  readonly fields: readonly TextField[];
  /** Who may write here. */
  readonly permission: Permission;
  /** Writes one text by the rules of its module, with event and announcement. @throws what its own mutation refuses with */
  readonly write: (text: WrittenText) => Promise<void>;
}

/** How much of an area is written in a language. */
export interface Coverage {
  readonly area: string;
  /** Texts that are written in some language. */
  readonly total: number;
  readonly written: number;
}

/** A text that some language has and another lacks. */
export interface MissingText {
  readonly id: string;
  readonly field: string;
  readonly kind: TextField['kind'];
  readonly most: number;
  /** What staff know its row by, in the default language, else in any. */
  readonly label: string;
  /** In the default language, else in any. */
  readonly source: string;
}

const params = { language: t.text, main: t.text };

/** The texts of all modules of a process. */
export class Texts {
  private readonly sources = new Map<string, TextSource>();

  /** @throws Error for a second source of the same area */
  add(source: TextSource): void {
    if (this.sources.has(source.area)) throw new Error(`Two modules have texts of the area ${source.area}`);
    this.sources.set(source.area, source);
  }

  /** In the order of the modules. */
  get all(): readonly TextSource[] {
    return [...this.sources.values()];
  }

  of(area: string): TextSource | null {
    return this.sources.get(area) ?? null;
  }
}

/** How much of a source is written in a language; of its names only with `names`. */
export async function coverageOf(
  on: Querying,
  source: TextSource,
  { language, main, names = false }: { language: Language; main: Language; names?: boolean },
): Promise<Coverage> {
  const { area, from, where } = source;
  const fields = source.fields.filter(({ isName }) => !names || isName);
  if (fields.length === 0) return { area, total: 0, written: 0 };
  const sum = (condition: (texts: string) => string): string =>
    fields.map(({ texts }) => `count(*) FILTER (WHERE ${condition(texts)})`).join(' + ');
  const counted = statement(`texts.${names ? 'named' : 'covered'}-${area}`, {
    params,
    row: { total: t.int, written: t.int },
    sql: `SELECT (${sum((texts) => `localized_text(${texts}, :main) <> ''`)})::int AS total,
       (${sum((texts) => `coalesce(${texts} ->> :language, '') <> ''`)})::int AS written FROM ${from} WHERE ${where}`,
  });
  const { total = 0, written = 0 } = (await on.row(counted, { language, main })) ?? {};
  return { area, total, written };
}

/** The texts that a language lacks, by their row and field, `first` of them after those of the cursor. */
export async function missingTexts(
  on: Querying,
  source: TextSource,
  {
    language,
    main,
    first,
    after,
  }: { language: Language; main: Language; first: number; after: { id: string; field: number } | null },
): Promise<(MissingText & { readonly place: { id: string; field: number } })[]> {
  const { area, from, id, where, label, fields } = source;
  const listed = statement(`texts.missing-${area}`, {
    params: { ...params, afterId: t.uuid, afterField: t.int, first: t.int },
    row: { id: t.uuid, at: t.int, label: t.text, source: t.text },
    sql: `SELECT * FROM (${fields
      .map(
        ({ texts }, at) => `SELECT ${id} AS id, ${at} AS at, localized_text(${label}, :main) AS label,
       localized_text(${texts}, :main) AS source FROM ${from}
       WHERE ${where} AND coalesce(${texts} ->> :language, '') = '' AND localized_text(${texts}, :main) <> ''`,
      )
      .join(' UNION ALL ')}) AS missing
     WHERE (id, at) > (:afterId, :afterField) ORDER BY id, at LIMIT :first`,
  });
  const rows = await on.rows(listed, {
    ...{ language, main, first },
    afterId: after?.id ?? '00000000-0000-0000-0000-000000000000',
    afterField: after?.field ?? -1,
  });
  return rows.flatMap(({ at, ...row }) => {
    const field = fields[at];
    if (!field) return [];
    const { name, kind, most } = field;
    return [{ ...row, field: name, kind, most, place: { id: row.id, field: at } }];
  });
}

/** What is written of a row in a language, by field, and its version; null when there is no such row. */
export async function presentTexts(
  on: Querying,
  { area, from, id, version, where, fields }: TextSource,
  { rowId, language }: { rowId: string; language: Language },
): Promise<{ readonly version: number; readonly present: Record<string, string> } | null> {
  const read = statement(`texts.present-${area}`, {
    params: { rowId: t.uuid, language: t.text },
    row: { version: t.int, present: t.json<Record<string, string | null>>() },
    sql: `SELECT ${version} AS version, jsonb_build_object(${fields
      .map(({ name, texts }) => `'${name}', ${texts} ->> :language`)
      .join(', ')}) AS present FROM ${from} WHERE ${id} = :rowId AND ${where}`,
  });
  const row = await on.row(read, { rowId, language });
  if (!row) return null;
  const present = Object.fromEntries(
    Object.entries(row.present).flatMap(([field, text]) => (text ? [[field, text]] : [])),
  );
  return { version: row.version, present };
}
