import { statement, t } from '../../../platform/database/database.js';
import type { TextField, TextSource } from '../../../platform/texts.js';
import { BLOCKS } from '../blocks/block-types.js';
import { TEXT_PARTS } from '../blocks/define-block.js';

/** Of the page itself, in its content. */
const PAGE_FIELDS = ['name', 'seoTitle', 'seoDescription'] as const;
/** Of what is repeated in a block, and which part of the schema it is. */
const ITEM_FIELDS = { question: 'title', answer: 'html' } as const;

const ALL = [...PAGE_FIELDS, ...TEXT_PARTS, ...Object.keys(ITEM_FIELDS)];
/** The columns of a row of one sort: its own texts, and nothing for those of the others. */
const columns = (texts: Readonly<Record<string, string>>): string =>
  ALL.map((field) => `${texts[field] ?? 'NULL::jsonb'} AS "${field}"`).join(', ');
const entries = (names: readonly string[], sql: (name: string) => string): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, sql(name)]));

const TYPES = Object.keys(BLOCKS)
  .map((type) => `'${type}'`)
  .join(', ');

/*
 * A row for each page, each of its blocks and each question of a block: what an editor goes on with, so that a text that
 * was just translated is not missing any more. Blocks that are hidden, and those for some languages only, need no
 * translation. The id of a row is made of its place, for blocks have none of their own.
 */
const ROWS = `(WITH latest AS (
     SELECT p.id, p.version, coalesce(p.draft, s.content, v.content) AS content
     FROM page p LEFT JOIN page_version v ON v.id = p.published_id LEFT JOIN page_version s ON s.id = p.scheduled_id
     WHERE p.archived_at IS NULL),
   shown AS (
     SELECT l.*, b AS block, b ->> 'key' AS key FROM latest l, jsonb_array_elements(l.content -> 'blocks') b
     WHERE b ->> 'type' IN (${TYPES}) AND NOT coalesce((b ->> 'hidden')::boolean, false)
       AND coalesce(b -> 'languages', 'null') IN ('null', '[]')
       AND jsonb_typeof(b -> 'data') = 'object')
   SELECT id, id AS page_id, NULL AS key, NULL::int AS item, version, content -> 'name' AS label,
     ${columns(entries(PAGE_FIELDS, (field) => `content -> '${field}'`))}
   FROM latest WHERE content IS NOT NULL
   UNION ALL SELECT md5(concat_ws(' ', id, key))::uuid, id, key, NULL::int, version, content -> 'name',
     ${columns(entries(TEXT_PARTS, (part) => `block #> '{data,texts,${part}}'`))}
   FROM shown
   UNION ALL SELECT md5(concat_ws(' ', id, key, i.at))::uuid, id, key, i.at::int, version, content -> 'name',
     ${columns(entries(Object.keys(ITEM_FIELDS), (field) => `i.item #> '{texts,${ITEM_FIELDS[field as keyof typeof ITEM_FIELDS]}}'`))}
   FROM shown, jsonb_array_elements(coalesce(block #> '{data,items}', '[]')) WITH ORDINALITY AS i(item, at)
   ) page_text`;

const FIELDS: readonly TextField[] = [
  { name: 'name', texts: '', kind: 'LINE', most: 200, isName: true },
  { name: 'seoTitle', texts: '', kind: 'LINE', most: 200 },
  { name: 'seoDescription', texts: '', kind: 'TEXT', most: 500 },
  { name: 'eyebrow', texts: '', kind: 'LINE', most: 200 },
  { name: 'title', texts: '', kind: 'LINE', most: 200 },
  { name: 'text', texts: '', kind: 'TEXT', most: 2_000 },
  { name: 'html', texts: '', kind: 'HTML', most: 50_000 },
  { name: 'action', texts: '', kind: 'LINE', most: 80 },
  { name: 'question', texts: '', kind: 'LINE', most: 300 },
  { name: 'answer', texts: '', kind: 'HTML', most: 10_000 },
];

/** Where a text stands. */
export interface PlaceOfText {
  readonly pageId: string;
  /** Of its block; null for a text of the page itself. */
  readonly key: string | null;
  /** From 1, in the block; null for a text of the block itself. */
  readonly item: number | null;
}

export const placeOfText = statement('content.place-of-text', {
  params: { id: t.uuid },
  row: { pageId: t.uuid, key: t.text.orNull, item: t.int.orNull },
  sql: `SELECT page_id AS "pageId", key, item FROM ${ROWS} WHERE id = :id`,
});

/** The part of a block, or of what is repeated in it, that a field is. */
export const partOf = (field: string): string =>
  field in ITEM_FIELDS ? ITEM_FIELDS[field as keyof typeof ITEM_FIELDS] : field;

/** What buyers read on pages. A translation goes into the draft, and is read once the page is published. */
export function pageTexts(translations: Pick<TextSource, 'write'>): TextSource {
  return {
    ...{ area: 'pages', from: ROWS, id: 'page_text.id', version: 'page_text.version', where: 'true' },
    ...{ label: 'page_text.label', permission: 'CONTENT_WRITE' },
    fields: FIELDS.map((field) => ({ ...field, texts: `page_text."${field.name}"` })),
    write: (text) => translations.write(text),
  };
}
