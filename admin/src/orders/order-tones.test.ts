import { describe, expect, it } from 'vitest';
import type { OrderStatus } from '../generated/orders/graphql';
import { fulfilmentTone, ORDER_STATUSES, ORDER_TONES, PAYMENT_TONES } from './order-tones';

const toShip = (status: OrderStatus) => fulfilmentTone({ status, fulfilmentStatus: 'UNFULFILLED' });

describe('the dots of the order list', () => {
  it('say "paid" in the same colour in both columns', () => {
    expect(ORDER_TONES.PAID).toBe(PAYMENT_TONES.PAID);
  });

  it('are amber only where a parcel is to be sent', () => {
    expect(Object.values(ORDER_TONES)).not.toContain('wait');
    expect(Object.values(PAYMENT_TONES)).not.toContain('wait');
    expect(ORDER_STATUSES.filter((status) => toShip(status) === 'wait').sort()).toEqual(['PAID', 'PLACED']);
  });
});
