import { safeParse } from 'valibot';
import { expect, it } from 'vitest';
import { emailAddress } from './field-rules';

it.each([
  ["o'reilly@example.com", true],
  ['x@xn--bcher-kva.example', true],
  ['ana@bücher.example', true],
  ['a..b@example.com', false],
  ['ană@example.com', false],
])('the form takes the address %s like the API: %s', (address, isTaken) => {
  expect(safeParse(emailAddress, address).success).toBe(isTaken);
});
