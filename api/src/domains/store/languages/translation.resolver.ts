import { Arg, Args, ArgsType, Ctx, Field, Int, Mutation, Query, Resolver } from 'type-graphql';
import { InvalidInputError } from '../../../kernel/errors.js';
import type { Language } from '../../../kernel/languages.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { LanguageCode } from '../../../platform/graphql/language.type.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { MessageOverrides } from './message-override.service.js';
import { MessageOverrideSetInput, TranslationSaveInput } from './shop-language.input.js';
import {
  InterfaceWordPage,
  MessageOverridePayload,
  MissingTextPage,
  TranslationPayload,
} from './shop-language.type.js';
import { isWordArea, type Translations } from './translations.service.js';

const MOST_AT_ONCE = 100;
const FIRST = `How many, 1 to ${MOST_AT_ONCE}.`;
const AFTER = 'The `endCursor` of the page before; null for the beginning.';

@ArgsType()
class InterfaceWordsArguments {
  @Field(() => LanguageCode, { description: 'The language.' })
  language!: Language;

  @Field(() => String, { description: 'INTERFACE, MAILS or DOCUMENTS.' })
  area!: string;

  @Field(() => String, {
    defaultValue: '',
    description: 'Only words that have this in their text or key.',
  })
  search!: string;

  @Field(() => Int, { defaultValue: 50, description: FIRST })
  first!: number;

  @Field(() => String, { nullable: true, description: AFTER })
  after?: string | null;
}

@Resolver()
export class TranslationResolver {
  constructor(
    private readonly translations: Translations,
    private readonly overrides: MessageOverrides,
  ) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Query(() => MissingTextPage, {
    description: 'The texts of an area that some language has and this one lacks.',
  })
  missingTexts(
    @Arg('language', () => LanguageCode, { description: 'The language.' }) language: Language,
    @Arg('area', () => String, { description: 'As `LanguageCoverage.area` names it.' }) area: string,
    @Arg('first', () => Int, { defaultValue: 50, description: FIRST }) first: number,
    @Arg('after', () => String, { nullable: true, description: AFTER }) after: string | null = null,
  ): Promise<object> {
    return this.translations.missing({ language, area }, slice(first, after));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Query(() => InterfaceWordPage, {
    description: 'The words of the program that buyers read, as they are said in a language.',
  })
  interfaceWords(
    @Args(() => InterfaceWordsArguments) { language, area, search, first, after }: InterfaceWordsArguments,
  ): Promise<object> {
    if (!isWordArea(area)) throw new InvalidInputError('INTERFACE, MAILS or DOCUMENTS.', ['area']);
    return this.translations.wordsOf({ language, area, search }, slice(first, after ?? null));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('NOT_FOUND', 'STALE_VERSION', 'LANGUAGE_NOT_KEPT', 'MESSAGE_PLACEHOLDERS')
  @Mutation(() => TranslationPayload, {
    description:
      'Writes one text of the shop in a language, by the rules of what it belongs to: also with the permission to change that.',
  })
  translationSave(
    @Arg('input', () => TranslationSaveInput, { description: 'The text.' }) input: TranslationSaveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => ({ coverage: await this.translations.save(input, viewer!) }));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('NOT_FOUND', 'LANGUAGE_NOT_KEPT', 'MESSAGE_PLACEHOLDERS')
  @Mutation(() => MessageOverridePayload, {
    description:
      'Says a word of the program otherwise in a language: on pages at once, in mails and documents from the next one on.',
  })
  messageOverrideSet(
    @Arg('input', () => MessageOverrideSetInput, { description: 'The word.' }) input: MessageOverrideSetInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { language, key, text = null } = input;
    const asItIs = async () => ({ word: await this.translations.word(language, key) });
    return asPayload(
      input,
      async () => {
        await this.overrides.set({ language, key, text, actorId: actorOf(context) });
        return asItIs();
      },
      asItIs,
    );
  }
}

/** @throws InvalidInputError */
function slice(first: number, after: string | null): { first: number; after: string | null } {
  if (first < 1 || first > MOST_AT_ONCE)
    throw new InvalidInputError(`Ask for 1 to ${MOST_AT_ONCE}.`, ['first']);
  return { first, after };
}
