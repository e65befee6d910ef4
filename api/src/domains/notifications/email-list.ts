import { anyOf } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import type { Querying } from '../../platform/database/database.js';
import { readPage, type ListShape, type Page } from '../../platform/graphql/keyset-list.js';
import { EMAIL_COLUMNS, type EmailRow } from './resending.js';

const EMAILS: ListShape = {
  name: 'notifications.email-list',
  columns: EMAIL_COLUMNS,
  from: 'email',
  time: 'created_at',
  id: 'id',
  conditions: `($1::text IS NULL OR starts_with(lower(recipient), lower($1))
      OR substring(dedupe_key FROM '^order:([0-9a-f-]{36}):')::uuid IN (SELECT o.id FROM shop_order o WHERE o.number = ltrim($1, '#')))
    AND ($2::text[] IS NULL OR status = ANY($2)) AND ($3::text IS NULL OR template = $3)`,
  parameters: 3,
};

export interface EmailQuery {
  /** The beginning of an address, or an order number with or without its sign. */
  readonly search: string | null;
  readonly statuses: readonly string[] | null;
  readonly template: string | null;
}

/** Keyset list of the shop's mails, newest first. */
export class EmailList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page({ search, statuses, template }: EmailQuery, page: PageArguments): Promise<Page<EmailRow>> {
    return readPage<EmailRow>(this.database, this.cursors, EMAILS, {
      values: [search?.trim() || null, anyOf(statuses), template?.trim() || null],
      page,
      timeOf: ({ createdAt }) => createdAt,
    });
  }
}
