import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  type GraphQLInputType,
} from 'graphql';
import { globalId, newId } from '../../src/kernel/ids.js';
import { anyValue } from './any-value.js';

const TEXTS: readonly unknown[] = [
  '',
  '   ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x'.repeat(20_000),
  '😀'.repeat(300),
  '\u202e\u200b\ufeff',
  "'; DROP TABLE orders; --",
  '%_\\%',
  '{"a":[',
  '__proto__',
  '-1',
  '1e999',
  '99999999999999999999',
  'null',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  'prod_zzzzzzzzzzzzzzzzzzzzzzzzzz',
  '018f0000-0000-7000-8000-000000000000',
];
const IDS: readonly unknown[] = ['cat', 'prod', 'vari', 'ord', 'user', 'loc', 'ret'].map((prefix) =>
  globalId(prefix as 'cat', newId()),
);
const NUMBERS: readonly unknown[] = [
  -1,
  0,
  1,
  1.5,
  2_147_483_647,
  -2_147_483_648,
  2_147_483_648,
  Number.MAX_SAFE_INTEGER,
  Number.MIN_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  1e308,
];
const MOMENTS: readonly unknown[] = [
  '0000-01-01',
  '0001-01-01',
  '9999-12-31',
  '2026-02-30',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999999Z',
  '+275760-09-13T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  'infinity',
  'now',
];
const CODES: readonly unknown[] = ['ZZ', 'XXX', 'ro', 'RO\u0000', 'ROU'];
const MISFITS: readonly unknown[] = [null, true, {}, [], [null], [[1]], { __proto__: null, a: 1 }, 'x', 7];

const OF_SCALARS: Readonly<Record<string, readonly unknown[]>> = {
  ID: [...IDS, ...TEXTS, -1, 1.5],
  Int: NUMBERS,
  Float: NUMBERS,
  MinorUnits: NUMBERS,
  Date: MOMENTS,
  DateTime: MOMENTS,
  CountryCode: CODES,
  CurrencyCode: CODES,
  EmailAddress: ['a@b', '@', `${'a'.repeat(250)}@example.test`, 'a@example.test\nBcc: b@example.test'],
  URL: ['javascript:alert(1)', '//example.test', 'http://', 'https://[::1', '/\u0000', '/..\\'],
};

/** Invalid, extreme and malicious values for this type. */
export function nastyValues(type: GraphQLInputType): readonly unknown[] {
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const item = anyValue(bare.ofType);
    return [[], [item, item], Array<unknown>(2_000).fill(item), ...MISFITS];
  }
  if (isInputObjectType(bare)) return MISFITS;
  const named = getNamedType(bare);
  const own = OF_SCALARS[named.name] ?? (isEnumType(named) ? ['NOPE', ''] : TEXTS);
  return [...own, ...MISFITS];
}
