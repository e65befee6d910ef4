import { INVISIBLE } from '../invisible-characters.js';
import { postcodeValidator, postcodeValidatorExistsForCountry } from 'postcode-validator';

/*
 * Postal codes are accepted in any notation and stored as the country prints them: # is a digit, @ a letter, * either;
 * other characters are literal. Whether a code exists is checked by the data set.
 */
const SHAPES: Readonly<Record<string, readonly string[]>> = {
  ...shape('####', 'AT BE BG CH CY DK HU LI LU NO SI AU NZ'),
  ...shape('#####', 'DE EE ES FI FR HR IT MC ME RS SM TR UA VA KR MX'),
  ...shape('######', 'RO BY CN IN RU SG'),
  ...shape('### ##', 'CZ GR SE SK'),
  PL: ['##-###'],
  PT: ['####-###'],
  NL: ['#### @@'],
  LV: ['LV-####'],
  LT: ['LT-#####'],
  MD: ['MD-####'],
  AD: ['AD###'],
  IS: ['###'],
  IE: ['@#* ****'],
  MT: ['@@@ ####', '@@@ ##'],
  JP: ['###-####'],
  BR: ['#####-###'],
  CA: ['@#@ #@#'],
  US: ['#####', '#####-####'],
  ...shapes(['@# #@@', '@## #@@', '@#@ #@@', '@@# #@@', '@@## #@@', '@@#@ #@@'], 'GB GG IM JE GI'),
};

/** Prefixes that international mail used before the code and that many address books still have: D-10115. */
const PREFIXES: Readonly<Record<string, string>> = {
  ...{ AT: 'A', BE: 'B', DE: 'D', EE: 'EST', ES: 'E', FI: 'FIN', FR: 'F', GR: 'EL', HU: 'H', IT: 'I' },
  ...{ LI: 'FL', LU: 'L', NO: 'N', PT: 'P', SE: 'S', SI: 'SLO' },
};

/** Countries where the postal code is required. Elsewhere the field may stay empty. */
const NEEDED = new Set(
  (
    'RO AT BE BG CH CY CZ DE DK EE ES FI FR GR HR HU IT LT LU LV MT NL NO PL PT SE SI SK GB GG JE IM IS LI MC SM VA AD MD UA RS ME ' +
    'TR RU BY US CA AU NZ JP KR CN IN BR MX SG'
  ).split(' '),
);

const KINDS: Readonly<Record<string, RegExp>> = { '#': /\d/, '@': /[A-Z]/, '*': /[A-Z\d]/ };
const SEPARATORS = /[\s.\p{Pd}]+/gu;

// Accepted for a country that the data set does not know.
const ANY = /^[A-Z\d][A-Z\d -]{0,11}$/;

export function needsPostalCode(countryCode: string): boolean {
  return NEEDED.has(countryCode);
}

/**
 * The code as the country prints it: `00950` in Poland becomes `00-950`, `d-10115` in Germany `10115`. Empty if none
 * was given and none is required; null for an invalid postal code.
 */
export function readPostalCode(countryCode: string, given: string): string | null {
  const typed = given.normalize('NFKC').replace(INVISIBLE, '').toUpperCase().trim();
  if (typed === '') return needsPostalCode(countryCode) ? null : '';
  const plain = plainly(typed);
  const [template, ...others] = SHAPES[countryCode] ?? [];
  if (template) return firstShaped([template, ...others], countryCode, plain);
  if (!postcodeValidatorExistsForCountry(countryCode)) return ANY.test(typed) ? typed : null;
  return spellings(typed, plain).find((code) => postcodeValidator(code, countryCode)) ?? null;
}

/**
 * What postal codes begin with, as they are stored, without separators: `LV-10` and `10` are `LV10` in Latvia, `F-20` is
 * `20` in France. Null where no code of the country begins so.
 */
export function readPostalPrefix(countryCode: string, given: string): string | null {
  const plain = plainly(given);
  if (plain === '') return null;
  const templates = SHAPES[countryCode];
  if (!templates) return /^[A-Z\d]+$/.test(plain) ? plain : null;
  const printed = templates.map((template) => /^(?:[A-Z]+)?/.exec(template)?.[0] ?? '');
  const starts = [...withoutPrefix(countryCode, plain), ...printed.map((letters) => letters + plain)];
  return starts.find((start) => templates.some((template) => begins(start, template))) ?? null;
}

/** Whether a code of this shape can begin so. */
function begins(start: string, template: string): boolean {
  const signs = template.replace(/[ -]/g, '');
  return (
    start !== '' &&
    start.length <= signs.length &&
    [...start].every((letter, at) => KINDS[signs[at] ?? '']?.test(letter) ?? letter === signs[at])
  );
}

/** In capitals, without the separators that codes are written with. */
function plainly(given: string): string {
  const typed = given.normalize('NFKC').replace(INVISIBLE, '').toUpperCase().trim();
  return typed.replace(SEPARATORS, '');
}

/** As given, then without what international mail used before the code. */
function withoutPrefix(countryCode: string, plain: string): string[] {
  const prefixes = [countryCode, PREFIXES[countryCode]].filter((prefix) => prefix !== undefined);
  return [plain, ...prefixes.filter((p) => plain.startsWith(p)).map((p) => plain.slice(p.length))];
}

function firstShaped(templates: readonly string[], countryCode: string, plain: string): string | null {
  const starts = withoutPrefix(countryCode, plain);
  for (const template of templates) {
    for (const start of starts) {
      const code = shaped(start, template);
      if (code !== null && isKnown(code, countryCode)) return code;
    }
  }
  return null;
}

function isKnown(code: string, countryCode: string): boolean {
  if (!postcodeValidatorExistsForCountry(countryCode)) return true;
  // The data set lists some countries' codes without their printed prefix, and others without the space.
  return [code, code.replace(/^[A-Z]{2}-/, ''), code.replace(/[ -]/, '')].some((spelling) =>
    postcodeValidator(spelling, countryCode),
  );
}

function shaped(plain: string, template: string): string | null {
  let code = '';
  let at = 0;
  for (const sign of template) {
    const kind = KINDS[sign];
    if (!kind) {
      code += sign;
    } else if (at < plain.length && kind.test(plain[at] as string)) {
      code += plain[at++];
    } else {
      return null;
    }
  }
  return at === plain.length ? code : null;
}

/** The code as given, without separators, and with one separator at every position, for the data set to match. */
function spellings(typed: string, plain: string): string[] {
  const places = [...plain].map((_, i) => i).slice(1);
  const divided = places.flatMap((i) => [' ', '-'].map((sign) => plain.slice(0, i) + sign + plain.slice(i)));
  return [typed, plain, ...divided];
}

function shape(template: string, countries: string): Record<string, readonly string[]> {
  return shapes([template], countries);
}

function shapes(templates: readonly string[], countries: string): Record<string, readonly string[]> {
  return Object.fromEntries(countries.split(' ').map((code) => [code, templates]));
}
