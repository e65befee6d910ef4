import { languageName, LANGUAGES } from '@vitrine/client/languages';
import { z } from 'zod';
import type { LanguageCode } from '../generated/shell/graphql';
import { useSession } from './session';

/** The languages that the program has words in, as the API names them: those of a shop whose own are not known yet. */
export const CONTENT_LANGUAGES = LANGUAGES.map((code) => code.toUpperCase() as LanguageCode);

/** The default language of a shop whose own is not known yet. */
export const FIRST_CONTENT_LANGUAGE = CONTENT_LANGUAGES[0] as LanguageCode;

/** The languages in which staff of the shop write texts, those that are not published too. */
export const contentLanguages = (): readonly LanguageCode[] =>
  useSession().shop.value?.contentLanguages ?? CONTENT_LANGUAGES;

/** The languages in which buyers read the shop. */
export const buyerLanguages = (): readonly LanguageCode[] =>
  useSession().shop.value?.languages ?? CONTENT_LANGUAGES;

/**
 * Languages to choose from, by their names in that of the user. The one that is chosen already stays among them, although
 * nobody would choose it now: else the form could not be sent.
 */
export function languageChoices(
  languages: readonly LanguageCode[],
  chosen: LanguageCode | undefined,
  locale: string,
): { value: LanguageCode; label: string }[] {
  const all = chosen === undefined ? languages : [...new Set([...languages, chosen])];
  return all.map((value) => ({ value, label: languageName(value, locale) }));
}

/** For the schema of a form: any language, as its choices say which. */
export const languageCode = z.custom<LanguageCode>((code) => typeof code === 'string' && code !== '');
