import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Language } from '../../../kernel/languages.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Payload } from '../../../platform/graphql/payload.js';

export enum TextKind {
  LINE = 'LINE',
  TEXT = 'TEXT',
  HTML = 'HTML',
}
registerEnumType(TextKind, {
  name: 'TextKind',
  description: 'How a text is written.',
  valuesConfig: {
    LINE: { description: 'One line.' },
    TEXT: { description: 'Plain text of several lines.' },
    HTML: { description: 'Formatted text as HTML; what is not harmless is taken out.' },
  },
});

@ObjectType({
  description: 'How much of an area of the shop is written in a language.',
  simpleResolvers: true,
})
export class LanguageCoverage {
  @Field(() => String, {
    description:
      'The area by its name for programs: `products`, `categories` ..., and for the words of the program itself INTERFACE, MAILS and DOCUMENTS.',
  })
  readonly area!: string;

  @Field(() => Int, { description: 'Texts that some language has.' })
  readonly total!: number;

  @Field(() => Int, { description: 'Those of them that this language has.' })
  readonly written!: number;
}

@ObjectType({ description: 'A language of the shop.', simpleResolvers: true })
export class ShopLanguage {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly code!: Language;

  @Field(() => String, { description: 'Its name in itself, such as Deutsch.' })
  readonly ownName!: string;

  @Field(() => Boolean, { description: 'Whether buyers read it; until then only staff writes in it.' })
  readonly isPublished!: boolean;

  @Field(() => Boolean, {
    description: 'Whether it is the one of buyers who ask for none, and of texts that are not translated.',
  })
  readonly isDefault!: boolean;

  @Field(() => Boolean, { description: 'Whether its pages have no prefix in their addresses.' })
  readonly isRoot!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether the program has words in it. Of another one pages, mails and documents are in the words of the default language until staff writes its own.',
  })
  readonly hasProgramWords!: boolean;

  @ListSize(12)
  @Field(() => [LanguageCoverage], { description: 'How much is written in it, by area.' })
  readonly coverage!: readonly LanguageCoverage[];
}

@ObjectType({ description: 'The languages of the shop.', simpleResolvers: true })
export class ShopLanguageList {
  @ListSize(4)
  @Field(() => [ShopLanguage], { description: 'Each once, those that the program has words in first.' })
  readonly languages!: readonly ShopLanguage[];

  @Field(() => Int, { description: 'Goes up with each change of them; give it as expectedVersion.' })
  readonly version!: number;
}

@ObjectType({ description: 'The languages of the shop after a change.', simpleResolvers: true })
export class ShopLanguagePayload extends Payload {
  @Field(() => ShopLanguageList, {
    nullable: true,
    description: 'The languages as they are now, also when refused.',
  })
  shopLanguages!: object | null;
}

@ObjectType({ description: 'A text that a language lacks.', simpleResolvers: true })
export class MissingText {
  @Field(() => String, { description: 'What the text belongs to, to give it back with its words.' })
  readonly id!: string;

  @Field(() => String, { description: 'Which text of it, such as `name`.' })
  readonly field!: string;

  @Field(() => String, { description: 'What staff know it by: the name of the product.' })
  readonly label!: string;

  @Field(() => String, { description: 'How it reads in the default language, else in another one.' })
  readonly source!: string;

  @Field(() => TextKind, { description: 'How it is written.' })
  readonly kind!: TextKind;

  @Field(() => Int, { description: 'How long it may be, in characters.' })
  readonly most!: number;
}

@ObjectType({ description: 'A part of the texts that a language lacks.', simpleResolvers: true })
export class MissingTextPage {
  @ListSize(50)
  @Field(() => [MissingText], { description: 'The texts.' })
  readonly nodes!: readonly MissingText[];

  @Field(() => String, { nullable: true, description: 'For `after`; null when there are no more.' })
  readonly endCursor!: string | null;
}

@ObjectType({
  description: 'A word of the program that buyers read, in one language.',
  simpleResolvers: true,
})
export class InterfaceWord {
  @Field(() => LanguageCode, { description: 'The language.' })
  readonly language!: Language;

  @Field(() => String, { description: 'Its file of messages and its key there: `storefront:nav.cart`.' })
  readonly key!: string;

  @Field(() => String, { description: 'INTERFACE, MAILS or DOCUMENTS.' })
  readonly area!: string;

  @Field(() => String, {
    description:
      'How the program says it: in this language, else in the default one. `{name}` stands for a value; forms for numbers are apart by ` | `.',
  })
  readonly own!: string;

  @Field(() => String, { nullable: true, description: 'How staff say it; null where they wrote nothing.' })
  readonly text!: string | null;
}

@ObjectType({ description: 'A part of the words of the program.', simpleResolvers: true })
export class InterfaceWordPage {
  @ListSize(50)
  @Field(() => [InterfaceWord], { description: 'The words, in the order of the program.' })
  readonly nodes!: readonly InterfaceWord[];

  @Field(() => String, { nullable: true, description: 'For `after`; null when there are no more.' })
  readonly endCursor!: string | null;
}

@ObjectType({ description: 'A word after a change.', simpleResolvers: true })
export class MessageOverridePayload extends Payload {
  @Field(() => InterfaceWord, {
    nullable: true,
    description: 'The word as it is now; null when there is no such word.',
  })
  word!: object | null;
}

@ObjectType({ description: 'How much of the area is written after a text was.', simpleResolvers: true })
export class TranslationPayload extends Payload {
  @Field(() => LanguageCoverage, { nullable: true, description: 'The area; null when it was refused.' })
  coverage!: object | null;
}

@ObjectType({ description: 'A word of pages, as staff of the shop say it.', simpleResolvers: true })
export class PageWord {
  @Field(() => String, { description: 'Its key in the messages of the storefront: `nav.cart`.' })
  readonly key!: string;

  @Field(() => String, { description: 'The word.' })
  readonly text!: string;
}

@ObjectType({
  description:
    'The words of pages that staff of the shop wrote in place of those of the storefront, in the language of the request.',
  simpleResolvers: true,
})
export class PageWords {
  @Field(() => String, { nullable: true, description: 'Changes with the words; null when there are none.' })
  readonly version!: string | null;

  @ListSize(100)
  @Field(() => [PageWord], { description: 'The words.' })
  readonly words!: readonly PageWord[];
}
