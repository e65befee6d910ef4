import { expect, it } from 'vitest';
import { PaymentMethod } from '../payments/index.js';
import { methodsFor } from './cart-readiness.js';

const { CARD, CASH_ON_DELIVERY } = PaymentMethod;

/** What a cart of 100.00 may be paid by that goes to this country, of which accounts pay so much. */
const methods = (countryCode: string, tendered: number): PaymentMethod[] =>
  methodsFor(
    {
      ...{
        homeCountry: 'RO',
        cart: { shippingAddress: { countryCode } },
        price: { total: { gross: 10_000 } },
      },
      tenders: tendered > 0 ? [{ amount: tendered }] : [],
    } as never,
    [CARD, CASH_ON_DELIVERY],
  );

it.each([
  ['of the home country is asked for the rest by the courier', 'RO', 3_000, [CARD, CASH_ON_DELIVERY]],
  ['from abroad is not, as no courier brings money over the border', 'HU', 3_000, [CARD]],
  ['from abroad may choose it where nothing is left to collect', 'HU', 10_000, [CARD, CASH_ON_DELIVERY]],
])('a buyer %s', (_who, country, tendered, expected) => {
  expect(methods(country, tendered)).toEqual(expected);
});
