import { columnsOf, rowOf, statement, t } from '../../../platform/database/database.js';
import { MenuEntity } from './menu.entity.js';

/** Both menus; there are no others. */
export const allMenus = statement('content.menus', {
  row: rowOf(MenuEntity),
  sql: `SELECT ${columnsOf(MenuEntity, 'm')} FROM menu m ORDER BY m.code DESC`,
});
/** One who adds menus waits for another who does. */
export const addMenu = statement('content.add-menu', {
  params: { id: t.uuid, code: t.text, entries: t.json<MenuEntity['entries']>() },
  sql: `INSERT INTO menu (id, code, entries) VALUES (:id, :code, :entries) ON CONFLICT (code) DO NOTHING`,
});
