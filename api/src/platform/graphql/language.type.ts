import { registerEnumType } from 'type-graphql';
import { EVERY_LANGUAGE, languageDataOf, type Language } from '../../kernel/languages.js';

/** The GraphQL enum; its internal values are the lower-case codes of kernel/languages. */
export const LanguageCode: Readonly<Record<string, Language>> = Object.fromEntries(
  EVERY_LANGUAGE.map((code) => [code.toUpperCase(), code]),
);

registerEnumType(LanguageCode, {
  name: 'LanguageCode',
  description:
    'A language, by its code of ISO 639-1. A shop speaks those that staff added: `shopLanguages`; buyers read the ones of `shop.languages`.',
  valuesConfig: Object.fromEntries(
    EVERY_LANGUAGE.map((code) => [
      code.toUpperCase(),
      { description: `${languageDataOf(code).englishName}.` },
    ]),
  ),
});
