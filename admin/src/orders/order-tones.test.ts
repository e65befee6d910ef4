import { describe, expect, it } from 'vitest';
import type { FulfillmentStatus, OrderStatus } from '../generated/orders/graphql';
import { ORDER_STATUSES, ORDER_TONES, PAYMENT_TONES, shippingOf } from './order-tones';

const unsent = { fulfillmentStatus: 'UNFULFILLED' as FulfillmentStatus };
const wordOf = (status: OrderStatus) => shippingOf({ ...unsent, status, staffActions: [] }).word;

describe('the dots of the order list', () => {
  it('say "paid" in the same color in both columns', () => {
    expect(ORDER_TONES.PAID).toBe(PAYMENT_TONES.PAID);
  });

  it('are amber only where the shop may send a shipment', () => {
    expect(Object.values(ORDER_TONES)).not.toContain('wait');
    expect(Object.values(PAYMENT_TONES)).not.toContain('wait');
    for (const status of ORDER_STATUSES)
      expect(shippingOf({ ...unsent, status, staffActions: ['REFUND'] }).tone).toBe('quiet');
    expect(shippingOf({ ...unsent, status: 'PAID', staffActions: ['SHIP'] })).toEqual({
      tone: 'wait',
      word: 'UNFULFILLED',
    });
    const half = {
      fulfillmentStatus: 'PARTIALLY_FULFILLED' as FulfillmentStatus,
      status: 'PAID' as OrderStatus,
    };
    expect(shippingOf({ ...half, staffActions: ['SHIP'] }).tone).toBe('wait');
    expect(shippingOf({ ...half, staffActions: [] }).tone).toBe('busy');
  });

  it('do not ask for a shipment where none will go, or not yet', () => {
    expect(['CANCELLED', 'EXPIRED', 'REFUNDED'].map((status) => wordOf(status as OrderStatus))).toEqual(
      Array(3).fill('NOTHING'),
    );
    expect(['DRAFT', 'PENDING_PAYMENT'].map((status) => wordOf(status as OrderStatus))).toEqual(
      Array(2).fill('AFTER_PAYMENT'),
    );
    const paidBack = { ...unsent, status: 'PAID' as OrderStatus, staffActions: [] };
    expect(shippingOf({ ...paidBack, lines: [{ quantity: 2, cancelledQuantity: 2 }] }).word).toBe('NOTHING');
    const backordered = { ...paidBack, lines: [{ quantity: 2, cancelledQuantity: 1 }] };
    expect(shippingOf(backordered)).toEqual({ tone: 'quiet', word: 'ON_HOLD' });
  });
});
