import { NotFoundError } from '../../../kernel/errors.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import type { WrittenText } from '../../../platform/texts.js';
import { cleanText } from '../../catalog/index.js';
import { knownBlock } from '../blocks/block-types.js';
import type { BlockData, StoredBlock } from '../blocks/stored-block.js';
import { pageHtml } from '../texts/allowed-html.js';
import { assertKnownDetails } from '../texts/shop-details.js';
import { isSameContent, type PageContent } from './page-content.js';
import { PageEntity } from './page.entity.js';
import { partOf, placeOfText, type PlaceOfText } from './page-texts.js';
import type { PageWrites } from './page-writes.js';

interface Said {
  readonly part: string;
  readonly language: Language;
  readonly text: string;
}

/** Writes single texts of pages, for whoever translates them one after another. */
export class PageTranslations {
  constructor(private readonly writes: PageWrites) {}

  /**
   * Puts a text into the draft of its page; what is not translated stays as it is. Locks: see `page.statements.ts`. The
   * page shows the same files as before, so none is held.
   *
   * @throws StaleVersionError, NotFoundError, HtmlNotAllowedError, UnknownFactError
   */
  async write({ id, language, field, text: given, version }: WrittenText): Promise<void> {
    const part = partOf(field);
    const text = part === 'html' ? pageHtml(given, ['text']) : cleanText(given);
    assertKnownDetails(text, ['text']);
    const place = await this.writes.deps.database.row(placeOfText, { id });
    if (!place) throw new NotFoundError('text', ['id']);
    await this.writes.write(async (tx) => {
      const { row, latest, published, scheduled } = await this.writes.lock(tx, place.pageId, version);
      if (row.archivedAt) throw new NotFoundError('text', ['id']);
      const written = withText(latest, place, { part, language, text });
      const shown = scheduled ?? published;
      const draft = shown && isSameContent(written, shown) ? null : written;
      await tx.repository(PageEntity).update(row, { draft });
    });
  }
}

function withText(content: PageContent, { key, item }: PlaceOfText, said: Said): PageContent {
  if (key === null) {
    const field = said.part as 'name' | 'seoTitle' | 'seoDescription';
    return { ...content, [field]: added(content[field], said) };
  }
  const blocks = content.blocks.map((block) => (block.key === key ? inBlock(block, item, said) : block));
  return { ...content, blocks };
}

function inBlock(block: StoredBlock, item: number | null, said: Said): StoredBlock {
  const data = knownBlock(block);
  if (!data) return block;
  if (item === null) return { ...block, data: { ...data, texts: inTexts(data.texts, said) } };
  const items = data.items.map((each, at) => (at + 1 === item ? { texts: inTexts(each.texts, said) } : each));
  return { ...block, data: { ...data, items } };
}

const inTexts = (texts: BlockData['texts'], said: Said): BlockData['texts'] => ({
  ...texts,
  [said.part]: added(texts[said.part], said),
});

const added = (text: LocalizedText | undefined, { language, text: written }: Said): LocalizedText => ({
  ...text,
  [language]: written,
});
