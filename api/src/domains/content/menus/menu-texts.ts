import { statement, t } from '../../../platform/database/database.js';
import type { TextSource } from '../../../platform/texts.js';

/** A row for each label of its own. Its id is made of its place, for entries have none. */
const ROWS = `(SELECT md5(concat_ws(' ', m.id, e ->> 'key'))::uuid AS id, m.id AS menu_id, e ->> 'key' AS key, m.version,
     e -> 'labels' AS label
   FROM menu m, jsonb_array_elements(m.entries) e WHERE e -> 'labels' <> '{}') menu_label`;

export const placeOfLabel = statement('content.place-of-label', {
  params: { id: t.uuid },
  row: { menuId: t.uuid, key: t.text },
  sql: `SELECT menu_id AS "menuId", key FROM ${ROWS} WHERE id = :id`,
});

/** The labels of menus; an entry without one follows the name of its target. */
export function menuTexts(menus: { readonly translate: TextSource['write'] }): TextSource {
  return {
    ...{ area: 'menus', from: ROWS, id: 'menu_label.id', version: 'menu_label.version', where: 'true' },
    ...{ label: 'menu_label.label', permission: 'CONTENT_WRITE' },
    fields: [{ name: 'name', texts: 'menu_label.label', kind: 'LINE', most: 80 }],
    write: (text) => menus.translate(text),
  };
}
