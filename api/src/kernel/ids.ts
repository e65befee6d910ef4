import { v7 } from 'uuid';

/** Each public type's prefix: `prod_` + 26 characters. Readable in logs, and a product id is refused where an order id belongs. */
export type IdPrefix =
  | 'prod' | 'vari' | 'cat' | 'tag' | 'attr' | 'opt' | 'optv' | 'img' | 'upl'
  | 'cart' | 'cline' | 'smth' | 'ord' | 'line' | 'ship' | 'evt' | 'pay' | 'ref'
  | 'user' | 'addr';

// Crockford's base 32 in lower case: no i, l, o, u, so that an id read over the phone survives.
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new time-ordered id (UUIDv7, RFC 9562): neighbours in time are neighbours in the index. */
export function newId(): string {
  return v7();
}

/** The public form of a stored UUID. */
export function globalId(prefix: IdPrefix, uuid: string): string {
  const hex = uuid.replaceAll('-', '');
  // 128 bits in 26 digits of 5 bits: two words of 13 digits (65 bits) would overflow a double, so by BigInt halves.
  let out = '';
  let value = BigInt(`0x${hex}`);
  for (let i = 0; i < 26; i++) {
    out = DIGITS[Number(value & 31n)] + out;
    value >>= 5n;
  }
  return `${prefix}_${out}`;
}

/** The UUID inside a public id, or null when it is no id of that kind. Never throws: an unknown id is just not found. */
export function localId(prefix: IdPrefix, id: string): string | null {
  const [before, digits, rest] = id.split('_');
  if (before !== prefix || digits?.length !== 26 || rest !== undefined) return null;
  let value = 0n;
  for (const digit of digits) {
    const n = DIGITS.indexOf(digit);
    if (n < 0) return null;
    value = (value << 5n) | BigInt(n);
  }
  if (value >> 128n) return null;
  const hex = value.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The prefix of a well-formed public id, or null. */
export function prefixOf(id: string): string | null {
  return /^([a-z]+)_[0-9a-z]{26}$/.exec(id)?.[1] ?? null;
}

export function isUuid(value: string): boolean {
  return UUID.test(value);
}
