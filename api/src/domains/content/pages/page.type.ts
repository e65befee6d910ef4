import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { GlobalId } from '../../../platform/graphql/derived.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../../platform/graphql/node.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { CalendarDate, DateTime } from '../../../platform/graphql/scalars.js';
import { Seo } from '../../catalog/index.js';
import { UrlAlternate } from '../../routing/index.js';
import { PageBlockContent } from '../blocks/block-content.type.js';
import { PageBlock } from '../blocks/block.type.js';
import { PageKind } from './page.entity.js';

registerEnumType(PageKind, {
  name: 'PageKind',
  description: 'What a page is for.',
  valuesConfig: {
    HOME: { description: 'What a visitor sees first; there is one.' },
    PAGE: { description: 'Any other page.' },
    LEGAL: { description: 'One that the law asks for: it stays, and is never empty.' },
  },
});

@ObjectType({ description: "A page's texts in one language.", simpleResolvers: true })
export class PageTranslation {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly locale!: Language;
  @Field(() => String, { nullable: true, description: 'The name.' })
  readonly name!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Its slug, which holds already; null for that of the default language.',
  })
  readonly slug!: string | null;
  @Field(() => String, { nullable: true, description: 'Title for search engines.' })
  readonly seoTitle!: string | null;
  @Field(() => String, { nullable: true, description: 'Description for search engines.' })
  readonly seoDescription!: string | null;
}

@ObjectType('PageContent', {
  description: 'All that a page says, in all languages, as staff write it.',
  simpleResolvers: true,
})
export class PageContentType {
  @ListSize(3)
  @Field(() => [PageTranslation], { description: 'Its texts, in each language that it has some in.' })
  readonly translations!: PageTranslation[];
  @Field(() => Boolean, { description: 'Whether search engines should leave it out.' })
  readonly noindex!: boolean;
  @Field(() => ID, {
    nullable: true,
    description: 'The image with which it is shared; null for none of its own.',
  })
  readonly shareImageId!: string | null;
  @ListSize(8)
  @Field(() => [PageBlockContent], { description: 'Its blocks, in their order.' })
  readonly blocks!: PageBlockContent[];
}

@ObjectType({ description: 'What was published of a page at one time.', simpleResolvers: true })
export class PageVersion {
  @GlobalId('pver')
  readonly id!: string;
  @Field(() => Int, { description: 'Counts the versions of the page, from 1.' })
  readonly number!: number;
  @Field(() => String, { nullable: true, description: 'What staff wrote about it.' })
  readonly note!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Who published it; null for a text that came with the program.',
  })
  readonly publishedBy!: string | null;
  @Field(() => DateTime, { description: 'From when on buyers were to see it.' })
  readonly shownFrom!: Date;
  @Field(() => PageContentType, { description: 'What it says.' })
  readonly content!: PageContentType;
}

const STAFF = [Role.SUPPORT, 'CONTENT_READ'] as const;

@ObjectType({
  implements: Node,
  description: 'A page of the shop, made of blocks.',
  simpleResolvers: true,
})
export class Page {
  @GlobalId('page')
  readonly id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Of a page that the shop has by itself, such as `terms`; null for others.',
  })
  readonly key!: string | null;

  @Field(() => PageKind, { description: 'What it is for.' })
  readonly kind!: PageKind;

  @Field(() => String, { description: 'The name, in the language of the request.' })
  readonly name!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses, in the language of the request; null for the home page.',
  })
  readonly slug!: string | null;

  @ListSize(3)
  @Field(() => [UrlAlternate], { description: 'Its path in each language that the shop offers to buyers.' })
  readonly paths!: UrlAlternate[];

  @Field(() => Seo, { description: 'Texts and hints for search engines.' })
  readonly seo!: object;

  @ListSize(5)
  @Field(() => [PageBlock], {
    description: 'What it shows now to readers of the language of the request, in order.',
  })
  readonly blocks!: object[];

  @Field(() => CalendarDate, { description: 'The day on which it last changed: for sitemaps.' })
  readonly modifiedOn!: string;

  @Auth(...STAFF)
  @Field(() => Int, {
    nullable: true,
    description: 'Goes up with each change; give it as expectedVersion. Staff only.',
  })
  readonly version!: number | null;

  @Auth(...STAFF)
  @Field(() => Boolean, { nullable: true, description: 'Whether buyers can see it. Staff only.' })
  readonly isPublished!: boolean | null;

  @Auth(...STAFF)
  @Field(() => Boolean, { nullable: true, description: 'Whether its draft says something else. Staff only.' })
  readonly hasDraft!: boolean | null;

  @Auth(...STAFF)
  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the next version takes the place of the one that buyers see; null when none is planned. Staff only.',
  })
  readonly publishAt!: Date | null;

  @Auth(...STAFF)
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its text came with the program and nobody has said that she read it. Staff only.',
  })
  readonly isStartText!: boolean | null;

  @Auth(...STAFF)
  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was archived; null when it is not. Staff only.',
  })
  readonly archivedAt!: Date | null;

  @Auth(...STAFF)
  @Field(() => PageContentType, {
    nullable: true,
    description:
      'What an editor goes on with: the draft, else the planned version, else the one that buyers see. Staff only.',
  })
  readonly draft!: PageContentType | null;

  @Auth(...STAFF)
  @ListSize(10)
  @Field(() => [PageVersion], {
    nullable: true,
    description: 'The last 50 versions, newest first. Staff only.',
  })
  readonly versions!: object[] | null;
}

@ObjectType({ description: 'The page as it is now.', simpleResolvers: true })
export class PagePayload extends Payload {
  @Field(() => Page, {
    nullable: true,
    description: 'The page as it is now, also when refused; null when there is none.',
  })
  page!: object | null;
}

@ObjectType({ description: 'Shows the draft of a page without signing in.', simpleResolvers: true })
export class PagePreviewPayload extends Payload {
  @Field(() => String, {
    nullable: true,
    description: 'The address of the draft in the storefront; null when refused.',
  })
  url!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it ends at the latest; it ends when the page is published, too.',
  })
  expiresAt!: Date | null;
}
