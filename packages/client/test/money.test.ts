import { describe, expect, it } from 'vitest';
import { currencyExponent, formatMinorUnits, formatMoney } from '../src/money';

const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');

describe('an amount on the screen', () => {
  it('is written the way people of each language do, in the shop and in the admin', () => {
    const price = { decimal: '1289.00', currency: 'RON' };

    expect(plain(formatMoney(price, 'ro'))).toBe('1.289,00 lei');
    expect(plain(formatMoney(price, 'en'))).toBe('RON 1,289.00');
    expect(plain(formatMoney(price, 'fr'))).toBe('1 289,00 RON');
  });

  it('keeps every digit of a sum that a floating number cannot hold', () => {
    expect(plain(formatMoney({ decimal: '90071992547409.93', currency: 'RON' }, 'ro'))).toBe(
      '90.071.992.547.409,93 lei',
    );
  });

  it('has the decimals of its currency', () => {
    expect(plain(formatMinorUnits(128900, 'RON', 'ro'))).toBe('1.289,00 lei');
    expect(plain(formatMinorUnits(-5, 'RON', 'ro'))).toBe('-0,05 lei');
    expect(plain(formatMinorUnits(12345, 'KWD', 'en'))).toBe('KWD 12.345');
    expect(plain(formatMinorUnits(1500, 'JPY', 'ro'))).toBe('1.500 JPY');
  });

  it.each([
    ['RON', 2],
    ['JPY', 0],
    ['KWD', 3],
  ])('%s has %i decimals', (currency, exponent) => {
    expect(currencyExponent(currency)).toBe(exponent);
  });
});
