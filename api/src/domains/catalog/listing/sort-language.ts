import type { Language } from '../../../kernel/languages.js';
import { statement, type Database, t, type Tx } from '../../../platform/database/database.js';
import { saveShopSetting } from '../../store/index.js';
import { announceCatalogChange } from './product-projection.js';

const currentLanguage = statement('catalog.sort-language', {
  row: { language: t.text.orNull },
  sql: `SELECT value #>> '{}' AS language FROM shop_setting WHERE key = 'default_language'`,
});
// Assigning the name runs the trigger that writes the sort key.
const sortAgain = statement('catalog.sort-names-again', {
  params: { language: t.text },
  sql: 'UPDATE product SET name = name WHERE name_sort IS DISTINCT FROM plain_text(localized_text(name, :language))',
});

/**
 * Stores the shop's default language in the database, because lists are sorted by the product's name in it. If it
 * changed, the sort key of every product is written again. It locks the rows of all products that sort differently
 * until the end of its transaction.
 */
async function sortBy(tx: Tx, language: Language): Promise<void> {
  await saveShopSetting(tx, 'default_language', language);
  if ((await tx.count(sortAgain, { language })) > 0) await announceCatalogChange(tx);
}

/** At the start of a process: the environment of the first start may say another language than the database had. */
export async function applySortLanguage(database: Database, language: Language): Promise<void> {
  const stored = await database.row(currentLanguage);
  if (stored?.language !== language) await database.transaction((tx) => sortBy(tx, language));
}

interface Languages {
  readonly defaultLanguage: Language;
}

/**
 * What a change of the default language needs, in its transaction and under the lock of its row, once the store has found
 * every name in it. A product that somebody saves at the same moment with a name in the former language only is shown by
 * that one.
 */
export async function changeSortLanguage(
  tx: Tx,
  { defaultLanguage: language }: Languages,
  before: Languages,
): Promise<void> {
  if (language === before.defaultLanguage) return;
  await sortBy(tx, language);
}
