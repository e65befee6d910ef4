import { expect, it } from 'vitest';
import { expectedDelivery } from './expected-delivery';

const days = (expected: ReturnType<typeof expectedDelivery>): string[] =>
  expected ? [expected.from, expected.to].map((day) => day.toISOString().slice(0, 10)) : [];

it('counts working days: what is ordered on a Friday does not arrive on Saturday', () => {
  const friday = '2026-11-27T10:00:00.000Z';
  expect(days(expectedDelivery({ placedAt: friday, estimatedDaysMin: 1, estimatedDaysMax: 2 }))).toEqual([
    '2026-11-30',
    '2026-12-01',
  ]);
});

it('names one day where the delivery names one', () => {
  const monday = '2026-11-23T10:00:00.000Z';
  expect(days(expectedDelivery({ placedAt: monday, estimatedDaysMax: 3 }))).toEqual([
    '2026-11-26',
    '2026-11-26',
  ]);
});

it('promises nothing where the delivery does not, nor before the order stands', () => {
  expect(expectedDelivery({ placedAt: '2026-11-23T10:00:00.000Z' })).toBeNull();
  expect(expectedDelivery({ placedAt: null, estimatedDaysMax: 3 })).toBeNull();
});
