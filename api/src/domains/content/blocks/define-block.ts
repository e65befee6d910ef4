import { z } from 'zod';
import type { LocalizedText } from '../../../kernel/languages.js';
import { PageProductSource, type BlockData } from './stored-block.js';

/** What blocks of a type consist of. Texts are given with the most characters that they take. */
export interface BlockParts {
  readonly texts?: Readonly<Partial<Record<TextPart, number>>>;
  /** Of what is repeated, such as questions with their answers. */
  readonly itemTexts?: Readonly<Partial<Record<'title' | 'html', number>>>;
  /** The most of each. */
  readonly images?: number;
  readonly products?: number;
  readonly categories?: number;
  readonly items?: number;
  readonly link?: boolean;
  /** Whether products are chosen by a rule too. */
  readonly source?: boolean;
}

export type TextPart = 'eyebrow' | 'title' | 'text' | 'html' | 'action';
export const TEXT_PARTS: readonly TextPart[] = ['eyebrow', 'title', 'text', 'html', 'action'];

/** A type of blocks. */
export interface BlockDefinition extends BlockParts {
  readonly type: string;
  /** What is stored, in its present form; null for what cannot be read. */
  readonly read: (data: unknown) => BlockData | null;
}

const localizedText = z.record(z.string(), z.string().nullable()) as unknown as z.ZodType<LocalizedText>;
const texts = z.record(z.string(), localizedText).default({});
const ids = z.array(z.uuid()).default([]);

const stored = z.object({
  texts,
  imageIds: ids,
  productIds: ids,
  categoryIds: ids,
  source: z.enum(PageProductSource).nullable().default(null),
  count: z.int().nullable().default(null),
  link: z
    .object({ kind: z.string().optional(), id: z.uuid().optional(), path: z.string().optional() })
    .nullable()
    .default(null),
  items: z.array(z.object({ texts })).default([]),
});

/**
 * Defines a type of blocks. A block of a type that is not defined is kept as it is and shown nowhere.
 *
 * @param migrate turns what earlier versions of the program stored into the present form
 */
export function defineBlock(
  type: string,
  parts: BlockParts,
  migrate: (data: unknown) => unknown = (data) => data,
): BlockDefinition {
  return { type, ...parts, read: (data) => stored.safeParse(migrate(data)).data ?? null };
}
