import { iso31662 } from 'iso-3166';

/** A county, state or province by its code of ISO 3166-2, such as RO-BV. */
export interface Region {
  readonly code: string;
  readonly name: string;
}

/** What the regions of a country are called. */
export type RegionKind = 'COUNTY' | 'STATE' | 'PROVINCE' | 'PREFECTURE';

// Countries whose addresses name a region, by the data of Google's address widgets; elsewhere a region is optional free
// text.
const KINDS: Readonly<Record<string, RegionKind>> = {
  ...{ RO: 'COUNTY', US: 'STATE', AU: 'STATE', BR: 'STATE', IN: 'STATE', MX: 'STATE' },
  ...{ CA: 'PROVINCE', CN: 'PROVINCE', ES: 'PROVINCE', IT: 'PROVINCE', JP: 'PREFECTURE' },
};

/** Romania's postal codes begin with the county: https://www.posta-romana.ro (codes of six digits since 2003). */
const BY_POSTAL_CODE: Readonly<Record<string, string>> = Object.fromEntries(
  (
    '01:B 02:B 03:B 04:B 05:B 06:B 07:IF 08:GR 10:PH 11:AG 12:BZ 13:DB 14:TR 20:DJ 21:GJ 22:MH 23:OT 24:VL 30:TM 31:AR 32:CS ' +
    '33:HD 40:CJ 41:BH 42:BN 43:MM 44:SM 45:SJ 50:BV 51:AB 52:CV 53:HR 54:MS 55:SB 60:BC 61:NT 62:VN 70:IS 71:BT 72:SV 73:VS ' +
    '80:GL 81:BR 82:TL 90:CT 91:CL 92:IL'
  )
    .split(' ')
    .map((pair) => pair.split(':') as [string, string]),
);

/** Spain's begin with the number of the province, which is that of the alphabet of 1833, Ceuta and Melilla last. */
const SPANISH_PROVINCES = (
  'VI AB A AL AV BA PM B BU CC CA CS CR CO C CU GI GR GU SS H HU J LE L LO LU M MA MU NA OR O P GC PO SA TF S SG SE SO T TE TO V VA BI ZA Z ' +
  'CE ML'
).split(' ');

/** Names in other languages, and generic words that are written beside a name. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  bucharest: 'RO-B',
  bucarest: 'RO-B',
  bukarest: 'RO-B',
};
const BESIDE =
  /\b(?:judetul|judet|jud|municipiul|mun|county|state|province|provincia|prefecture|departement|comte|of|de|din)\b/g;

const lists = new Map<string, readonly Region[]>();

export function regionKind(countryCode: string): RegionKind | null {
  return KINDS[countryCode] ?? null;
}

/** Whether an address is incomplete without a region. */
export function needsRegion(countryCode: string): boolean {
  return regionKind(countryCode) !== null;
}

/** The regions to choose from, by name; empty where a region is free text. */
export function regionsOf(countryCode: string): readonly Region[] {
  if (!regionKind(countryCode)) return [];
  let list = lists.get(countryCode);
  if (!list) {
    list = namedRegions(countryCode);
    lists.set(countryCode, list);
  }
  return list;
}

// Where provinces belong to larger regions (Spain, Italy), an address names the province.
function namedRegions(countryCode: string): Region[] {
  const all = iso31662.filter(({ code }) => code.startsWith(`${countryCode}-`));
  const parents = new Set(all.map(({ parent }) => parent));
  return all
    .filter(({ code }) => !parents.has(code))
    .map(({ code, name }) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'ro'));
}

/**
 * The code of a region from a code with or without its country, or from a name in any spelling. Null for no region of
 * the list.
 */
export function readRegion(countryCode: string, typed: string): string | null {
  const list = regionsOf(countryCode);
  const code = typed.toUpperCase().replace(/[\s_]+/g, '-');
  const byCode = list.find((region) => region.code === code || region.code === `${countryCode}-${code}`);
  if (byCode) return byCode.code;
  const wanted = folded(typed);
  const bare = wanted.replace(BESIDE, '').replace(/\s+/g, ' ').trim();
  const byName = list.find(({ name }) => folded(name) === wanted || folded(name) === bare);
  return byName?.code ?? (countryCode === 'RO' ? (OTHER_NAMES[bare] ?? null) : null);
}

/** The region that a postal code lies in, where its first digits name it (Romania, Spain); null elsewhere. */
export function regionOfPostalCode(countryCode: string, postalCode: string): string | null {
  const digits = postalCode.slice(0, 2);
  if (countryCode === 'RO') return BY_POSTAL_CODE[digits] ? `RO-${BY_POSTAL_CODE[digits]}` : null;
  const province = countryCode === 'ES' ? SPANISH_PROVINCES[Number(digits) - 1] : undefined;
  return province ? `ES-${province}` : null;
}

/** The name of a stored region; free text is its own name. */
export function regionName(countryCode: string, stored: string): string {
  return regionsOf(countryCode).find(({ code }) => code === stored)?.name ?? stored;
}

export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
