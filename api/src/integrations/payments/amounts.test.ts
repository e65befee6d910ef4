import { describe, expect, it } from 'vitest';
import { money } from '../../kernel/money.js';
import { fromStripeAmount, minimumAmount, toStripeAmount } from './amounts.js';

describe('An amount on its way to Stripe', () => {
  it.each([
    ['129.00 lei', 12_900, 'RON', 12_900],
    ['0.50 euro', 50, 'EUR', 50],
    ['500 yen', 500, 'JPY', 500],
    ['1.230 dinar', 1_230, 'KWD', 1_230],
    ['500 krónur, which Stripe writes with two zeros', 500, 'ISK', 50_000],
    ['500 shillings, which Stripe writes with two zeros', 500, 'UGX', 50_000],
    ['500 ariary, which Stripe writes without the two decimals of ISO', 50_000, 'MGA', 500],
    ['175.00 forint', 17_500, 'HUF', 17_500],
  ])('keeps its value there and back: %s', (_, ours, currency, stripes) => {
    expect(toStripeAmount(money(ours, currency))).toBe(stripes);
    expect(fromStripeAmount(stripes, currency.toLowerCase())).toEqual(money(ours, currency));
  });

  it.each([
    ['a tenth of a fils', 1_234, 'KWD'],
    ['half an ariary', 50, 'MGA'],
  ])('is refused rather than rounded: %s', (_, ours, currency) => {
    expect(() => toStripeAmount(money(ours, currency))).toThrow(
      expect.objectContaining({ code: 'amount_not_representable' }),
    );
  });

  it.each([
    ['RON', 200],
    ['EUR', 50],
    ['USD', 50],
    ['HUF', 17_500],
    ['JPY', 50],
    ['ISK', 1],
  ])('has a least amount in %s', (currency, least) => {
    expect(minimumAmount(currency)).toBe(least);
  });
});
