import { describe, expect, it } from 'vitest';
import { readPostalCode, readPostalPrefix } from './postal-code.js';

const plain = (code: string | null): string => (code ?? '').replace(/[^A-Z0-9]/g, '');

describe('what postal codes begin with', () => {
  it.each([
    ['RO', '50', '500026'],
    ['RO', 'RO-50', 'RO-500026'],
    ['FR', 'F-20', '20000'],
    ['FR', '２０', '20 000'],
    ['DE', 'd 10', 'D-10115'],
    ['LV', '10', 'LV-1010'],
    ['LV', 'LV-10', '1010'],
    ['LT', '01', 'LT-01100'],
    ['MD', 'MD 20', '2001'],
    ['AD', '5', 'AD500'],
    ['JP', '100-0', '１００-０００１'],
    ['GB', 'sw1a', 'SW1A 1AA'],
    ['GB', 'E', 'E1 6AN'],
    ['IE', 'D02', 'd02 x285'],
    ['US', '1234', '12345-6789'],
    // Nobody has said how codes are written there.
    ['AO', 'x9', 'X 9'],
  ])('in %s: %s is how %s begins', (country, prefix, code) => {
    const read = readPostalPrefix(country, prefix);
    expect(read).not.toBeNull();
    expect(plain(readPostalCode(country, code))).toMatch(new RegExp(`^${read}`));
  });

  it.each([
    ['RO', 'AB'],
    ['RO', '5000261'],
    ['FR', 'F'],
    ['GB', '1'],
    ['JP', '-'],
    ['AO', '٤٠'],
  ])('in %s no code begins with %s', (country, prefix) => {
    expect(readPostalPrefix(country, prefix)).toBeNull();
  });
});
