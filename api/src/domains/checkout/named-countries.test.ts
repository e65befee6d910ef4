import { expect, it } from 'vitest';
import { namedCountries } from './named-countries.js';

const COUNTRIES = [
  { code: 'RO', name: { ro: 'România', en: 'Romania', fr: 'Roumanie' } },
  { code: 'AT', name: { ro: 'Austria', en: 'Austria', fr: 'Autriche' } },
  { code: 'CZ', name: { ro: 'Cehia', en: 'Czechia', fr: 'Tchéquie' } },
  { code: 'DE', name: { ro: 'Germania', en: 'Germany', fr: 'Allemagne' } },
  { code: 'ES', name: { ro: 'Spania', en: 'Spain', fr: 'Espagne' } },
  { code: 'EE', name: { ro: 'Estonia', en: 'Estonia', fr: 'Estonie' } },
  { code: 'NL', name: { ro: 'Țările de Jos', en: 'Netherlands', fr: 'Pays-Bas' } },
];
const codes = (language: 'ro' | 'en' | 'fr'): string =>
  namedCountries(COUNTRIES, { language, homeCountry: 'RO' })
    .map(({ code }) => code)
    .join(' ');

it('offers the home country first and the others in the alphabet of the reader', () => {
  expect(codes('ro')).toBe('RO AT CZ EE DE ES NL');
  expect(codes('en')).toBe('RO AT CZ EE DE NL ES');
  expect(codes('fr')).toBe('RO DE AT ES EE NL CZ');
});
