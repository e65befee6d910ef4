import { expect, it } from 'vitest';
import { showInShop } from '../app/testing';
import OrderHeadline from './OrderHeadline.vue';

const headline = (own: object): string => {
  const order = {
    ...{ number: '1001', status: 'PENDING_PAYMENT', paymentStatus: 'PENDING', paymentMethod: 'CARD' },
    ...{ fulfillmentStatus: 'UNFULFILLED', email: 'ana@example.test', expiresAt: null },
    ...{ shippingAddress: { firstName: 'Ana' }, total: { gross: { amount: 8900 } }, ...own },
  };
  const { element, app } = showInShop(OrderHeadline, { order });
  const text = element.querySelector('h1 + p')?.textContent ?? '';
  app.unmount();
  return text;
};

it('an unpaid order says until which hour of the shop its pieces are kept', () => {
  expect(headline({ expiresAt: '2026-11-29T22:15:00Z' })).toBe('Îți păstrăm piesele până la 30 nov., 00:15.');
});

it('says no hour where none is set', () => {
  expect(headline({})).toBe('Mai păstrăm piesele puțin pentru tine.');
});

it('says no hour of an order that is paid', () => {
  const text = headline({ status: 'PAID', paymentStatus: 'PAID', expiresAt: '2026-11-29T22:15:00Z' });
  expect(text).toContain('Am trimis confirmarea la ana@example.test.');
});
