import { anyOf } from '../../kernel/any-of.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { PageArguments } from '../../kernel/pagination.js';
import type { Querying } from '../../platform/database/database.js';
import type { Page } from '../../platform/graphql/keyset-list.js';
import type { RedirectFilter } from './redirect.input.js';
import { codeOf } from './redirect.type.js';
import { readRedirects, type RedirectRow } from './routing.statements.js';

export interface RedirectQuery {
  readonly search: string | null;
  readonly codes: readonly number[] | null;
  readonly active: boolean | null;
  readonly unused: boolean;
}

export function redirectQuery(
  search: string | null | undefined,
  filter: RedirectFilter | null | undefined,
): RedirectQuery {
  return {
    search: search?.trim().toLowerCase().slice(0, 300) || null,
    codes: anyOf(filter?.kinds)?.map(codeOf) ?? null,
    active: filter?.active ?? null,
    unused: filter?.isUnused ?? false,
  };
}

/** Keyset list of redirects, newest first. */
export class RedirectList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
  ) {}

  page(filter: RedirectQuery, page: PageArguments): Promise<Page<RedirectRow>> {
    return readRedirects(this.database, this.cursors, { filter, page, timeOf: ({ createdAt }) => createdAt });
  }
}
