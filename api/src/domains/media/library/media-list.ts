import type { CursorCodec } from '../../../kernel/cursor.js';
import type { PageArguments } from '../../../kernel/pagination.js';
import type { Querying } from '../../../platform/database/database.js';
import type { Page } from '../../../platform/graphql/keyset-list.js';
import type { MediaFilter } from './media.input.js';
import { readMedia, type MediaRow } from './media.statements.js';

export interface MediaQuery {
  readonly search: string | null;
  readonly kind: string | null;
  readonly visibility: string | null;
  readonly tag: string | null;
  readonly unused: boolean;
  readonly withoutAlt: boolean;
  readonly inBin: boolean;
}

export function mediaQuery(
  search: string | null | undefined,
  filter: MediaFilter | null | undefined,
): MediaQuery {
  return {
    search: search?.trim().toLowerCase().slice(0, 200) || null,
    ...{ kind: filter?.kind ?? null, visibility: filter?.visibility ?? null },
    tag: filter?.tag?.trim().toLowerCase() || null,
    ...{ unused: filter?.isUnused ?? false, withoutAlt: filter?.isWithoutAlt ?? false },
    inBin: filter?.isInBin ?? false,
  };
}

/** Keyset list of the files of the library, newest first. */
export class MediaList {
  constructor(
    private readonly database: Querying,
    private readonly cursors: CursorCodec,
    /** In which an image should have an alternative text. */
    private readonly defaultLanguage: () => Promise<string>,
  ) {}

  async page(query: MediaQuery, page: PageArguments): Promise<Page<MediaRow>> {
    const filter = { ...query, language: await this.defaultLanguage() };
    return readMedia(this.database, this.cursors, { filter, page, timeOf: ({ createdAt }) => createdAt });
  }
}
