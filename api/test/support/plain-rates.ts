import type { PlainCase } from './plain-cases.js';

/** How deliveries are priced. The rule stays as it is, because the cases that follow pay by it. */
export const RATES: readonly PlainCase[] = [
  {
    mutation: 'shippingMethodRateUpdate',
    prepare: async ({ staff }) => {
      const text = '{ shippingMethods { id version rateCode arguments { name value } } }';
      const [method] = (await staff.ask(text))['shippingMethods'];
      const { id: shippingMethodId, version: expectedVersion, rateCode: rate, arguments: given } = method;
      return {
        input: { shippingMethodId, expectedVersion, rate, arguments: given },
        wrong: { rate: 'no-such-rule' },
      };
    },
  },
];
