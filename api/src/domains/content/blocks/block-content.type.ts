import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId, prefixOfType, type IdPrefix } from '../../../kernel/ids.js';
import {
  sortedLanguages,
  writtenLanguages,
  type Language,
  type LocalizedText,
} from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { DateTime, SafeHtml } from '../../../platform/graphql/scalars.js';
import type { AddressKinds } from '../../routing/index.js';
import { knownBlock } from './block-types.js';
import { PageBlockTypeEnum, type PageBlockType } from './block.input.js';
import { PageProductSource, type BlockData, type StoredBlock, type StoredLink } from './stored-block.js';

@ObjectType({ description: "A block's texts in one language.", simpleResolvers: true })
export class PageBlockTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;
  @Field(() => String, { nullable: true, description: 'Some words above the heading.' })
  readonly eyebrow!: string | null;
  @Field(() => String, { nullable: true, description: 'The heading.' })
  readonly title!: string | null;
  @Field(() => String, { nullable: true, description: 'Some sentences, or the caption of an image.' })
  readonly text!: string | null;
  @Field(() => SafeHtml, { nullable: true, description: 'The text, with the names of facts.' })
  readonly html!: string | null;
  @Field(() => String, { nullable: true, description: 'What stands on the button.' })
  readonly action!: string | null;
}

@ObjectType({ description: 'The texts of one question in one language.', simpleResolvers: true })
export class PageBlockItemTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;
  @Field(() => String, { nullable: true, description: 'The question.' })
  readonly title!: string | null;
  @Field(() => SafeHtml, { nullable: true, description: 'The answer.' })
  readonly html!: string | null;
}

@ObjectType({ description: 'One of several things of a block.', simpleResolvers: true })
export class PageBlockItem {
  @ListSize(3)
  @Field(() => [PageBlockItemTranslation], { description: 'Its texts.' })
  readonly translations!: PageBlockItemTranslation[];
}

@ObjectType({ description: 'Where a button leads, as staff entered it.', simpleResolvers: true })
export class PageLink {
  @Field(() => ID, { nullable: true, description: 'A product, category or page; null for a path.' })
  readonly targetId!: string | null;
  @Field(() => String, { nullable: true, description: 'A path without language, or an address elsewhere.' })
  readonly path!: string | null;
}

@ObjectType({ description: 'A block as staff write it, in all languages.', simpleResolvers: true })
export class PageBlockContent {
  @Field(() => String, { description: 'Names the block on its page.' })
  readonly key!: string;
  @Field(() => PageBlockTypeEnum, { description: 'What it shows.' })
  readonly type!: PageBlockType;
  @Field(() => Boolean, { description: 'Whether nobody sees it.' })
  readonly isHidden!: boolean;
  @Field(() => DateTime, { nullable: true, description: 'From when on it is shown; null: at once.' })
  readonly from!: string | null;
  @Field(() => DateTime, { nullable: true, description: 'Until when it is shown; null: for good.' })
  readonly until!: string | null;
  @ListSize(3)
  @Field(() => [LanguageCode], { description: 'To readers of which languages; empty for all.' })
  readonly languages!: Language[];
  @ListSize(3)
  @Field(() => [PageBlockTranslation], { description: 'Its texts, in each language that it has some in.' })
  readonly translations!: PageBlockTranslation[];
  @ListSize(3)
  @Field(() => [ID], { description: 'Its images.' })
  readonly imageIds!: string[];
  @ListSize(3)
  @Field(() => [ID], { description: 'Its products.' })
  readonly productIds!: string[];
  @ListSize(3)
  @Field(() => [ID], { description: 'Its categories.' })
  readonly categoryIds!: string[];
  @Field(() => PageProductSource, { nullable: true, description: 'Which products; null for other blocks.' })
  readonly source!: PageProductSource | null;
  @Field(() => Int, { nullable: true, description: 'How many products; null for other blocks.' })
  readonly count!: number | null;
  @Field(() => PageLink, { nullable: true, description: 'Where its button leads; null for nowhere.' })
  readonly link!: PageLink | null;
  @ListSize(4)
  @Field(() => [PageBlockItem], { description: 'Its questions.' })
  readonly items!: PageBlockItem[];
}

const NOTHING: BlockData = {
  ...{ texts: {}, imageIds: [], productIds: [], categoryIds: [] },
  ...{ source: null, count: null, link: null, items: [] },
};

/** A stored block as staff see it; of an unknown type with nothing but when and to whom it would be shown. */
export function blockContent(block: StoredBlock, kinds: AddressKinds): PageBlockContent {
  const known = knownBlock(block);
  const data = known ?? NOTHING;
  const ids = (prefix: IdPrefix, uuids: readonly string[]): string[] =>
    uuids.map((id) => globalId(prefix, id));
  return {
    ...{ key: block.key, type: known ? (block.type as PageBlockType) : 'UNKNOWN' },
    ...{ isHidden: block.hidden ?? false, from: block.from ?? null, until: block.until ?? null },
    languages: [...(block.languages ?? [])],
    translations: inLanguages(data.texts, ['eyebrow', 'title', 'text', 'html', 'action']),
    imageIds: ids('med', data.imageIds),
    productIds: ids('prod', data.productIds),
    categoryIds: ids('cat', data.categoryIds),
    ...{ source: data.source, count: data.count },
    link: data.link && linkContent(data.link, kinds),
    items: data.items.map(({ texts }) => ({ translations: inLanguages(texts, ['title', 'html']) })),
  };
}

export function linkContent({ kind, id, path }: StoredLink, kinds: AddressKinds): PageLink {
  const prefix = kind && prefixOfType(kinds.named(kind)?.type ?? '');
  return { targetId: id && prefix ? globalId(prefix, id) : null, path: path ?? null };
}

function inLanguages<Part extends string>(
  texts: Readonly<Record<string, LocalizedText>>,
  parts: readonly Part[],
): ({ readonly locale: Language } & Readonly<Record<Part, string | null>>)[] {
  const codes = parts.flatMap((part) => writtenLanguages(texts[part] ?? {}));
  return sortedLanguages(codes).map((locale) => ({
    locale,
    ...(Object.fromEntries(parts.map((part) => [part, texts[part]?.[locale] ?? null])) as Record<
      Part,
      string | null
    >),
  }));
}
