import { expect, it } from 'vitest';
import { toJsonb } from './jsonb.js';

it.each([
  ['a character that text cannot contain, in a value and in a name', { 'a\u0000': 'b\u0000c' }, '{"a":"bc"}'],
  ['half a character', ['\ud800'], '["\ufffd"]'],
  ['a number beyond all numbers', { amount: Number('1e400') }, '{"amount":null}'],
  ['a name that objects have already', JSON.parse('{"__proto__":{"x":1}}'), '{"__proto__":{"x":1}}'],
])('%s', (_name, value: unknown, text) => {
  expect(toJsonb(value)).toBe(text);
});

it.each(['[', '{"a":'])('what is nested without end becomes null from the 500th level on: %s', (open) => {
  const close = open === '[' ? ']' : '}';
  const nested = (levels: number, inside: string) => open.repeat(levels) + inside + close.repeat(levels);

  expect(toJsonb(JSON.parse(nested(500, '1')))).toBe(nested(500, '1'));
  expect(toJsonb(JSON.parse(nested(100_000, '1')))).toBe(nested(500, 'null'));
});
