import { expect, it } from 'vitest';
import { expectedDelivery, type PromisedDelivery } from './expected-delivery.js';
import { shopDay } from '../../../kernel/shop-time.js';
import { OrderStatus } from '../order-states.js';

const FRIDAY = new Date('2026-11-27T10:00:00.000Z');
const MONDAY = new Date('2026-11-23T10:00:00.000Z');

const days = (promised: Partial<PromisedDelivery>, timeZone = 'Europe/Bucharest'): string[] => {
  const expected = expectedDelivery(
    {
      status: OrderStatus.PAID,
      placedAt: MONDAY,
      estimatedDaysMin: 1,
      estimatedDaysMax: 2,
      isBackordered: false,
      ...promised,
    },
    timeZone,
  );
  return expected ? [expected.from, expected.to].map((day) => shopDay(day, timeZone)) : [];
};

it('counts working days: what is ordered on a Friday does not arrive on Saturday', () => {
  expect(days({ placedAt: FRIDAY })).toEqual(['2026-11-30', '2026-12-01']);
});

it('names one day where the delivery names one', () => {
  expect(days({ estimatedDaysMin: null, estimatedDaysMax: 3 })).toEqual(['2026-11-26', '2026-11-26']);
  expect(days({ estimatedDaysMin: 3, estimatedDaysMax: null })).toEqual(['2026-11-26', '2026-11-26']);
});

it('promises nothing where the delivery does not, nor before the order stands', () => {
  expect(days({ estimatedDaysMin: null, estimatedDaysMax: null })).toEqual([]);
  expect(days({ placedAt: null })).toEqual([]);
  expect(days({ status: OrderStatus.PENDING_PAYMENT })).toEqual([]);
});

it('promises nothing while units are still to come in, nor once the order has ended', () => {
  expect(days({ isBackordered: true })).toEqual([]);
  expect(days({ status: OrderStatus.CANCELLED })).toEqual([]);
  expect(days({ status: OrderStatus.REFUNDED })).toEqual([]);
});

it.each([
  // Half past midnight of a Friday in Romania; in UTC it is Thursday still.
  ['2026-11-26T22:30:00Z', ['2026-11-30', '2026-12-01']],
  ['2026-11-27T21:59:00Z', ['2026-11-30', '2026-12-01']],
  ['2026-11-27T22:30:00Z', ['2026-11-30', '2026-12-01']],
  // A Monday has begun; in UTC it is Sunday.
  ['2026-11-29T22:30:00Z', ['2026-12-01', '2026-12-02']],
  // The nights in which daylight saving time ends and begins.
  ['2026-10-23T21:30:00Z', ['2026-10-26', '2026-10-27']],
  ['2026-03-26T22:30:00Z', ['2026-03-30', '2026-03-31']],
])('counts the days of the shop: ordered at %s', (placedAt, expected) => {
  expect(days({ placedAt: new Date(placedAt) })).toEqual(expected);
});

it('counts the days of the shop, wherever it is', () => {
  // On a Friday evening in Los Angeles, when it is Saturday in Bucharest and noon in Auckland.
  const placedAt = new Date('2026-11-28T02:00:00.000Z');
  expect(days({ placedAt }, 'America/Los_Angeles')).toEqual(['2026-11-30', '2026-12-01']);
  expect(days({ placedAt }, 'Europe/Bucharest')).toEqual(['2026-11-30', '2026-12-01']);
  expect(days({ placedAt: MONDAY }, 'Pacific/Auckland')).toEqual(['2026-11-24', '2026-11-25']);
  expect(days({ placedAt: new Date('2026-11-23T12:00:00.000Z') }, 'Pacific/Auckland')).toEqual([
    '2026-11-25',
    '2026-11-26',
  ]);
});

it('names the right day over the nights in which the clocks change', () => {
  // 23:30 before the short night, and 00:30 on the day of the long one.
  expect(days({ placedAt: new Date('2026-03-27T21:30:00.000Z') })).toEqual(['2026-03-30', '2026-03-31']);
  expect(days({ placedAt: new Date('2026-10-23T21:30:00.000Z') })).toEqual(['2026-10-26', '2026-10-27']);
});
