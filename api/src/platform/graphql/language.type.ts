import { registerEnumType } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';

/** The GraphQL enum; its internal values are the lower-case codes of kernel/languages. */
export const LanguageCode = { RO: 'ro', EN: 'en', FR: 'fr' } as const satisfies Record<
  Uppercase<Language>,
  Language
>;

registerEnumType(LanguageCode, {
  name: 'LanguageCode',
  description: 'A language of content and mails (ISO 639-1).',
  valuesConfig: {
    RO: { description: 'Romanian.' },
    EN: { description: 'English.' },
    FR: { description: 'French.' },
  },
});
