import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { randomToken, sha256 } from '../../../kernel/tokens.js';
import type { Tx } from '../../../platform/database/database.js';
import type { KeyedRequest } from '../../../platform/database/request-keys.js';
import { cleanText } from '../../catalog/index.js';
import { readBlocks } from '../blocks/read-blocks.js';
import { PageRequiredError } from '../content.errors.js';
import { pageChanged } from '../content.events.js';
import { imagesOf, isSameContent, type PageContent } from './page-content.js';
import type { EnteredPage, PageTexts } from './page.input.js';
import { newSlug, slugsOf, withoutEmpty, writePageSlugs } from './page-slugs.js';
import { PageEntity, PageKind, PagePreviewEntity, PageVersionEntity } from './page.entity.js';
import { countPages, endPreviews, lockPages } from './page.statements.js';
import { assertNotArchived, EMPTY_CONTENT, type PageWrites } from './page-writes.js';

const MOST_PAGES = 200;
const PREVIEW_DAYS = 7;
const DAY_MS = 86_400_000;

interface Change {
  readonly actorId: string;
  readonly expectedVersion: number;
}

/** What staff write on pages before anybody sees it. Every method is one transaction; locks: see `page.statements.ts`. */
export class PageService {
  constructor(private readonly writes: PageWrites) {}

  /**
   * Makes a page without a published version, and returns its id; a repeat with the same key returns the first one's.
   *
   * @throws DomainError TOO_MANY_PAGES
   * @throws InvalidInputError without a name in the shop's default language, and for a slug
   */
  async create(texts: readonly PageTexts[], actorId: string, keyed: KeyedRequest | null): Promise<string> {
    const { keys, outbox, defaultLanguage } = this.writes.deps;
    const required = await defaultLanguage();
    const created = await this.writes.write((tx) =>
      keys.once(tx, keyed, async () => {
        await tx.rows(lockPages);
        const { count = 0 } = (await tx.row(countPages)) ?? {};
        if (count >= MOST_PAGES) throw new DomainError('TOO_MANY_PAGES', 'A shop has at most 200 pages.');
        const draft = withTexts(EMPTY_CONTENT, texts);
        const name = draft.name[required];
        if (!name) throw new InvalidInputError('A name is needed.', ['translations', '0', 'name']);
        const id = newId();
        const slugs = {
          ...slugsOf(texts),
          [required]: slugsOf(texts)[required] ?? (await newSlug(tx, name)),
        };
        await tx.repository(PageEntity).insert([{ id, kind: PageKind.PAGE, draft, slugs }]);
        await writePageSlugs({ tx, outbox }, { id, slugs: {} }, slugs);
        await outbox.append(tx, pageChanged(id, { change: 'CREATED', version: 1, changedBy: actorId }));
        return { pageId: id };
      }),
    );
    return created.pageId;
  }

  /**
   * Writes the draft. Texts of languages that are not given stay, blocks are replaced as a whole. A draft that says what
   * the published version says is none. Slugs hold at once, and their former ones lead to the page.
   *
   * @throws StaleVersionError, NotFoundError, InvalidInputError, HtmlNotAllowedError, UnknownFactError
   * @throws MediaNotUsableError; DomainError SLUG_TAKEN, PAGE_ARCHIVED
   */
  async update(id: string, entered: EnteredPage, { expectedVersion }: Change): Promise<void> {
    const { kinds, uses, outbox } = this.writes.deps;
    await this.writes.write(async (tx) => {
      // Files are held before the page is locked: what they are is in the input alone.
      const asked = entered.blocks ? readBlocks(entered.blocks, await storedBlocks(tx, id), kinds) : null;
      const images = asked ? imagesOf({ ...EMPTY_CONTENT, blocks: asked }) : [];
      await uses.hold(
        tx,
        [...new Set([...images, ...(entered.shareImageId ? [entered.shareImageId] : [])])],
        ['blocks'],
      );
      const { row, latest, published, scheduled } = await this.writes.lock(tx, id, expectedVersion);
      assertNotArchived(row);
      const written: PageContent = {
        ...withTexts(latest, entered.texts),
        ...(asked && { blocks: asked }),
        ...(entered.noindex !== undefined && { noindex: entered.noindex }),
        ...(entered.shareImageId !== undefined && { shareImageId: entered.shareImageId }),
      };
      const shown = scheduled ?? published;
      const draft = shown && isSameContent(written, shown) ? null : written;
      const slugs = row.kind === PageKind.HOME ? {} : { ...row.slugs, ...slugsOf(entered.texts) };
      const isMoved = await writePageSlugs({ tx, outbox }, row, slugs);
      const isSame = row.draft && draft && isSameContent(row.draft, draft);
      await tx.repository(PageEntity).update(row, {
        ...(!isSame && { draft }),
        slugs: withoutEmpty(slugs),
        ...(entered.isRead && { startText: false }),
      });
      await this.writes.noteMedia(tx, id, [draft, scheduled, published]);
      // Of the draft nobody holds anything.
      if (isMoved) await this.writes.announce(tx);
    });
  }

  /**
   * Makes a version of before the draft; buyers go on seeing the present one until it is published.
   *
   * @throws StaleVersionError, NotFoundError; DomainError PAGE_ARCHIVED
   */
  async revert(id: string, versionId: string, { expectedVersion }: Change): Promise<void> {
    await this.writes.write(async (tx) => {
      const { row, published, scheduled } = await this.writes.lock(tx, id, expectedVersion);
      assertNotArchived(row);
      const version = await tx.repository(PageVersionEntity).find({ id: versionId, pageId: id });
      if (!version) throw new NotFoundError('version', ['versionId']);
      const shown = scheduled ?? published;
      const draft = shown && isSameContent(version.content, shown) ? null : version.content;
      await tx.repository(PageEntity).update(row, { draft });
      await this.writes.noteMedia(tx, id, [draft, scheduled, published]);
    });
  }

  /**
   * Takes a page from the shop, or back into it. Its address is gone for good until it is taken back.
   *
   * @throws StaleVersionError, NotFoundError; PageRequiredError for one that the shop needs
   */
  async archive(id: string, isArchived: boolean, { actorId, expectedVersion }: Change): Promise<void> {
    await this.writes.write(async (tx) => {
      const { row } = await this.writes.lock(tx, id, expectedVersion);
      if (isArchived && row.kind !== PageKind.PAGE) throw new PageRequiredError();
      if (isArchived === (row.archivedAt !== null)) return;
      const archivedAt = isArchived ? this.writes.deps.clock.now() : null;
      await tx.repository(PageEntity).update(row, { archivedAt });
      await tx.count(endPreviews, { pageId: id });
      const change = isArchived ? 'ARCHIVED' : 'RESTORED';
      const { version } = row;
      await this.writes.deps.outbox.append(tx, pageChanged(id, { change, version, changedBy: actorId }));
      await this.writes.announce(tx);
    });
  }

  /** A token that shows the draft of a page for seven days, or until it is published. @throws NotFoundError */
  async previewLink(id: string): Promise<{ readonly token: string; readonly expiresAt: Date }> {
    const token = randomToken();
    const expiresAt = new Date(this.writes.deps.clock.now().getTime() + PREVIEW_DAYS * DAY_MS);
    await this.writes.deps.database.transaction(async (tx) => {
      const page = await tx.repository(PageEntity).lock({ id });
      if (!page) throw new NotFoundError('page', ['pageId']);
      assertNotArchived(page);
      await tx.repository(PagePreviewEntity).insert([{ tokenHash: sha256(token), pageId: id, expiresAt }]);
    });
    return { token, expiresAt };
  }

  /** Ends all links to the draft. @throws NotFoundError */
  async revokePreviews(id: string): Promise<void> {
    await this.writes.deps.database.transaction(async (tx) => {
      if (!(await tx.repository(PageEntity).lock({ id }))) throw new NotFoundError('page', ['pageId']);
      await tx.count(endPreviews, { pageId: id });
    });
  }
}

/** The blocks that an editor goes on with, for those of an unknown type; the version is compared once the row is locked. */
async function storedBlocks(tx: Tx, id: string): Promise<PageContent['blocks']> {
  const row = await tx.repository(PageEntity).find({ id });
  const versionId = row?.scheduledId ?? row?.publishedId;
  if (row?.draft) return row.draft.blocks;
  return versionId
    ? ((await tx.repository(PageVersionEntity).find({ id: versionId }))?.content.blocks ?? [])
    : [];
}

/** The content with these texts: what is left out stays, null or empty clears. */
function withTexts(content: PageContent, texts: readonly PageTexts[]): PageContent {
  const merged = (field: 'name' | 'seoTitle' | 'seoDescription'): LocalizedText => {
    const given = texts.flatMap(({ locale, [field]: text }) =>
      text === undefined ? [] : [[locale, text === null ? null : cleanText(text)] as const],
    );
    return withoutEmpty({ ...content[field], ...Object.fromEntries(given) });
  };
  const [name, seoTitle, seoDescription] = [merged('name'), merged('seoTitle'), merged('seoDescription')];
  return { ...content, name, seoTitle, seoDescription };
}
