import { languageDataOf, localized, type Language, type LocalizedText } from '../../kernel/languages.js';

const collators = new Map<Language, Intl.Collator>();

function collatorOf(language: Language): Intl.Collator {
  let collator = collators.get(language);
  if (!collator) collators.set(language, (collator = new Intl.Collator(languageDataOf(language).locale)));
  return collator;
}

/** The countries with their names in a language, as a list to choose from: home first, the others by name. */
export function namedCountries(
  countries: readonly { readonly code: string; readonly name: LocalizedText }[],
  {
    language,
    defaultLanguage,
    homeCountry,
  }: {
    readonly language: Language;
    readonly defaultLanguage: Language;
    readonly homeCountry: string;
  },
): { readonly code: string; readonly name: string }[] {
  const { compare } = collatorOf(language);
  const isAway = ({ code }: { code: string }): number => Number(code !== homeCountry);
  return countries
    .map(({ code, name }) => ({ code, name: localized(name, language, defaultLanguage) ?? code }))
    .sort((a, b) => isAway(a) - isAway(b) || compare(a.name, b.name));
}
