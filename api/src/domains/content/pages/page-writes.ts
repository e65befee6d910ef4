import type { Clock } from '../../../kernel/clock.js';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { RequestKeys } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { announceCatalogChange } from '../../catalog/index.js';
import type { MediaUses } from '../../media/index.js';
import type { AddressKinds } from '../../routing/index.js';
import { pagePublished } from '../content.events.js';
import { imagesOf, type PageContent } from './page-content.js';
import { PageEntity, PageVersionEntity } from './page.entity.js';
import type { PageLookup } from './page-lookup.js';
import { usableMedia } from './page.statements.js';

export interface PageDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly kinds: AddressKinds;
  readonly uses: MediaUses;
  readonly lookup: PageLookup;
  readonly defaultLanguage: () => Promise<Language>;
  readonly clock: Clock;
}

/** A page whose row is locked, with the contents that it points at. */
export interface LockedPage {
  readonly row: PageEntity;
  readonly published: PageContent | null;
  readonly scheduled: PageContent | null;
  /** What an editor goes on with: the draft, else the scheduled version, else the published one. */
  readonly latest: PageContent;
}

export const EMPTY_CONTENT: PageContent = { name: {}, blocks: [] };

/** What the writes of pages have in common; locks: see `page.statements.ts`. */
export class PageWrites {
  constructor(readonly deps: PageDeps) {}

  /** One transaction; buyers of this process see at once what was published. */
  async write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.deps.database.transaction(work);
    this.deps.lookup.drop();
    this.deps.outbox.notifyRelay();
    return result;
  }

  /**
   * Locks a page, and moves its pointer where the moment of the scheduled version has come.
   *
   * @throws NotFoundError; StaleVersionError unless it has this version, or null is given
   */
  async lock(tx: Tx, id: string, expectedVersion: number | null): Promise<LockedPage> {
    const row = await tx.repository(PageEntity).lock({ id });
    if (!row) throw new NotFoundError('page', ['pageId']);
    if ((expectedVersion ?? row.version) !== row.version) throw new StaleVersionError(row.version);
    await this.followSchedule(tx, row);
    const [published, scheduled] = [
      await contentOf(tx, row.publishedId),
      await contentOf(tx, row.scheduledId),
    ];
    return { row, published, scheduled, latest: row.draft ?? scheduled ?? published ?? EMPTY_CONTENT };
  }

  /** Whether the scheduled version became the published one: its moment has come. Requires the lock of the page. */
  async followSchedule(tx: Tx, row: PageEntity): Promise<boolean> {
    const { scheduledId, publishAt } = row;
    if (!scheduledId || !publishAt || publishAt > this.deps.clock.now()) return false;
    const version = await tx.repository(PageVersionEntity).find({ id: scheduledId });
    await tx
      .repository(PageEntity)
      .update(row, { publishedId: scheduledId, scheduledId: null, publishAt: null });
    await this.appendPublished(tx, row, version);
    return true;
  }

  async appendPublished(
    tx: Tx,
    { id, key }: PageEntity,
    version: Pick<PageVersionEntity, 'id' | 'number' | 'createdBy'> | null,
  ): Promise<void> {
    if (!version) throw new Error('A page points at a version that is not there');
    const { id: versionId, number, createdBy: publishedBy } = version;
    await this.deps.outbox.append(tx, pagePublished(id, { key, versionId, number, publishedBy }));
  }

  /**
   * Notes the files that any of these contents shows. Requires that the files are held (`hold`) and the page locked.
   */
  async noteMedia(tx: Tx, pageId: string, contents: readonly (PageContent | null)[]): Promise<void> {
    const { uses } = this.deps;
    const shown = contents.filter((content) => content !== null);
    const owner = { ownerType: 'PAGE', ownerId: pageId } as const;
    const [images, shared] = [
      shown.flatMap(imagesOf),
      shown.flatMap((content) => content.shareImageId ?? []),
    ];
    const rows = await tx.rows(usableMedia, { ids: [...new Set([...images, ...shared])] });
    const usable = new Set(rows.map(({ id }) => id));
    const only = (ids: readonly string[]): string[] =>
      [...new Set(ids)].filter((id) => usable.has(id)).sort();
    await uses.set(tx, { ...owner, field: 'IMAGES' }, only(images));
    await uses.set(tx, { ...owner, field: 'SHARE_IMAGE' }, only(shared));
  }

  /** Makes every process read the pages again. The last statement of a transaction. */
  announce(tx: Tx): Promise<void> {
    return announceCatalogChange(tx);
  }
}

async function contentOf(tx: Tx, id: string | null): Promise<PageContent | null> {
  return id === null ? null : ((await tx.repository(PageVersionEntity).find({ id }))?.content ?? null);
}

/** @throws DomainError PAGE_ARCHIVED */
export function assertNotArchived({ archivedAt }: PageEntity): void {
  if (archivedAt) throw new DomainError('PAGE_ARCHIVED', 'Take the page back first.', ['pageId']);
}
