import { LANGUAGES } from '@vitrine/client/languages';
import type { LanguageCode } from '../generated/shell/graphql';

/** The languages of content as the API names them. */
export const CONTENT_LANGUAGES = LANGUAGES.map((code) => code.toUpperCase() as LanguageCode);

/** The default language of a shop whose own is not known yet. */
export const FIRST_CONTENT_LANGUAGE = CONTENT_LANGUAGES[0] as LanguageCode;
