import type { Language } from '../../../kernel/languages.js';
import { statement, type Database, t } from '../../../platform/database/database.js';
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
 * until the end of its transaction, which happens once, at the start after the change.
 */
export async function applySortLanguage(database: Database, language: Language): Promise<void> {
  const stored = await database.row(currentLanguage);
  if (stored?.language === language) return;
  await database.transaction(async (tx) => {
    await saveShopSetting(tx, 'default_language', language);
    if ((await tx.count(sortAgain, { language })) > 0) await announceCatalogChange(tx);
  });
}
