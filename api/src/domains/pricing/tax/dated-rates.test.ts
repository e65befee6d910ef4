import { describe, expect, it } from 'vitest';
import { ratesAt, type DatedRate } from './dated-rates.js';

const rate = (rateBasisPoints: number, from: string | null, until: string | null): DatedRate => ({
  ...{ countryCode: 'RO', taxClass: 'standard', name: { ro: 'TVA' } },
  ...{ rateBasisPoints, from, until, addedAt: 0 },
});
const registration = { payer: true, payerSince: null };
const at = (moment: string, timeZone: string, change: string): [number[], string | null] => {
  const datedRates = [rate(1900, null, change), rate(2100, change, null)];
  const { taxRates, endsAt } = ratesAt(new Date(moment), { datedRates, timeZone, registration });
  return [taxRates.map(({ rateBasisPoints }) => rateBasisPoints), endsAt?.toISOString() ?? null];
};

describe('a rate that begins on a day', () => {
  it.each([
    // Summer time begins and ends on these two days; the night before has another distance from UTC.
    ['Europe/Bucharest', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['Europe/Bucharest', '2026-03-30', '2026-03-29T21:00:00.000Z'],
    ['Europe/Bucharest', '2026-10-25', '2026-10-24T21:00:00.000Z'],
    ['Europe/Bucharest', '2026-10-26', '2026-10-25T22:00:00.000Z'],
    ['Europe/Paris', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Lisbon', '2026-10-25', '2026-10-24T23:00:00.000Z'],
    // Clocks are set forward at midnight: the day begins at one o'clock.
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00.000Z'],
    ['Pacific/Kiritimati', '2027-01-01', '2026-12-31T10:00:00.000Z'],
    ['UTC', '2027-01-01', '2027-01-01T00:00:00.000Z'],
  ])('holds in %s on %s from %s on, to the millisecond', (timeZone, day, start) => {
    const before = new Date(Date.parse(start) - 1).toISOString();

    expect(at(before, timeZone, day)).toEqual([[1900], start]);
    expect(at(start, timeZone, day)).toEqual([[2100], null]);
  });

  it('says since when the rates are as they are', () => {
    const datedRates = [rate(1900, null, '2026-08-01'), rate(2100, '2026-08-01', null)];
    const { taxesSince } = ratesAt(new Date('2026-11-30T12:00:00Z'), {
      datedRates,
      timeZone: 'Europe/Bucharest',
      registration,
    });

    expect(taxesSince?.toISOString()).toBe('2026-07-31T21:00:00.000Z');
  });
});
