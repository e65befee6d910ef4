import { beforeAll, describe, expect, it } from 'vitest';
import { toOrderFilter } from './order-filter';
import { shopTimeZone } from '../../ui/days';

const nothing = { status: [], payment: [], shipping: [], from: [], to: [], min: [], max: [] };

beforeAll(() => {
  shopTimeZone.value = 'Europe/Bucharest';
});

describe('the filter of the order list', () => {
  it('asks for everything when nothing is chosen', () => {
    expect(toOrderFilter(nothing)).toEqual({});
  });

  it('includes the whole last day, as long as it is at the shop, wherever somebody looks from', () => {
    const { placedFrom, placedTo } = toOrderFilter({ ...nothing, from: ['2026-03-28'], to: ['2026-03-29'] });

    // In Bucharest, where daylight saving time began on the 29th.
    expect(placedFrom).toBe('2026-03-27T22:00:00.000Z');
    expect(placedTo).toBe('2026-03-29T21:00:00.000Z');
  });

  it('means work by "to ship": no order that is unpaid, cancelled or paid back', () => {
    expect(toOrderFilter({ ...nothing, shipping: ['UNFULFILLED'] })).toEqual({
      fulfillmentStatuses: ['UNFULFILLED'],
      statuses: ['PLACED', 'PAID', 'FULFILLED', 'COMPLETED', 'REVIEW'],
    });
    // A filter for cancelled orders includes them, and fulfilled orders stay fulfilled.
    expect(toOrderFilter({ ...nothing, shipping: ['UNFULFILLED'], status: ['CANCELLED'] }).statuses).toEqual([
      'CANCELLED',
    ]);
    expect(toOrderFilter({ ...nothing, shipping: ['FULFILLED'] }).statuses).toBeUndefined();
  });

  it('leaves out words of an old link which the shop no longer knows', () => {
    expect(
      toOrderFilter({ ...nothing, status: ['PAID', 'LOST'], min: ['12x'], from: ['yesterday'] }),
    ).toEqual({
      statuses: ['PAID'],
    });
  });

  it('sends amounts in minor units', () => {
    expect(toOrderFilter({ ...nothing, min: ['0'], max: ['12990'] })).toEqual({
      totalMin: 0,
      totalMax: 12990,
    });
  });
});
