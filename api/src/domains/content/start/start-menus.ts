import { newId } from '../../../kernel/ids.js';
import type { Database } from '../../../platform/database/database.js';
import { inEveryLanguage } from '../../../platform/messages.js';
import { announceCatalogChange } from '../../catalog/index.js';
import { MenuCode, MenuEntryKind, type MenuEntry } from '../menus/menu.entity.js';
import { addMenu, allMenus } from '../menus/menu.statements.js';
import { keysOfPages } from '../pages/page.statements.js';

const nothing = { labels: {}, link: null };
const label = (key: string) => inEveryLanguage('api', `startMenus.${key}`);

const path = (key: string, to: string): MenuEntry => ({
  ...{ key: `start-${key}`, depth: 1, kind: MenuEntryKind.LINK },
  ...{ labels: label(key), link: { path: to } },
});
const heading = (key: string): MenuEntry => ({
  ...{ ...nothing, key: `start-heading-${key}`, depth: 0, kind: MenuEntryKind.HEADING },
  labels: label(key),
});
const categories = (depth: number): MenuEntry => ({
  ...{ ...nothing, key: 'start-categories', depth, kind: MenuEntryKind.CATEGORIES },
});

/** In their order; what the law asks for stands last. */
const PAGES = ['about', 'faq', 'shipping-returns', 'care', 'contact', 'terms', 'privacy', 'withdrawal'];
const MORE_PAGES = ['accessibility', 'cookies'];

function startEntries(code: MenuCode, pages: ReadonlyMap<string, string>): MenuEntry[] {
  if (code === MenuCode.HEADER) return [categories(0)];
  const ofPages = [...PAGES, ...MORE_PAGES].flatMap((key): MenuEntry[] => {
    const id = pages.get(key);
    const link = { kind: 'PAGE', id: id ?? '' };
    return id ? [{ ...nothing, key: `start-${key}`, depth: 1, kind: MenuEntryKind.LINK, link }] : [];
  });
  return [
    heading('shop'),
    categories(1),
    heading('pages'),
    ...ofPages,
    heading('help'),
    path('orders', '/account/orders'),
    path('find-order', '/find-order'),
    path('account', '/account'),
    path('cart', '/cart'),
    path('search', '/search'),
  ];
}

/** Adds the menus that every shop begins with, as far as they are missing. Requires the start pages. */
export async function seedStartMenus(database: Database): Promise<void> {
  const known = new Set((await database.rows(allMenus)).map(({ code }) => code));
  const missing = Object.values(MenuCode).filter((code) => !known.has(code));
  if (missing.length === 0) return;
  await database.transaction(async (tx) => {
    const pages = new Map((await tx.rows(keysOfPages)).map(({ key, id }) => [key, id]));
    for (const code of missing)
      await tx.count(addMenu, { id: newId(), code, entries: startEntries(code, pages) });
    await announceCatalogChange(tx);
  });
}
