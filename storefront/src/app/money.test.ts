import { expect, it } from 'vitest';
import { formatMoney, moneyLike } from './money';

const price = { amount: 128900, currency: 'RON', decimal: '1289.00' };

it('writes a price the way people of each language do', () => {
  const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ');
  expect(plain(formatMoney(price, 'ro'))).toBe('1.289,00 lei');
  expect(plain(formatMoney(price, 'en'))).toBe('RON 1,289.00');
  expect(plain(formatMoney(price, 'fr'))).toBe('1 289,00 RON');
});

it('keeps the decimals of the currency it is like', () => {
  expect(moneyLike(price, 4990).decimal).toBe('49.90');
  expect(moneyLike({ amount: 500, currency: 'JPY', decimal: '500' }, 700).decimal).toBe('700');
});
