import { registerEnumType } from 'type-graphql';
import { LANGUAGES, languageDataOf, type Language } from '../../kernel/languages.js';

/** The GraphQL enum; its internal values are the lower-case codes of kernel/languages. */
export const LanguageCode: Readonly<Record<string, Language>> = Object.fromEntries(
  LANGUAGES.map((code) => [code.toUpperCase(), code]),
);

registerEnumType(LanguageCode, {
  name: 'LanguageCode',
  description: 'A language of content and mails (ISO 639-1).',
  valuesConfig: Object.fromEntries(
    LANGUAGES.map((code) => [code.toUpperCase(), { description: `${languageDataOf(code).englishName}.` }]),
  ),
});
