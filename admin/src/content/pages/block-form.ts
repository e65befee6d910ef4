import { languageName } from '@vitrine/client/languages';
import { z } from 'zod';
import { contentLanguages } from '../../app/content-languages';
import { onVersion } from '../../app/seen-version';
import { PageUpdateDocument } from '../../generated/content/graphql';
import type {
  LanguageCode,
  PageBlockItemInput,
  PageBlockTranslationInput,
  PageBlockType,
  PageProductSource,
} from '../../generated/content/graphql';
import ImageChoice from '../../media/ImageChoice.vue';
import { defineForm } from '../../ui/forms/define-form';
import { optionalMoment, optionalText } from '../../ui/forms/fields/codecs';
import type { FieldDefinition } from '../../ui/forms/fields/field';
import { translations } from '../../ui/forms/fields/translations';
import type { Tools } from '../../ui/useTools';
import CategoriesField from './CategoriesField.vue';
import { blockInput, blocksOf, type Block, type Page } from './page-blocks';
import ProductsField from './ProductsField.vue';
import TargetChoice from './TargetChoice.vue';

/** A block with the page that it is saved with. */
export interface EditedBlock {
  readonly id: string;
  readonly page: Page;
  readonly block: Block;
}

type Part = 'eyebrow' | 'title' | 'text' | 'html' | 'action';
type Extra = 'image' | 'narrowImage' | 'images' | 'source' | 'categories' | 'link' | 'items';

/** What is asked of each type; what a type does not have is not sent. */
const ASKED: Readonly<Record<PageBlockType, { texts: readonly Part[]; more: readonly Extra[] }>> = {
  HERO: { texts: ['eyebrow', 'title', 'text', 'action'], more: ['image', 'narrowImage', 'link'] },
  PRODUCTS: { texts: ['title', 'action'], more: ['source', 'link'] },
  CATEGORIES: { texts: ['title'], more: ['categories'] },
  STORY: { texts: ['eyebrow', 'title', 'html', 'action'], more: ['image', 'link'] },
  TEXT: { texts: ['title', 'html'], more: [] },
  IMAGE: { texts: ['text'], more: ['image'] },
  GALLERY: { texts: ['title'], more: ['images'] },
  QUESTIONS: { texts: ['title'], more: ['items'] },
  CALL: { texts: ['title', 'text', 'action'], more: ['link'] },
  UNKNOWN: { texts: [], more: [] },
};

const SOURCES = ['FEATURED', 'NEWEST', 'CATEGORY', 'CHOSEN'] as const satisfies readonly PageProductSource[];

const TEXTS: Readonly<Record<Part, FieldDefinition<EditedBlock>>> = {
  eyebrow: { label: 'pages.eyebrow', kind: 'text', isOptional: true },
  title: { label: 'pages.heading', kind: 'text', isOptional: true },
  text: { label: 'pages.sentence', kind: 'long-text', isOptional: true },
  html: { label: 'pages.text', kind: 'rich-text', isOptional: true },
  action: { label: 'pages.action', kind: 'text', isOptional: true },
};

/** A question in each language: a row of a form has no tabs of its own. */
const questionKey = (language: string): string => `question${language}`;
const answerKey = (language: string): string => `answer${language}`;
type Row = Record<string, unknown>;

interface BlockValues {
  translations: PageBlockTranslationInput[];
  imageId: string | null;
  narrowImageId: string | null;
  images: { imageId: string | null }[];
  source: PageProductSource;
  count: number;
  productIds: string[];
  categoryIds: string[];
  targetId: string | null;
  path: string | null;
  items: Row[];
  isHidden: boolean;
  from: string | null;
  until: string | null;
  languages: LanguageCode[];
}

const isOf = (extra: Extra) => (edited: EditedBlock | undefined) =>
  edited !== undefined && ASKED[edited.block.type].more.includes(extra);

const hasSource =
  (...sources: readonly PageProductSource[]) =>
  (edited: EditedBlock | undefined, { source }: Readonly<Record<string, unknown>>): boolean =>
    isOf('source')(edited) && sources.includes(source as PageProductSource);

/** The fields of all types; each says for which it is there. */
const FIELDS: {
  readonly [Key in Exclude<keyof BlockValues, 'translations' | 'items'>]: FieldDefinition<EditedBlock>;
} = {
  imageId: { ...imageField('pages.image'), isFor: isOf('image') },
  narrowImageId: {
    ...{ ...imageField('pages.narrowImage'), help: 'pages.narrowImageHelp' },
    isFor: isOf('narrowImage'),
  },
  images: {
    ...{ label: 'pages.images', kind: 'rows', addLabel: 'pages.addImage', isFor: isOf('images') },
    parts: { imageId: imageField('pages.image') },
    newRow: () => ({ imageId: null }),
  },
  source: {
    ...{ label: 'pages.source', kind: 'choice', isFor: isOf('source') },
    choices: ({ t }) => SOURCES.map((value) => ({ value, label: t(`productSource.${value}`) })),
  },
  count: {
    ...{ label: 'pages.count', kind: 'number', least: 1, most: 12 },
    isFor: hasSource('FEATURED', 'NEWEST', 'CATEGORY'),
  },
  productIds: {
    ...{ label: 'pages.products', kind: 'own', component: ProductsField, isOptional: true },
    isFor: hasSource('CHOSEN'),
  },
  categoryIds: {
    ...{ label: 'pages.categories', help: 'pages.categoriesHelp', kind: 'own' },
    ...{ component: CategoriesField, isOptional: true },
    isFor: (edited, values) => isOf('categories')(edited) || hasSource('CATEGORY')(edited, values),
  },
  targetId: {
    ...{ label: 'pages.target', kind: 'own', component: TargetChoice, isOptional: true },
    isFor: isOf('link'),
  },
  path: {
    ...{ label: 'pages.path', help: 'pages.pathHelp', kind: 'code', isOptional: true },
    isFor: (edited, { targetId }) => isOf('link')(edited) && !targetId,
  },
  isHidden: { label: 'pages.isHidden', kind: 'switch' },
  from: { label: 'pages.from', kind: 'moment', isOptional: true, isHalf: true },
  until: { label: 'pages.until', kind: 'moment', isOptional: true, isHalf: true },
  languages: {
    ...{ label: 'pages.languages', help: 'pages.languagesHelp', kind: 'choices', isOptional: true },
    choices: ({ shopLanguages, locale }) =>
      shopLanguages.map((value) => ({ value, label: languageName(value, locale) })),
  },
};

/** Which languages there are is known once somebody is signed in. */
const questionsField = (): FieldDefinition<EditedBlock> => ({
  ...{ label: 'pages.questions', kind: 'rows', addLabel: 'pages.addQuestion', isFor: isOf('items') },
  parts: Object.fromEntries(
    contentLanguages().flatMap((language) => [
      [questionKey(language), questionField('pages.question', language, 'text')],
      [answerKey(language), questionField('pages.answer', language, 'rich-text')],
    ]),
  ),
  newRow: () => emptyRow(),
});

function textsOf(type: PageBlockType): FieldDefinition<EditedBlock> {
  const parts = ASKED[type].texts;
  return {
    ...{ label: 'pages.texts', kind: 'translations', isFor: () => parts.length > 0 },
    parts: Object.fromEntries(parts.map((part) => [part, TEXTS[part]])),
  };
}

function fieldsOf(type: PageBlockType) {
  const { isHidden, from, until, languages, ...parts } = FIELDS;
  const when = { isHidden, from, until, languages };
  return { translations: textsOf(type), ...parts, items: questionsField(), ...when };
}

/** What may be saved; what a type does not have is in none of its fields, and not sent. */
function schemaOf(type: PageBlockType, tools: Tools): never {
  return z.object({
    translations: translations(
      tools,
      Object.fromEntries(ASKED[type].texts.map((part) => [part, optionalText()])) as never,
    ) as never,
    imageId: z.string().nullable(),
    narrowImageId: z.string().nullable(),
    images: z.array(z.object({ imageId: z.string().nullable() })),
    source: z.enum(SOURCES),
    count: z.number().int().min(1).max(12),
    productIds: z.array(z.string()).max(12),
    categoryIds: z.array(z.string()).max(12),
    targetId: z.string().nullable(),
    path: optionalText(),
    items: z.array(z.record(z.string(), z.string())),
    isHidden: z.boolean(),
    from: optionalMoment(tools),
    until: optionalMoment(tools),
    languages: z.array(z.string()),
  }) as never;
}

/** The form of a block of this type. */
export const blockForm = (type: PageBlockType) =>
  defineForm<EditedBlock, BlockValues>({
    name: 'page-block',
    done: '',
    titleOf: (_edited, { t }) => t(`blockType.${type}`),
    schema: (tools) => schemaOf(type, tools),
    toFields: (edited) => toFields(edited?.block),
    fields: fieldsOf(type),
    update: (client, { page, block }, values) =>
      onVersion(page.version, async (expectedVersion) => {
        const changed = { ...blockInput(block), ...entered(type, values) };
        const blocks = blocksOf(page).map((other) => (other.key === block.key ? changed : other));
        const input = { pageId: page.id, expectedVersion, blocks };
        const result = await client.mutation(PageUpdateDocument, { input }, PAGE_CONTEXT);
        return { result, userErrors: result.data?.pageUpdate.errors };
      }),
  });

/** What is written of a page is told to every query that read one. */
export const PAGE_CONTEXT = { additionalTypenames: ['Page', 'Media'] };

function imageField(label: string): FieldDefinition<EditedBlock> {
  return { label, kind: 'own', component: ImageChoice, isOptional: true };
}

function questionField(
  label: string,
  language: LanguageCode,
  kind: 'text' | 'rich-text',
): FieldDefinition<EditedBlock> {
  return {
    label: ({ t }) => `${t(label)} (${language})`,
    kind,
    isOptional: true,
    isFor: (_edited, _values, { shopLanguages }: Tools) => shopLanguages.includes(language),
  };
}

function emptyRow(): Row {
  return Object.fromEntries(
    contentLanguages().flatMap((language) => [
      [questionKey(language), ''],
      [answerKey(language), ''],
    ]),
  );
}

function toFields(block: Block | undefined): BlockValues {
  const [imageId = null, narrowImageId = null] = block?.imageIds ?? [];
  return {
    translations: (block?.translations ?? []).map(({ locale, eyebrow, title, text, html, action }) => ({
      ...{ locale, eyebrow: eyebrow ?? null, title: title ?? null, text: text ?? null },
      ...{ html: html ?? null, action: action ?? null },
    })),
    ...{ imageId, narrowImageId, images: (block?.imageIds ?? []).map((id) => ({ imageId: id })) },
    ...{ source: block?.source ?? 'NEWEST', count: block?.count ?? 4 },
    ...{ productIds: block?.productIds ?? [], categoryIds: block?.categoryIds ?? [] },
    ...{ targetId: block?.link?.targetId ?? null, path: block?.link?.path ?? null },
    items: (block?.items ?? []).map((item) => ({
      ...emptyRow(),
      ...Object.fromEntries(
        item.translations.flatMap(({ locale, title, html }) => [
          [questionKey(locale), title ?? ''],
          [answerKey(locale), html ?? ''],
        ]),
      ),
    })),
    ...{ isHidden: block?.isHidden ?? false, from: block?.from ?? null, until: block?.until ?? null },
    languages: block?.languages ?? [],
  };
}

/** The fields of the input that blocks of this type have. */
function entered(type: PageBlockType, values: BlockValues) {
  const { isHidden, from, until, languages } = values;
  const when = { isHidden, from, until, languages };
  if (type === 'UNKNOWN') return when;
  const { more } = ASKED[type];
  const chosen = values.source === 'CATEGORY' || more.includes('categories') ? values.categoryIds : [];
  return {
    ...{ ...when, translations: values.translations, imageIds: imagesOf(more, values) },
    ...(more.includes('source') && { source: values.source, count: values.count }),
    productIds: more.includes('source') && values.source === 'CHOSEN' ? values.productIds : [],
    categoryIds: more.includes('source') && values.source === 'CATEGORY' ? chosen.slice(0, 1) : chosen,
    link: linkOf(values),
    items: values.items.map(itemOf),
  };
}

function imagesOf(more: readonly Extra[], { imageId, narrowImageId, images }: BlockValues): string[] {
  if (more.includes('images')) return images.flatMap((row) => row.imageId ?? []);
  const narrow = more.includes('narrowImage') && imageId ? (narrowImageId ?? []) : [];
  return [...(more.includes('image') && imageId ? [imageId] : []), ...[narrow].flat()];
}

function linkOf({ targetId, path }: BlockValues) {
  if (targetId) return { targetId };
  return path ? { path } : null;
}

function itemOf(row: Row): PageBlockItemInput {
  const text = (key: string): string | null => String(row[key] ?? '').trim() || null;
  // A language that the shop does not have any more keeps its texts.
  const locales = new Set(Object.keys(row).map((key) => key.slice(-2) as LanguageCode));
  return {
    translations: [...locales].flatMap((locale) => {
      const [title, html] = [text(questionKey(locale)), text(answerKey(locale))];
      return title || html ? [{ locale, title, html }] : [];
    }),
  };
}
