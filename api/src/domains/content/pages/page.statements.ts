import { columnsOf, rowOf, statement, t, type ValuesOf } from '../../../platform/database/database.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { PageContent } from './page-content.js';
import { PageEntity } from './page.entity.js';

/*
 * Locks of what staff change about pages
 *
 * The files of the media library that a page is to show come first, in the order of their ids (see MediaUses), then the
 * page's row, and the version of the catalog last. Files that versions of before show are held after the row: whoever
 * changes a file locks no page, so nobody waits in a circle. All of a page hangs on its row: whoever saves, publishes, schedules,
 * reverts or archives it holds the row and compares its version. Of two editors who save at once the second is told
 * STALE_VERSION; of a save and a publication the second is, so nothing is published that its publisher has not seen.
 *
 * Versions are only added. Buyers read the version that the row points at, or the scheduled one from its moment on: a
 * comparison with the clock, so that the shop is right also while no job runs. The job `content.publish-due` and whoever
 * locks the row next move the pointer, which changes nothing that buyers see.
 */

/** What buyers read: of each page that is not archived, the version of now and the next one. */
export const shownPages = statement('content.shown-pages', {
  row: {
    ...{
      id: t.uuid,
      key: t.text.orNull,
      kind: t.text,
      slugs: t.json<LocalizedText>(),
      updatedAt: t.timestamp,
    },
    ...{ publishedId: t.uuid.orNull, published: t.json<PageContent>().orNull },
    ...{ scheduledId: t.uuid.orNull, scheduled: t.json<PageContent>().orNull, publishAt: t.timestamp.orNull },
  },
  sql: `SELECT p.id, p.key, p.kind, p.slugs, p.updated_at AS "updatedAt", p.published_id AS "publishedId", v.content AS published,
     p.scheduled_id AS "scheduledId", s.content AS scheduled, p.publish_at AS "publishAt"
   FROM page p LEFT JOIN page_version v ON v.id = p.published_id LEFT JOIN page_version s ON s.id = p.scheduled_id
   WHERE p.archived_at IS NULL AND (p.published_id IS NOT NULL OR p.scheduled_id IS NOT NULL)
   ORDER BY p.kind <> 'HOME', p.created_at, p.id`,
});
export const mediaOfPages = statement('content.media-of-pages', {
  params: { ids: t.uuids },
  row: {
    ...{ id: t.uuid, storageKey: t.text, width: t.int, height: t.int, widths: t.ints.orNull },
    ...{ alt: t.json<LocalizedText>(), decorative: t.boolean, focal: t.ints.orNull },
  },
  sql: `SELECT id, storage_key AS "storageKey", width, height, widths, alt, decorative, focal FROM media
   WHERE id = ANY(:ids) AND kind = 'IMAGE' AND status = 'READY' AND deleted_at IS NULL`,
});
export const usableMedia = statement('content.usable-media', {
  params: { ids: t.uuids },
  row: { id: t.uuid },
  sql: `SELECT id FROM media WHERE id = ANY(:ids) AND kind = 'IMAGE' AND visibility = 'PUBLIC' AND deleted_at IS NULL
   ORDER BY id FOR SHARE`,
});

const PAGE = columnsOf(PageEntity, 'p');
/** A page with the contents that its row points at. */
const PAGE_ROW = {
  ...rowOf(PageEntity),
  published: t.json<PageContent>().orNull,
  scheduled: t.json<PageContent>().orNull,
};
/** A page as staff read it. */
export type PageRow = ValuesOf<typeof PAGE_ROW>;
const PAGES = `SELECT ${PAGE}, v.content AS published, s.content AS scheduled
   FROM page p LEFT JOIN page_version v ON v.id = p.published_id LEFT JOIN page_version s ON s.id = p.scheduled_id`;
/** The home page, legal pages, those of the shop, others; then by age. */
export const allPages = statement('content.pages', {
  params: { archived: t.boolean },
  row: PAGE_ROW,
  sql: `${PAGES} WHERE (p.archived_at IS NOT NULL) = :archived
   ORDER BY array_position(ARRAY['HOME', 'PAGE', 'LEGAL'], p.kind), p.created_at, p.id LIMIT 200`,
});
export const pageById = statement('content.page-by-id', {
  params: { id: t.uuid },
  row: PAGE_ROW,
  sql: `${PAGES} WHERE p.id = :id`,
});
export const pageOfPreview = statement('content.page-of-preview', {
  params: { hash: t.bytea, now: t.timestamp },
  row: PAGE_ROW,
  sql: `${PAGES} JOIN page_preview w ON w.page_id = p.id
   WHERE w.token_hash = :hash AND w.expires_at > :now AND p.archived_at IS NULL`,
});
export const versionsOfPage = statement('content.page-versions', {
  params: { pageId: t.uuid, first: t.int },
  row: {
    ...{ id: t.uuid, number: t.int, content: t.json<PageContent>(), note: t.text.orNull },
    ...{ shownFrom: t.timestamp, publishedBy: t.text.orNull },
  },
  sql: `SELECT v.id, v.number, v.content, v.note, v.shown_from AS "shownFrom",
     nullif(concat_ws(' ', u.first_name, u.last_name), '') AS "publishedBy"
   FROM page_version v LEFT JOIN app_user u ON u.id = v.created_by WHERE v.page_id = :pageId
   ORDER BY v.number DESC LIMIT :first`,
});
export const lastNumber = statement('content.last-version-number', {
  params: { pageId: t.uuid },
  row: { number: t.int },
  sql: 'SELECT coalesce(max(number), 0) AS number FROM page_version WHERE page_id = :pageId',
});
export const countPages = statement('content.count-pages', {
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM page',
});
/** Two who make pages at once take turns, so that the limit holds. */
export const lockPages = statement('content.pages-lock', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('pages', 7244))`,
});
export const duePages = statement('content.due-pages', {
  params: { now: t.timestamp },
  row: { id: t.uuid },
  sql: 'SELECT id FROM page WHERE publish_at <= :now ORDER BY id LIMIT 200',
});
export const keysOfPages = statement('content.page-keys', {
  row: { key: t.text, id: t.uuid },
  sql: 'SELECT key, id FROM page WHERE key IS NOT NULL',
});
/** The preview of a page that is published shows nothing more. */
export const endPreviews = statement('content.previews-end', {
  params: { pageId: t.uuid },
  sql: 'DELETE FROM page_preview WHERE page_id = :pageId',
});
export const oldPreviews = statement('content.delete-old-previews', {
  params: { days: t.int },
  sql: `DELETE FROM page_preview WHERE token_hash IN (
     SELECT token_hash FROM page_preview WHERE expires_at < now() - make_interval(days => :days) LIMIT 500 FOR UPDATE SKIP LOCKED)`,
});
export const namesOfPages = statement('content.page-names', {
  params: { ids: t.uuids },
  row: { id: t.uuid, name: t.json<LocalizedText>() },
  sql: `SELECT p.id, coalesce(p.draft, s.content, v.content) -> 'name' AS name
   FROM page p LEFT JOIN page_version v ON v.id = p.published_id LEFT JOIN page_version s ON s.id = p.scheduled_id
   WHERE p.id = ANY(:ids)`,
});
