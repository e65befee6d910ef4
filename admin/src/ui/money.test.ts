import { describe, expect, it } from 'vitest';
import { beforeDiscount, parsePrice, priceText } from './money';

describe('what a shopkeeper types as a price', () => {
  it.each([
    ['129,90', 'RON', 12990],
    ['129.90', 'RON', 12990],
    ['129', 'RON', 12900],
    ['129,9', 'RON', 12990],
    ['1.299,00', 'RON', 129900],
    ['1,299.00', 'RON', 129900],
    ['1 299,00 RON', 'RON', 129900],
    ['1.299.000', 'RON', 129900000],
    ['0', 'RON', 0],
    ['1500', 'JPY', 1500],
    ['1.234.567', 'JPY', 1234567],
    ['12,345', 'KWD', 12345],
    ['12.3', 'KWD', 12300],
    ['129,90 lei', 'RON', 12990],
    ['1.289,00\u00a0lei', 'RON', 128900],
  ])('reads %s in %s as %i minor units', (text, currency, minor) => {
    expect(parsePrice(text, currency)).toBe(minor);
  });

  it.each([
    ['1.299', 'RON', 'a thousand or a fraction?'],
    ['129,999', 'RON', 'more decimals than bani'],
    ['1,5', 'JPY', 'the yen has no decimals'],
    ['12,3456', 'KWD', 'four decimals'],
    ['-5', 'RON', 'nothing costs less than nothing'],
    ['1e3', 'RON', 'not how a price is written'],
    ['12,', 'RON', 'unfinished'],
    ['1,2,3', 'RON', 'no such grouping'],
    ['abc', 'RON', 'no number'],
    ['12 lei', 'EUR', 'another currency'],
    ['', 'RON', 'nothing'],
    ['99999999999999999999', 'RON', 'too large to be exact'],
  ])('refuses %s in %s (%s)', (text, currency) => {
    expect(parsePrice(text, currency)).toBeNull();
  });
});

describe('what stands in a price field', () => {
  it('puts back into the field what the shopkeeper can type again', () => {
    for (const [amount, currency] of [
      [12990, 'RON'],
      [5, 'RON'],
      [1500, 'JPY'],
      [12345, 'KWD'],
      [0, 'KWD'],
    ] as const) {
      for (const language of ['ro', 'en', 'fr']) {
        expect(parsePrice(priceText(amount, currency, language), currency)).toBe(amount);
      }
    }
  });
});

describe('the sum that a discount is taken off', () => {
  it('adds up to the total again, in every currency', () => {
    const lei = (amount: number, decimal: string) => ({ amount, decimal, currency: 'RON' });
    expect(beforeDiscount(lei(44300, '443.00'), lei(1500, '15.00'))).toEqual(lei(45800, '458.00'));
    expect(beforeDiscount(lei(0, '0.00'), lei(5, '0.05'))).toEqual(lei(5, '0.05'));
    const yen = { amount: 900, decimal: '900', currency: 'JPY' };
    expect(beforeDiscount(yen, { ...yen, amount: 100, decimal: '100' }).decimal).toBe('1000');
  });
});
