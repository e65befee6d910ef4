import { expect, it } from 'vitest';
import { chargesTax } from './tax-group.js';

it.each([
  [true, null, '2026-11-30', true],
  [false, null, '2026-11-30', false],
  // Becomes a payer on 1 January, or was one until then.
  [true, '2027-01-01', '2026-12-31', false],
  [true, '2027-01-01', '2027-01-01', true],
  [false, '2027-01-01', '2026-12-31', true],
  [false, '2027-01-01', '2027-01-01', false],
])('a seller whose payer is %s since %s charges tax on %s: %s', (payer, payerSince, day, expected) => {
  expect(chargesTax({ payer, payerSince }, day)).toBe(expected);
});
