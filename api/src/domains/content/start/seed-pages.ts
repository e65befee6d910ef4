import { newId } from '../../../kernel/ids.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import type { Tx } from '../../../platform/database/database.js';
import { writeSlug } from '../../routing/index.js';
import type { PageContent } from '../pages/page-content.js';
import { PageEntity, PageVersionEntity } from '../pages/page.entity.js';
import { keysOfPages, lockPages } from '../pages/page.statements.js';
import type { PageWrites } from '../pages/page-writes.js';
import { START_PAGES, startContent, startSlugs, type StartPageKey } from './start-pages.js';

/** Adds the pages that every shop begins with, as far as they are missing; published, and marked as start texts. */
export async function seedStartPages(writes: PageWrites): Promise<void> {
  const known = new Set((await writes.deps.database.rows(keysOfPages)).map(({ key }) => key));
  const missing = (Object.keys(START_PAGES) as StartPageKey[]).filter((key) => !known.has(key));
  if (missing.length === 0) return;
  await writes.write(async (tx) => {
    await tx.rows(lockPages);
    // Another process may have added them while this one waited.
    const now = new Set((await tx.rows(keysOfPages)).map(({ key }) => key));
    for (const key of missing.filter((one) => !now.has(one))) await addPage(tx, writes, key);
    await writes.announce(tx);
  });
}

async function addPage(tx: Tx, writes: PageWrites, key: StartPageKey): Promise<void> {
  const id = newId();
  const slugs: Record<string, string> = {};
  await tx.repository(PageEntity).insert([{ id, key, kind: START_PAGES[key], startText: key !== 'home' }]);
  for (const language of LANGUAGES) {
    const slug = startSlugs(key)[language];
    // A page that staff made before may have it.
    if (slug && (await writeSlug(tx, { kind: 'PAGE', id, language }, slug))) slugs[language] = slug;
  }
  if (key !== 'home' && Object.keys(slugs).length === 0) {
    const language = await writes.deps.defaultLanguage();
    slugs[language] = `${key}-${id.slice(-6)}`;
    await writeSlug(tx, { kind: 'PAGE', id, language }, slugs[language]);
  }
  await showFirst(tx, writes, { id, slugs, content: startContent(key) });
}

/** Makes this content the first version of a page. */
async function showFirst(
  tx: Tx,
  { deps: { clock } }: PageWrites,
  { id, slugs, content }: { readonly id: string; readonly slugs: object; readonly content: PageContent },
): Promise<void> {
  const versionId = newId();
  await tx.repository(PageVersionEntity).insert([
    {
      ...{ id: versionId, pageId: id, number: 1, content },
      note: null,
      createdBy: null,
      shownFrom: clock.now(),
    },
  ]);
  const row = await tx.repository(PageEntity).lock({ id });
  if (row) await tx.repository(PageEntity).update(row, { publishedId: versionId, slugs });
}
