import { expect, it } from 'vitest';
import { firstMissingStep } from '../useCheckout';
import { stageOf } from './usePayment';

it.each([
  ['PENDING', true, false, false, true, 'pay'],
  ['PENDING', true, false, true, true, 'waiting'],
  ['CREATING', false, false, false, false, 'waiting'],
  ['PENDING', true, false, false, false, 'waiting'],
  ['PROCESSING', false, false, false, true, 'waiting'],
  ['AUTHORIZED', false, false, false, true, 'waiting'],
  ['AUTHORIZED', false, true, false, true, 'paid'],
  ['CAPTURED', false, true, false, true, 'paid'],
  ['CANCELLED', false, true, false, true, 'closed'],
] as const)(
  'a payment that is %s (can pay %s, final %s, confirmed %s) shows "%s"',
  (status, canPay, isFinal, confirmed, secret, stage) => {
    expect(stageOf({ status, canPay, isFinal }, confirmed, secret)).toBe(stage);
  },
);

it.each([
  [['LINES', 'CONTACT', 'SHIPPING_ADDRESS'], 'contact'],
  [['SHIPPING_ADDRESS', 'SHIPPING_METHOD'], 'address'],
  [['SHIPPING_METHOD'], 'delivery'],
  [[], 'review'],
])('asks first for what is missing first: %j', (missing, step) => {
  expect(firstMissingStep(missing)).toBe(step);
});
