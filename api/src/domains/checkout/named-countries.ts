import { Field, ObjectType } from 'type-graphql';
import { countryName } from '../../kernel/address/countries.js';
import { languageDataOf, type Language, type LocalizedText } from '../../kernel/languages.js';
import { CountryCode } from '../../platform/graphql/scalars.js';

@ObjectType({ description: 'A country the shop delivers to.', simpleResolvers: true })
export class Country {
  @Field(() => CountryCode, { description: 'ISO 3166-1 alpha-2.' })
  code!: string;

  @Field(() => String, { description: "Name in the request's language." })
  name!: string;
}

const collators = new Map<Language, Intl.Collator>();

function collatorOf(language: Language): Intl.Collator {
  let collator = collators.get(language);
  if (!collator) collators.set(language, (collator = new Intl.Collator(languageDataOf(language).locale)));
  return collator;
}

/** The countries with their names in a language, those of the shop before those of Unicode, as a list to choose from: home first, the others by name. */
export function namedCountries(
  countries: readonly { readonly code: string; readonly name: LocalizedText }[],
  {
    language,
    homeCountry,
  }: {
    readonly language: Language;
    readonly homeCountry: string;
  },
): { readonly code: string; readonly name: string }[] {
  const { compare } = collatorOf(language);
  const isAway = ({ code }: { code: string }): number => Number(code !== homeCountry);
  return countries
    .map(({ code, name }) => ({ code, name: name[language] || countryName(code, language) }))
    .sort((a, b) => isAway(a) - isAway(b) || compare(a.name, b.name));
}
