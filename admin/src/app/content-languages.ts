import { LANGUAGES } from '@vitrine/client/languages';
import type { LanguageCode } from '../generated/shell/graphql';
import { useSession } from './session';

/** The languages that the program has words in, as the API names them: those of a shop whose own are not known yet. */
export const CONTENT_LANGUAGES = LANGUAGES.map((code) => code.toUpperCase() as LanguageCode);

/** The default language of a shop whose own is not known yet. */
export const FIRST_CONTENT_LANGUAGE = CONTENT_LANGUAGES[0] as LanguageCode;

/** The languages in which staff of the shop write texts, those that are not published too. */
export const contentLanguages = (): readonly LanguageCode[] =>
  useSession().shop.value?.contentLanguages ?? CONTENT_LANGUAGES;
