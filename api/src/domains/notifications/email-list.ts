import { anyOf, anyOfIds } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import { t, type Querying } from '../../platform/database/database.js';
import { keysetList, type IdRange, type Page } from '../../platform/graphql/keyset-list.js';
import type { EmailFilter } from './email.input.js';
import { EMAIL_COLUMNS, EMAIL_ROW, type EmailRow } from './resending.js';

const readEmails = keysetList({
  name: 'notifications.email-list',
  row: EMAIL_ROW,
  columns: EMAIL_COLUMNS,
  from: 'email',
  time: 'created_at',
  id: 'id',
  filter: { search: t.text.orNull, statuses: t.texts.orNull, template: t.text.orNull, ids: t.uuids.orNull },
  conditions: `(:search::text IS NULL OR starts_with(lower(recipient), lower(:search))
      OR substring(dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid IN (SELECT o.id FROM shop_order o WHERE o.number = ltrim(:search, '#')))
    AND (:statuses::text[] IS NULL OR status = ANY(:statuses)) AND (:template::text IS NULL OR template = :template)
    AND (:ids::uuid[] IS NULL OR id = ANY(:ids))`,
});

export interface EmailQuery {
  /** The beginning of an address, or an order number with or without its sign. */
  readonly search: string | null;
  readonly statuses: readonly string[] | null;
  readonly template: string | null;
  readonly ids: readonly string[] | null;
}

/** What search and filter of the list mean. */
export const emailQuery = (
  search: string | null | undefined,
  filter: EmailFilter | null | undefined,
): EmailQuery => ({
  ...{ search: search ?? null, statuses: filter?.statuses ?? null, template: filter?.template ?? null },
  ids: anyOfIds('mail', filter?.ids),
});

/** Keyset list of the shop's mails, newest first. */
export class EmailList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(query: EmailQuery, page: PageArguments): Promise<Page<EmailRow>> {
    const filter = filterOf(query);
    return readEmails(this.database, this.cursors, { filter, page, timeOf: ({ createdAt }) => createdAt });
  }

  idsBetween(querying: Querying, query: EmailQuery, range: IdRange): Promise<string[]> {
    return readEmails.ids(querying, filterOf(query), range);
  }
}

function filterOf({ search, statuses, template, ids }: EmailQuery) {
  return {
    search: search?.trim() || null,
    statuses: anyOf(statuses),
    template: template?.trim() || null,
    ids: ids && [...ids],
  };
}
