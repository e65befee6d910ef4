import { DomainError, InvalidInputError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import { PageRequiredError } from '../content.errors.js';
import { pageChanged } from '../content.events.js';
import { saysSomething, type PageContent } from './page-content.js';
import { PageEntity, PageKind, PageVersionEntity } from './page.entity.js';
import { duePages, endPreviews, lastNumber } from './page.statements.js';
import { assertNotArchived, type LockedPage, type PageWrites } from './page-writes.js';

interface Change {
  readonly actorId: string;
  readonly expectedVersion: number;
}

/** Which version of a page buyers see. Every method is one transaction; locks: see `page.statements.ts`. */
export class PagePublishing {
  constructor(private readonly writes: PageWrites) {}

  /**
   * Makes a version of the draft, which buyers see at once, or from a moment on. With a moment it takes the place of
   * another that is scheduled. Links to the preview end.
   *
   * @param at null for now; a moment that is over is now, too
   * @throws StaleVersionError, NotFoundError, PageRequiredError
   * @throws InvalidInputError without a name in the shop's default language
   * @throws DomainError NOTHING_TO_PUBLISH, PAGE_ARCHIVED
   */
  async publish(
    id: string,
    {
      at,
      note,
      actorId,
      expectedVersion,
    }: Change & { readonly at: Date | null; readonly note: string | null },
  ): Promise<void> {
    const { clock, defaultLanguage } = this.writes.deps;
    const required = await defaultLanguage();
    const isLater = at !== null && at > clock.now();
    await this.writes.write(async (tx) => {
      const page = await this.writes.lock(tx, id, expectedVersion);
      const content = publishable(page, required);
      const version = await this.addVersion(tx, id, { content, note, createdBy: actorId, shownFrom: at });
      const now = { draft: null, startText: false };
      const pointers = isLater
        ? { scheduledId: version.id, publishAt: at }
        : { publishedId: version.id, scheduledId: null, publishAt: null };
      await tx.repository(PageEntity).update(page.row, { ...now, ...pointers });
      await tx.count(endPreviews, { pageId: id });
      await this.writes.noteMedia(tx, id, [content, isLater ? page.published : null]);
      if (isLater) await this.appendChange(tx, page.row, 'SCHEDULED', actorId);
      else await this.writes.appendPublished(tx, page.row, version);
      await this.writes.announce(tx);
    });
  }

  /**
   * Takes the scheduled version back: it is the draft again, unless another was begun meanwhile. Nothing when none is
   * scheduled.
   *
   * @throws StaleVersionError, NotFoundError
   */
  async unschedule(id: string, { actorId, expectedVersion }: Change): Promise<void> {
    await this.writes.write(async (tx) => {
      const { row, scheduled, published } = await this.writes.lock(tx, id, expectedVersion);
      if (!row.scheduledId) return;
      const draft = row.draft ?? scheduled;
      await tx.repository(PageEntity).update(row, { draft, scheduledId: null, publishAt: null });
      await this.writes.noteMedia(tx, id, [draft, published]);
      await this.appendChange(tx, row, 'UNSCHEDULED', actorId);
      await this.writes.announce(tx);
    });
  }

  /** Moves the pointers of pages whose moment has come; how many they were. May run twice: each is locked and compared. */
  async publishDue(): Promise<number> {
    const { database, clock } = this.writes.deps;
    const due = await database.rows(duePages, { now: clock.now() });
    let moved = 0;
    for (const { id } of due)
      await this.writes.write(async (tx) => {
        const row = await tx.repository(PageEntity).lock({ id });
        if (!row || !(await this.writes.followSchedule(tx, row))) return;
        moved += 1;
        await this.writes.announce(tx);
      });
    return moved;
  }

  /** The number follows that of the last one; the lock of the page lets nobody in between. */
  async addVersion(
    tx: Tx,
    pageId: string,
    given: Pick<PageVersionEntity, 'content' | 'note' | 'createdBy'> & { readonly shownFrom: Date | null },
  ): Promise<PageVersionEntity> {
    const { number = 0 } = (await tx.row(lastNumber, { pageId })) ?? {};
    const shownFrom = given.shownFrom ?? this.writes.deps.clock.now();
    const [version] = await tx
      .repository(PageVersionEntity)
      .insert([{ ...given, shownFrom, id: newId(), pageId, number: number + 1 }]);
    return version as PageVersionEntity;
  }

  private appendChange(
    tx: Tx,
    { id, version }: PageEntity,
    change: 'SCHEDULED' | 'UNSCHEDULED',
    changedBy: string,
  ): Promise<void> {
    return this.writes.deps.outbox.append(tx, pageChanged(id, { change, version, changedBy }));
  }
}

/** What is to be published. @throws as `publish` does */
function publishable({ row, latest }: LockedPage, language: string): PageContent {
  assertNotArchived(row);
  if (row.draft === null && !row.scheduledId && row.publishedId)
    throw new DomainError('NOTHING_TO_PUBLISH', 'There is no draft.', ['pageId']);
  if (!latest.name[language as keyof typeof latest.name])
    throw new InvalidInputError('A page needs a name in the default language of the shop.', ['pageId']);
  if (row.kind !== PageKind.PAGE && !saysSomething(latest)) throw new PageRequiredError();
  return latest;
}
