import { isDeepStrictEqual } from 'node:util';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { knownBlock } from '../blocks/block-types.js';
import type { StoredBlock, StoredLink } from '../blocks/stored-block.js';

/** All that buyers read of a page: published as one piece, so that blocks and their order never disagree. */
export interface PageContent {
  readonly name: LocalizedText;
  readonly seoTitle?: LocalizedText;
  readonly seoDescription?: LocalizedText;
  readonly noindex?: boolean;
  /** With which it is shared; a file of the media library. */
  readonly shareImageId?: string | null;
  readonly blocks: readonly StoredBlock[];
}

/** The files of the media library that it shows in its blocks. */
export function imagesOf({ blocks }: PageContent): string[] {
  return blocks.flatMap((block) => knownBlock(block)?.imageIds ?? []);
}

export function linksOf({ blocks }: PageContent): StoredLink[] {
  return blocks.flatMap((block) => knownBlock(block)?.link ?? []);
}

/** Whether it says anything: blocks that are hidden do not. */
export function saysSomething({ blocks }: PageContent): boolean {
  return blocks.some(({ hidden }) => !hidden);
}

/** Whether nothing that buyers read differs. What is empty and what is left out are the same. */
export function isSameContent(one: PageContent, other: PageContent): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

const plain = (content: PageContent): unknown =>
  JSON.parse(
    JSON.stringify(content, (_key, value: unknown) => {
      if (value === null || value === false || value === '') return undefined;
      return Array.isArray(value) && value.length === 0 ? undefined : value;
    }),
  );

/** The moments after this one at which something on the page begins or ends. */
export function momentsOf({ blocks }: PageContent): Date[] {
  return blocks.flatMap(({ from, until }) => [from, until].flatMap((at) => (at ? [new Date(at)] : [])));
}

/** Whether a block is shown to readers of this language at this moment. */
export function isShown(block: StoredBlock, now: Date, language: Language): boolean {
  const { hidden, from, until, languages } = block;
  if (hidden || (languages && !languages.includes(language))) return false;
  return (!from || Date.parse(from) <= now.getTime()) && (!until || Date.parse(until) > now.getTime());
}
