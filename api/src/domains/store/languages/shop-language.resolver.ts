import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { hasWords, languageDataOf, type Language } from '../../../kernel/languages.js';
import { Auth, Public } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { Cost } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { SettingsService } from '../settings.service.js';
import { languagesGroup } from './languages-group.js';
import {
  ShopLanguageAddInput,
  ShopLanguageRemoveInput,
  ShopLanguageUpdateInput,
} from './shop-language.input.js';
import type { ShopLanguages } from './shop-language.service.js';
import { PageWords, ShopLanguageList, ShopLanguagePayload } from './shop-language.type.js';
import type { ShopWords } from './shop-words.js';
import type { Translations } from './translations.service.js';

interface Deps {
  readonly settings: SettingsService;
  readonly languages: ShopLanguages;
  readonly translations: Translations;
  readonly words: ShopWords;
}

@Resolver()
export class ShopLanguageResolver {
  constructor(private readonly deps: Deps) {}

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Cost(20)
  @Query(() => ShopLanguageList, { description: 'The languages of the shop, those not published too.' })
  async shopLanguages(): Promise<object> {
    const { value, version } = await this.deps.settings.stored(languagesGroup);
    const languages = [];
    for (const code of value.kept)
      languages.push({
        ...{ code, ownName: ownNameOf(code), hasProgramWords: hasWords(code) },
        isPublished: value.offered.includes(code),
        isDefault: value.defaultLanguage === code,
        isRoot: value.rootLanguage === code,
        coverage: await this.deps.translations.coverage(code),
      });
    return { languages, version };
  }

  @Public()
  @Query(() => PageWords, {
    description: 'The words of pages that staff of the shop wrote, in the language of the request.',
  })
  pageWords(@Ctx() { language }: RequestContext): Promise<object> {
    return this.deps.words.ofPages(language);
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @Mutation(() => ShopLanguagePayload, {
    description:
      'Adds a language to the shop. Staff write in it at once; buyers read it once it is published.',
  })
  shopLanguageAdd(
    @Arg('input', () => ShopLanguageAddInput, { description: 'Which language.' }) input: ShopLanguageAddInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.changed(input, () => this.deps.languages.add(input.language, by(input, context)));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('LANGUAGE_NOT_KEPT', 'LANGUAGE_IN_USE', 'LANGUAGE_NOT_OFFERED', 'DEFAULT_LANGUAGE_INCOMPLETE')
  @Mutation(() => ShopLanguagePayload, {
    description:
      'Publishes a language or takes it back, makes it the default one, or brings it to the root of addresses.',
  })
  shopLanguageUpdate(
    @Arg('input', () => ShopLanguageUpdateInput, { description: 'What changes.' })
    input: ShopLanguageUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const { language, isPublished, isDefault, isRoot } = input;
    const change = { isPublished, isDefault, isRoot };
    return this.changed(input, () => this.deps.languages.update(language, change, by(input, context)));
  }

  @Auth(Role.ADMIN, 'SETTINGS_WRITE')
  @UserErrors('LANGUAGE_NOT_KEPT', 'LANGUAGE_IN_USE')
  @Mutation(() => ShopLanguagePayload, {
    description: 'Takes a language out of the shop; its texts are kept and hidden.',
  })
  shopLanguageRemove(
    @Arg('input', () => ShopLanguageRemoveInput, { description: 'Which language.' })
    input: ShopLanguageRemoveInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return this.changed(input, () => this.deps.languages.remove(input.language, by(input, context)));
  }

  private changed(input: object, work: () => Promise<void>): Promise<object> {
    const asItIs = async () => ({ shopLanguages: await this.shopLanguages() });
    return asPayload(
      input,
      async () => {
        await work();
        return asItIs();
      },
      asItIs,
    );
  }
}

const by = (
  { expectedVersion = null }: { readonly expectedVersion?: number | null },
  context: RequestContext,
) => ({ expectedVersion, actorId: actorOf(context) });

/** Its name in itself, with a capital. */
function ownNameOf(code: Language): string {
  const { locale } = languageDataOf(code);
  const name = new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
}
