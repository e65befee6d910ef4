import type { Language, LocalizedText } from '../../../kernel/languages.js';

/** Where a link leads: an entity with an address, a path of the shop without language, or an address elsewhere. */
export interface StoredLink {
  readonly kind?: string;
  readonly id?: string;
  readonly path?: string;
}

/** A part of a page. `data` is of its type, which may be of a plugin that is not there any more. */
export interface StoredBlock {
  /** Made by the client that added it; unique on the page. */
  readonly key: string;
  readonly type: string;
  readonly hidden?: boolean;
  /** ISO 8601: shown from then on, and before then. */
  readonly from?: string | null;
  readonly until?: string | null;
  /** Shown to readers of these only; absent for all. */
  readonly languages?: readonly Language[] | null;
  readonly data: unknown;
}

/** The products of a block. */
export enum PageProductSource {
  FEATURED = 'FEATURED',
  NEWEST = 'NEWEST',
  CATEGORY = 'CATEGORY',
  CHOSEN = 'CHOSEN',
}

/** What blocks are made of; which parts one has is said by its type. */
export interface BlockData {
  readonly texts: Readonly<Record<string, LocalizedText>>;
  readonly imageIds: readonly string[];
  readonly productIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly source: PageProductSource | null;
  readonly count: number | null;
  readonly link: StoredLink | null;
  readonly items: readonly { readonly texts: Readonly<Record<string, LocalizedText>> }[];
}
