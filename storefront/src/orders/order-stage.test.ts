import { expect, it } from 'vitest';
import { stageOf } from './order-stage';

it.each([
  ['DRAFT', 'PENDING', 'CARD', 'UNFULFILLED', 'draft'],
  ['PENDING_PAYMENT', 'PENDING', 'CARD', 'UNFULFILLED', 'unpaid'],
  ['PENDING_PAYMENT', 'PROCESSING', 'CARD', 'UNFULFILLED', 'processing'],
  ['PENDING_PAYMENT', 'PENDING', 'BANK_TRANSFER', 'UNFULFILLED', 'transfer'],
  ['PLACED', 'PENDING', 'CASH_ON_DELIVERY', 'UNFULFILLED', 'cash'],
  ['PLACED', 'PENDING', 'CASH_ON_DELIVERY', 'PARTIALLY_FULFILLED', 'shipped'],
  ['PLACED', 'AUTHORIZED', 'CARD', 'UNFULFILLED', 'placed'],
  ['PAID', 'PAID', 'CARD', 'UNFULFILLED', 'placed'],
  ['PAID', 'PAID', 'BANK_TRANSFER', 'PARTIALLY_FULFILLED', 'shipped'],
  ['FULFILLED', 'PAID', 'CARD', 'FULFILLED', 'shipped'],
  ['COMPLETED', 'PAID', 'CARD', 'FULFILLED', 'done'],
  ['CANCELLED', 'PAID', 'CARD', 'UNFULFILLED', 'cancelled'],
  ['CANCELLED', 'REFUNDED', 'CARD', 'UNFULFILLED', 'cancelled'],
  ['CANCELLED', 'CANCELLED', 'CASH_ON_DELIVERY', 'UNFULFILLED', 'cancelledUnpaid'],
  ['CANCELLED', 'CANCELLED', 'CARD', 'UNFULFILLED', 'cancelledUnpaid'],
  ['CANCELLED', 'PENDING', 'BANK_TRANSFER', 'UNFULFILLED', 'cancelledUnpaid'],
  ['EXPIRED', 'CANCELLED', 'CARD', 'UNFULFILLED', 'expired'],
  ['REFUNDED', 'REFUNDED', 'CARD', 'FULFILLED', 'refunded'],
  ['REVIEW', 'PENDING', 'CARD', 'UNFULFILLED', 'review'],
] as const)(
  'an order that is %s, its money %s by %s, its shipments %s, says "%s"',
  (status, paymentStatus, paymentMethod, fulfillmentStatus, stage) => {
    const total = { gross: { amount: 8900 } };
    expect(stageOf({ status, paymentStatus, paymentMethod, fulfillmentStatus, total })).toBe(stage);
  },
);

it('promises no money back for a cancelled order that cost nothing', () => {
  const free = { paymentStatus: 'PAID', paymentMethod: 'CARD', fulfillmentStatus: 'UNFULFILLED' } as const;
  const total = { gross: { amount: 0 } };
  expect(stageOf({ status: 'CANCELLED', ...free, total })).toBe('cancelledUnpaid');
});
