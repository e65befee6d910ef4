import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import { Node } from '../../platform/graphql/node.type.js';

export enum UrlFound {
  ENTITY = 'ENTITY',
  REDIRECT = 'REDIRECT',
  GONE = 'GONE',
}
registerEnumType(UrlFound, {
  name: 'UrlFound',
  description: 'What is at an address.',
  valuesConfig: {
    ENTITY: { description: 'A product or category: `entity`.' },
    REDIRECT: {
      description: 'Another address holds in its place: `redirectTo`, with the HTTP status `code`.',
    },
    GONE: { description: 'Something was there, and is gone for good: HTTP status 410.' },
  },
});

@ObjectType({ description: 'The address of a page in a language.', simpleResolvers: true })
export class UrlAlternate {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly language!: Language;

  @Field(() => String, { description: 'The path of the storefront.' })
  readonly path!: string;
}

@ObjectType({ description: 'What is at a path of the storefront.', simpleResolvers: true })
export class ResolvedUrl {
  @Field(() => UrlFound, { description: 'What it is.' })
  readonly found!: UrlFound;

  @Field(() => Node, {
    nullable: true,
    description:
      'The product or category that is there, or that a redirect leads to; null for anything else.',
  })
  readonly entity!: object | null;

  @Field(() => Int, { description: 'The HTTP status that a storefront answers with: 200, 301, 302 or 410.' })
  readonly code!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The path to go to, as it stands in a `Location`; null unless it is a redirect.',
  })
  readonly redirectTo!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The one path of the page, in the language of the path asked for; null for what is gone.',
  })
  readonly canonical!: string | null;

  @ListSize(3)
  @Field(() => [UrlAlternate], {
    description: 'The same page in each language that the shop offers to buyers; empty for what is gone.',
  })
  readonly alternates!: UrlAlternate[];
}
