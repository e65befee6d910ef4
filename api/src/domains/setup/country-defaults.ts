import { FIRST_VAT } from '../../kernel/address/first-vat.js';
import type { Language } from '../../kernel/languages.js';

/** What a country brings: its money, its hours, the languages of its buyers that the program has words in, its VAT. */
export interface CountryDefaults {
  readonly code: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly languages: readonly Language[];
  /** Percent. */
  readonly vat: number;
}

const OTHER_CURRENCIES: Readonly<Record<string, string>> = {
  ...{ RO: 'RON', CZ: 'CZK', DK: 'DKK' },
  ...{ HU: 'HUF', PL: 'PLN', SE: 'SEK' },
};

/** The zone of its capital. */
const TIME_ZONES: Readonly<Record<string, string>> = {
  AT: 'Europe/Vienna',
  BE: 'Europe/Brussels',
  BG: 'Europe/Sofia',
  CY: 'Asia/Nicosia',
  CZ: 'Europe/Prague',
  DE: 'Europe/Berlin',
  DK: 'Europe/Copenhagen',
  EE: 'Europe/Tallinn',
  ES: 'Europe/Madrid',
  FI: 'Europe/Helsinki',
  FR: 'Europe/Paris',
  GR: 'Europe/Athens',
  HR: 'Europe/Zagreb',
  HU: 'Europe/Budapest',
  IE: 'Europe/Dublin',
  IT: 'Europe/Rome',
  LT: 'Europe/Vilnius',
  LU: 'Europe/Luxembourg',
  LV: 'Europe/Riga',
  MT: 'Europe/Malta',
  NL: 'Europe/Amsterdam',
  PL: 'Europe/Warsaw',
  PT: 'Europe/Lisbon',
  RO: 'Europe/Bucharest',
  SE: 'Europe/Stockholm',
  SI: 'Europe/Ljubljana',
  SK: 'Europe/Bratislava',
};

const LANGUAGES: Readonly<Record<string, readonly Language[]>> = {
  RO: ['ro', 'en'],
  ...{ FR: ['fr', 'en'], BE: ['fr', 'en'], LU: ['fr', 'en'] },
};

/** The countries in which a shop can be set up: those whose taxes the program knows. */
export const COUNTRIES: readonly CountryDefaults[] = Object.entries(FIRST_VAT)
  .map(([code, [vat]]) => ({
    code,
    currency: OTHER_CURRENCIES[code] ?? 'EUR',
    timeZone: TIME_ZONES[code] ?? 'UTC',
    languages: LANGUAGES[code] ?? (['en'] as const),
    vat,
  }))
  .sort((one, other) => one.code.localeCompare(other.code, 'en'));
