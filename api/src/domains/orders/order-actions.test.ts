import { describe, expect, it } from 'vitest';
import { buyerActions, staffActions, type OrderSituation } from './order-actions.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';

const paid: OrderSituation = {
  status: OrderStatus.PAID,
  paymentStatus: OrderPaymentStatus.PAID,
  fulfillmentStatus: FulfillmentStatus.UNFULFILLED,
  openPayment: null,
  hasOpenEdit: false,
  hasInvoice: true,
  isDisputed: false,
  refundable: 100,
  shippable: 2,
  returnable: 0,
  hasAcceptablePayment: false,
  hasShipmentOut: false,
};
const unpaid: OrderSituation = {
  ...paid,
  status: OrderStatus.PENDING_PAYMENT,
  paymentStatus: OrderPaymentStatus.PENDING,
  openPayment: 'CARD',
  hasInvoice: false,
  refundable: 0,
};
const shipped: OrderSituation = {
  ...paid,
  status: OrderStatus.FULFILLED,
  fulfillmentStatus: FulfillmentStatus.FULFILLED,
  shippable: 0,
  returnable: 2,
  hasShipmentOut: true,
};
const onDelivery: OrderSituation = {
  ...shipped,
  paymentStatus: OrderPaymentStatus.PENDING,
  openPayment: 'OFFLINE',
  hasInvoice: false,
  refundable: 0,
};

describe('what may be done with an order', () => {
  it.each<[string, OrderSituation, string[], string[]]>([
    [
      'that is drawn up',
      { ...unpaid, status: OrderStatus.DRAFT, openPayment: null },
      [],
      ['SEND_LINK', 'MARK_PAID', 'EDIT', 'CANCEL'],
    ],
    ['that is not paid', unpaid, ['PAY', 'CANCEL'], ['CANCEL']],
    ['whose bank has not decided', { ...unpaid, paymentStatus: OrderPaymentStatus.PROCESSING }, [], []],
    [
      'that waits for a transfer',
      { ...unpaid, openPayment: 'OFFLINE' },
      ['CANCEL'],
      ['MARK_RECEIVED', 'CANCEL'],
    ],
    [
      'that is paid to the courier',
      { ...unpaid, status: OrderStatus.PLACED, openPayment: 'OFFLINE', hasInvoice: true },
      ['CANCEL', 'INVOICE'],
      ['SHIP', 'MARK_RECEIVED', 'EDIT', 'CANCEL'],
    ],
    [
      'whose money is reserved',
      {
        ...unpaid,
        status: OrderStatus.PLACED,
        paymentStatus: OrderPaymentStatus.AUTHORIZED,
        openPayment: null,
      },
      ['CANCEL'],
      ['CAPTURE', 'CANCEL'],
    ],
    ['that is paid', paid, ['CANCEL', 'INVOICE'], ['SHIP', 'EDIT', 'REFUND', 'CANCEL']],
    [
      'that is paid and still to come',
      { ...paid, shippable: 0 },
      ['CANCEL', 'INVOICE'],
      ['EDIT', 'REFUND', 'CANCEL'],
    ],
    ['that the buyer disputes', { ...paid, isDisputed: true }, ['INVOICE'], []],
    [
      'of which a part has left',
      { ...paid, fulfillmentStatus: FulfillmentStatus.PARTIALLY_FULFILLED, returnable: 1 },
      ['RETURN', 'INVOICE'],
      ['SHIP', 'EDIT', 'REFUND'],
    ],
    [
      'that waits for the difference of a change',
      { ...paid, hasOpenEdit: true, openPayment: 'CARD' },
      ['PAY', 'CANCEL', 'INVOICE'],
      ['SHIP', 'REFUND', 'CANCEL'],
    ],
    ['that has left', shipped, ['RETURN', 'INVOICE'], ['REFUND']],
    ['that has left long ago', { ...shipped, returnable: 0 }, ['INVOICE'], ['REFUND']],
    [
      'that is cancelled and refunded',
      { ...paid, status: OrderStatus.CANCELLED, refundable: 0 },
      ['INVOICE'],
      [],
    ],
    [
      'that is cancelled and could not be refunded',
      { ...paid, status: OrderStatus.CANCELLED },
      ['INVOICE'],
      ['REFUND'],
    ],
    [
      'that a person must look at',
      { ...paid, status: OrderStatus.REVIEW, hasInvoice: false },
      [],
      ['REFUND', 'CANCEL'],
    ],
    [
      'for which another amount came in than was agreed',
      { ...paid, status: OrderStatus.REVIEW, hasInvoice: false, hasAcceptablePayment: true },
      [],
      ['ACCEPT_PAYMENT', 'REFUND', 'CANCEL'],
    ],
    ['whose parcel is to be paid at the door', onDelivery, ['RETURN'], ['MARK_RECEIVED']],
    [
      'whose parcel was refused at the door and came back',
      { ...onDelivery, hasShipmentOut: false },
      ['RETURN'],
      ['MARK_RECEIVED', 'CANCEL'],
    ],
    [
      'whose money went back before anything left',
      { ...paid, status: OrderStatus.REFUNDED, refundable: 0 },
      ['INVOICE'],
      ['CANCEL'],
    ],
    [
      'whose money went back and whose goods were given up',
      { ...paid, status: OrderStatus.REFUNDED, refundable: 0, shippable: 0 },
      ['INVOICE'],
      [],
    ],
    ['that was not paid in time', { ...unpaid, status: OrderStatus.EXPIRED, openPayment: null }, [], []],
  ])('%s', (_, details, buyer, staff) => {
    expect(buyerActions(details)).toEqual(buyer);
    expect(staffActions(details)).toEqual(staff);
  });
});
