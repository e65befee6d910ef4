import { defineBlock, type BlockDefinition } from './define-block.js';
import type { BlockData, StoredBlock } from './stored-block.js';

const HEADING = 200;
const SENTENCES = 2_000;
const PROSE = 60_000;
const ACTION = 80;

/** The blocks of pages by their types, in the order in which the editor offers them. */
export const BLOCKS = {
  HERO: defineBlock('HERO', {
    texts: { eyebrow: HEADING, title: HEADING, text: SENTENCES, action: ACTION },
    // The second one is shown on phones.
    ...{ images: 2, link: true },
  }),
  PRODUCTS: defineBlock('PRODUCTS', {
    texts: { title: HEADING, action: ACTION },
    ...{ products: 12, categories: 1, source: true, link: true },
  }),
  CATEGORIES: defineBlock('CATEGORIES', { texts: { title: HEADING }, categories: 12 }),
  STORY: defineBlock('STORY', {
    texts: { eyebrow: HEADING, title: HEADING, html: PROSE, action: ACTION },
    ...{ images: 1, link: true },
  }),
  TEXT: defineBlock('TEXT', { texts: { title: HEADING, html: PROSE } }),
  IMAGE: defineBlock('IMAGE', { texts: { text: SENTENCES }, images: 1 }),
  GALLERY: defineBlock('GALLERY', { texts: { title: HEADING }, images: 24 }),
  QUESTIONS: defineBlock('QUESTIONS', {
    ...{ texts: { title: HEADING }, items: 60, itemTexts: { title: 300, html: 10_000 } },
  }),
  CALL: defineBlock('CALL', {
    texts: { title: HEADING, text: SENTENCES, action: ACTION },
    link: true,
  }),
} as const satisfies Record<string, BlockDefinition>;

export type BlockType = keyof typeof BLOCKS;

export function blockDefinition(type: string): BlockDefinition | null {
  return Object.hasOwn(BLOCKS, type) ? BLOCKS[type as BlockType] : null;
}

/** What a block consists of; null for one of an unknown type, and for one that cannot be read. */
export function knownBlock({ type, data }: StoredBlock): BlockData | null {
  return blockDefinition(type)?.read(data) ?? null;
}
