import { z } from 'zod';
import { LANGUAGES, type Language, type LocalizedText } from '../../../kernel/languages.js';
import { readLocaleFile } from '../../../kernel/locale-files.js';
import type { BlockType } from '../blocks/block-types.js';
import { PageProductSource, type BlockData, type StoredBlock } from '../blocks/stored-block.js';
import type { PageContent } from '../pages/page-content.js';
import { PageKind } from '../pages/page.entity.js';

/** The pages that every shop begins with, and what each is made of; their texts stand in `locales/…/pages.json`. */
export const START_PAGES = {
  home: PageKind.HOME,
  about: PageKind.PAGE,
  faq: PageKind.PAGE,
  'shipping-returns': PageKind.PAGE,
  care: PageKind.PAGE,
  contact: PageKind.LEGAL,
  terms: PageKind.LEGAL,
  privacy: PageKind.LEGAL,
  withdrawal: PageKind.LEGAL,
  accessibility: PageKind.PAGE,
  cookies: PageKind.PAGE,
} as const;

export type StartPageKey = keyof typeof START_PAGES;

/** Details are named in double square brackets there: in messages braces mean something else. */
const text = z.string().transform((given) => given.replaceAll('[[', '{{').replaceAll(']]', '}}'));

const startPage = z.object({
  name: z.string(),
  slug: z.string().optional(),
  description: text.optional(),
  html: text.optional(),
  questions: z.record(z.string(), z.object({ title: text, html: text })).optional(),
  /** Of the home page: by block, its texts. */
  blocks: z.record(z.string(), z.record(z.string(), text)).optional(),
});
type StartPage = z.infer<typeof startPage>;

const textsIn = new Map(
  LANGUAGES.map((language): [Language, Record<string, StartPage>] => [
    language,
    z.record(z.string(), startPage).parse(readLocaleFile(`${language}/pages.json`)),
  ]),
);

/** A text of each language. */
function each(pick: (language: Language) => string | undefined): LocalizedText {
  return Object.fromEntries(
    LANGUAGES.flatMap((language) => {
      const text = pick(language);
      return text ? [[language, text]] : [];
    }),
  );
}

const page = (language: Language, key: string): StartPage | undefined => textsIn.get(language)?.[key];

/** A block with these parts; everything else is empty. */
export function startBlock(key: string, type: BlockType, data: Partial<BlockData>): StoredBlock {
  const nothing: BlockData = {
    ...{ texts: {}, imageIds: [], productIds: [], categoryIds: [] },
    ...{ source: null, count: null, link: null, items: [] },
  };
  return { key, type, data: { ...nothing, ...data } };
}

/** The texts of a block of the home page. */
export function homeTexts(block: string): BlockData['texts'] {
  const parts = new Set(
    LANGUAGES.flatMap((language) => Object.keys(page(language, 'home')?.blocks?.[block] ?? {})),
  );
  return Object.fromEntries(
    [...parts].map((part) => [part, each((language) => page(language, 'home')?.blocks?.[block]?.[part])]),
  );
}

function homeBlocks(): StoredBlock[] {
  const link = { path: '/search' };
  return [
    startBlock('home-hero', 'HERO', { texts: homeTexts('hero'), link }),
    startBlock('home-newest', 'PRODUCTS', {
      ...{ texts: homeTexts('newest'), source: PageProductSource.NEWEST, count: 8, link },
    }),
    startBlock('home-categories', 'CATEGORIES', { texts: homeTexts('categories') }),
  ];
}

function textBlocks(key: string): StoredBlock[] {
  const questions = Object.keys(page(LANGUAGES[0] as Language, key)?.questions ?? {});
  const prose = each((language) => page(language, key)?.html);
  return [
    ...(Object.keys(prose).length > 0
      ? [startBlock(`${key}-text`.padEnd(8, '-'), 'TEXT', { texts: { html: prose } })]
      : []),
    ...(questions.length > 0
      ? [
          startBlock(`${key}-questions`, 'QUESTIONS', {
            items: questions.map((at) => ({
              texts: {
                title: each((language) => page(language, key)?.questions?.[at]?.title),
                html: each((language) => page(language, key)?.questions?.[at]?.html),
              },
            })),
          }),
        ]
      : []),
  ];
}

/** What the page says at first. */
export function startContent(key: StartPageKey): PageContent {
  const description = each((language) => page(language, key)?.description);
  return {
    name: each((language) => page(language, key)?.name),
    ...(Object.keys(description).length > 0 && { seoDescription: description }),
    blocks: key === 'home' ? homeBlocks() : textBlocks(key),
  };
}

export function startSlugs(key: StartPageKey): LocalizedText {
  return each((language) => page(language, key)?.slug);
}
