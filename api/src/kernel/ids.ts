import { v7 } from 'uuid';

declare global {
  /** The prefixes of all public ids: each module adds its own, so that an unknown one does not compile. */
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- each module extends it
  interface VitrineIdPrefixes {}
}

/**
 * Each public type's prefix: `tick_` + 26 characters. Readable in logs, and the id of one type is refused where that of
 * another is expected.
 */
export type IdPrefix = keyof VitrineIdPrefixes;

/**
 * Declares the prefixes of a module's ids, each with the name of its GraphQL type or what it denotes. The module lists
 * them in `idPrefixes` and adds their names to `VitrineIdPrefixes`. A prefix is part of ids that clients keep: it never
 * changes.
 */
export function defineIdPrefixes<const P extends Record<string, string>>(prefixes: P): P {
  return prefixes;
}

// Crockford's base 32 in lower case: no i, l, o, u, so that an id can be read out over the phone.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const typeNames = new Map<string, string>();

/** Makes prefixes known to `typeOfPrefix` and `prefixOfType`. Each is declared once: see `assertDeclaredOnce`. */
export function registerIdPrefixes(prefixes: Readonly<Record<string, string>>): void {
  for (const [prefix, name] of Object.entries(prefixes)) typeNames.set(prefix, name);
}

/** What ids with this prefix denote, mostly a GraphQL type; null for a prefix of nothing. */
export function typeOfPrefix(prefix: string): { readonly prefix: IdPrefix; readonly name: string } | null {
  const name = typeNames.get(prefix);
  return name === undefined ? null : { prefix: prefix as IdPrefix, name };
}

/** The prefix of the ids of a GraphQL type; null where it has none. */
export function prefixOfType(type: string): IdPrefix | null {
  for (const [prefix, name] of typeNames) if (name === type) return prefix as IdPrefix;
  return null;
}

/** A new time-ordered id (UUIDv7, RFC 9562): ids of similar age are adjacent in the index. */
export function newId(): string {
  return v7();
}

// 128 bits in 26 digits of 5 bits: the first byte gives 2 digits, each following 20 bits give 4. Two digits are looked
// up at a time, because a page of products encodes a hundred ids.
const PAIRS = Array.from({ length: 1024 }, (_, n) => DIGITS.charAt(n >> 5) + DIGITS.charAt(n & 31));
const PAIR_VALUES: ReadonlyMap<string, number> = new Map(PAIRS.map((pair, n) => [pair, n]));

/** The public form of a stored UUID. */
export function globalId(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  let out = `${prefix}_${PAIRS[parseInt(hex.slice(0, 2), 16)]}`;
  for (let i = 2; i < 32; i += 5) {
    const bits = parseInt(hex.slice(i, i + 5), 16);
    out += `${PAIRS[bits >> 10]}${PAIRS[bits & 1023]}`;
  }
  return out;
}

/** The UUID of a public id, or null for an id of another kind. Never throws: an unknown id is simply not found. */
export function localId(prefix: IdPrefix, id: string): string | null {
  const [before, digits, rest] = id.split('_');
  if (before !== prefix || digits?.length !== 26 || rest !== undefined) return null;
  const pair = (at: number): number => PAIR_VALUES.get(digits.slice(at, at + 2)) ?? NaN;
  const first = pair(0);
  if (!(first < 256)) return null;
  let hex = first.toString(16).padStart(2, '0');
  for (let i = 2; i < 26; i += 4) {
    const bits = pair(i) * 1024 + pair(i + 2);
    if (Number.isNaN(bits)) return null;
    hex += bits.toString(16).padStart(5, '0');
  }
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The prefix of a well-formed public id, or null. */
export function prefixOf(id: string): string | null {
  return /^([a-z]+)_[0-9a-z]{26}$/.exec(id)?.[1] ?? null;
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}
