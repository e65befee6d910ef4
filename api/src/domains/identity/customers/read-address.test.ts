import { describe, expect, it } from 'vitest';
import { addressLines } from '../../../kernel/address/address-lines.js';
import { DomainErrors } from '../../../kernel/errors.js';
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
      // Five zero: the county of Brașov.
      region: 'RO-BV',
      phone: '+40268123456',
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
    const region = countryCode === 'RO' ? null : 'as typed';
    const read = () => readAddress({ ...GIVEN, countryCode, region, postalCode });

    if (good) expect(read().postalCode).toBe(postalCode.toUpperCase());
    else expect(read).toThrow(DomainErrors);
  });

  it.each([
    ['PL', '00950', '00-950'],
    ['PT', '1000001', '1000-001'],
    ['DE', 'D-10115', '10115'],
    ['DE', 'DE 10115', '10115'],
    ['CZ', '110-00', '110 00'],
    ['CZ', '11000', '110 00'],
    ['SK', 'SK-81101', '811 01'],
    ['RO', '077 190', '077190'],
    ['RO', 'RO-500058', '500058'],
    ['SE', '11455', '114 55'],
    ['SE', 'S-114 55', '114 55'],
    ['GR', '10557', '105 57'],
    ['NL', '1012ab', '1012 AB'],
    ['GB', 'sw1a1aa', 'SW1A 1AA'],
    ['LV', '1010', 'LV-1010'],
    ['LV', 'lv1010', 'LV-1010'],
    ['LT', '01103', 'LT-01103'],
    ['MD', '2001', 'MD-2001'],
    ['LU', 'L-1234', '1234'],
    ['CH', 'CH-8001', '8001'],
    ['AT', 'A-1010', '1010'],
    ['BE', 'B-1000', '1000'],
    ['FR', '75 001', '75001'],
    ['IT', 'I-00118', '00118'],
    ['FI', 'FIN-00100', '00100'],
    ['IE', 'd02x285', 'D02 X285'],
    ['MT', 'vlt1117', 'VLT 1117'],
    ['CA', 'k1a0b1', 'K1A 0B1'],
    ['US', '940431234', '94043-1234'],
    ['US', '94043-1234', '94043-1234'],
    ['JP', '1000001', '100-0001'],
    ['BR', '01310100', '01310-100'],
    ['KY', 'ky11001', 'KY1-1001'],
    ['RO', '\u200b500058\u00a0', '500058'],
    ['AE', '', ''],
    ['HK', ' ', ''],
    ['IE', '', ''],
  ])('in %s takes the postal code "%s" as %s', (countryCode, postalCode, printed) => {
    const region = countryCode === 'RO' ? null : 'as typed';
    expect(readAddress({ ...GIVEN, countryCode, region, postalCode }).postalCode).toBe(printed);
  });

  it.each(['ZZ', 'XX', 'EU', 'R', '', 'ROU', '12'])(
    'says of the country %j only that there is none',
    (countryCode) => {
      expect(userErrors({ ...GIVEN, countryCode, postalCode: '1234' })).toEqual(['countryCode']);
    },
  );

  it.each(['Brasov', 'Brașov', 'Braşov', 'BRAŞOV', 'BV', 'bv', 'RO-BV', 'jud. Brașov', 'Județul Brasov'])(
    'keeps the county %j by its code',
    (region) => {
      expect(readAddress({ ...GIVEN, region }).region).toBe('RO-BV');
    },
  );

  it('asks in Romania for a county that exists', () => {
    expect(userErrors({ ...GIVEN, region: 'Transylvania' })).toEqual(['region']);
    expect(userErrors({ ...GIVEN, postalCode: '990001' })).toEqual(['region']);
  });

  it.each([
    ['US', '94043'],
    ['IT', '20121'],
    ['CA', 'K1A 0B1'],
    ['JP', '100-0001'],
  ])('asks for the region in %s, where no address is complete without it', (countryCode, postalCode) => {
    expect(userErrors({ ...GIVEN, countryCode, postalCode, region: ' ' })).toEqual(['region']);
    expect(userErrors({ ...GIVEN, countryCode, postalCode, region: 'as typed' })).toEqual([]);
  });

  it.each([
    ['RO', '400114', 'RO-CJ'],
    ['ES', '28013', 'ES-M'],
    ['ES', '08002', 'ES-B'],
    ['ES', '07001', 'ES-PM'],
    ['ES', '52001', 'ES-ML'],
  ])('asks for no region in %s where the postal code %s tells it', (countryCode, postalCode, region) => {
    expect(readAddress({ ...GIVEN, countryCode, postalCode, region: null }).region).toBe(region);
  });

  it.each([
    ['București', null, '030123', 'SECTOR3'],
    ['Bucuresti, sectorul 2', 'Bucuresti', '020123', 'SECTOR2'],
    ['Sector 6', 'RO-B', '060123', 'SECTOR6'],
    ['SECTOR1', 'B', '010123', 'SECTOR1'],
    ['București', 'Sector 4', '040123', 'SECTOR4'],
  ])('knows the sector of Bucharest in %s, %s, %s', (city, region, postalCode, sector) => {
    expect(readAddress({ ...GIVEN, city, region, postalCode })).toMatchObject({
      region: 'RO-B',
      city: sector,
    });
  });

  it('leaves a region of a country without a list as it was typed', () => {
    const berlin = { ...GIVEN, countryCode: 'DE', postalCode: '10115', city: 'Berlin', region: 'Berlin' };

    expect(readAddress(berlin).region).toBe('Berlin');
    expect(readAddress({ ...berlin, region: null }).region).toBeNull();
    expect(
      readAddress({ ...berlin, countryCode: 'US', postalCode: '94043', region: 'california' }).region,
    ).toBe('US-CA');
  });

  it.each([
    ['+40 721 555 010', 'RO', '+40721555010'],
    ['0722123456', 'RO', '+40722123456'],
    ['(0268) 123-456', 'RO', '+40268123456'],
    ['+40 722/123.456', 'DE', '+40722123456'],
    ['030/1234567', 'DE', '+49301234567'],
    ['0043 (0) 664 1234567 12', 'RO', '+43664123456712'],
    ['tel 0722123456', 'RO', '+40722123456'],
    ['Tel.: 0722\u2011123\u2011456', 'RO', '+40722123456'],
    ['06 20 123 4567', 'HU', '+36201234567'],
  ])('keeps the telephone number "%s" of %s as %s', (phone, countryCode, number) => {
    expect(readPhone(phone, countryCode)).toBe(number);
  });

  it.each(['1234', '+', '12345 ext', '1'.repeat(25), 'call me', '0722 123 456 or 0733 123 456'])(
    'cannot keep "%s" as a telephone number',
    (phone) => {
      expect(readPhone(phone)).toBeUndefined();
    },
  );
});

describe('an address on a shipment', () => {
  const lines = (address: object): string[] =>
    addressLines(readAddress({ ...GIVEN, ...address }), 'en').slice(2);

  it.each([
    [{}, ['500058 Brașov, jud. Brașov', 'Romania']],
    [{ city: 'București', postalCode: '030123' }, ['030123 București, Sector 3', 'Romania']],
    [{ countryCode: 'GB', postalCode: 'sw1a1aa', city: 'London' }, ['London', 'SW1A 1AA', 'United Kingdom']],
    [
      { countryCode: 'US', postalCode: '94043', city: 'Mountain View', region: 'California' },
      ['Mountain View, CA 94043', 'United States'],
    ],
    [{ countryCode: 'AE', postalCode: '', city: 'Dubai' }, ['Dubai', 'United Arab Emirates']],
  ])('stands as its country prints it: %j', (address, printed) => {
    expect(lines(address)).toEqual(printed);
  });
});

function userErrors(given: object): (string | undefined)[] {
  try {
    readAddress(given);
    return [];
  } catch (error) {
    return (error as DomainErrors).errors.map(({ path }) => path?.join('.'));
  }
}
