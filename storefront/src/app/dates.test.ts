import { expect, it } from 'vitest';
import { formatDay, formatMoment, isAhead } from './dates';

it.each([
  ['2026-11-30T23:30:00+02:00', true],
  ['2026-12-01T00:10:00+02:00', false],
  ['2026-12-01T12:00:00+02:00', false],
])('pieces that come on the first of December are still to come at %s: %s', (now, isStillToCome) => {
  const zone = process.env['TZ'];
  try {
    for (const visitor of ['Pacific/Kiritimati', 'America/Los_Angeles', 'UTC']) {
      process.env['TZ'] = visitor;
      expect(isAhead('2026-12-01', 'Europe/Bucharest', Date.parse(now)), visitor).toBe(isStillToCome);
    }
  } finally {
    process.env['TZ'] = zone;
  }
});

it('an order of the night is told with the day and the hour of the shop, wherever that is', () => {
  const placed = '2026-11-30T23:30:00Z';
  expect(formatDay(placed, { language: 'en', timeZone: 'Europe/Bucharest' })).toBe('1 December 2026');
  expect(formatDay(placed, { language: 'en', timeZone: 'America/Los_Angeles' })).toBe('30 November 2026');
  expect(formatMoment(placed, { language: 'en', timeZone: 'Europe/Paris' })).toContain('00:30');
});

it('a day that staff wrote is that day in every zone', () => {
  for (const timeZone of ['Pacific/Kiritimati', 'America/Los_Angeles'])
    expect(formatDay('2026-12-01', { language: 'en', timeZone })).toBe('1 December 2026');
});

it('the first day of a month is the first in French, and a number elsewhere', () => {
  const zone = { timeZone: 'Europe/Bucharest' } as const;
  expect(formatDay('2026-12-01', { language: 'fr', ...zone })).toBe('1er décembre 2026');
  expect(formatMoment('2026-12-01T12:00:00Z', { language: 'fr', ...zone })).toMatch(/^1er déc\./);
  expect(formatDay('2026-12-11', { language: 'fr', ...zone })).toBe('11 décembre 2026');
  expect(formatDay('2026-12-01', { language: 'ro', ...zone })).toBe('1 decembrie 2026');
});
