import { describe, expect, it } from 'vitest';
import { DomainErrors } from '../../kernel/errors.js';
import { readAddress, readPhone } from './read-address.js';

const GIVEN = {
  firstName: 'Ana',
  lastName: 'Pop',
  line1: 'Str. Lungă 3',
  city: 'Brașov',
  postalCode: '500058',
  countryCode: 'RO',
};

describe('an address', () => {
  it('is kept with every field, null where nothing was given', () => {
    expect(readAddress({ ...GIVEN, phone: '0268 123 456', line2: ' ap.\t5 ' })).toEqual({
      ...GIVEN,
      company: null,
      line2: 'ap. 5',
      region: null,
      phone: '0268 123 456',
    });
  });

  it.each([
    ['RO', '500058', true],
    ['RO', '50005', false],
    ['RO', '5000588', false],
    ['RO', '50005a', false],
    ['RO', '٥٠٠٠٥٨', false],
    ['FR', '75001', true],
    ['FR', '7501', false],
    ['NL', '1012 ab', true],
    ['GB', 'sw1a 1aa', true],
    ['PL', '00-950', true],
    ['JP', '100-0001', true],
    ['JP', '', false],
    ['JP', "1'; --", false],
  ])('in %s may have the postal code "%s": %s', (countryCode, postalCode, good) => {
    const read = () => readAddress({ ...GIVEN, countryCode, postalCode });

    if (good) expect(read().postalCode).toBe(postalCode.toUpperCase());
    else expect(read).toThrow(DomainErrors);
  });

  it.each([
    ['+40 721 555 010', true],
    ['(0268) 123-456', true],
    ['1234', false],
    ['+', false],
    ['12345 ext', false],
    ['1'.repeat(25), false],
  ])('may have the telephone number "%s": %s', (phone, good) => {
    expect(readPhone(phone)).toBe(good ? phone : undefined);
  });
});
