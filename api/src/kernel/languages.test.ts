import { expect, it } from 'vitest';
import { dateIn } from './languages.js';

const day =
  (iso: string) =>
  (language: 'ro' | 'en' | 'fr', dateStyle: 'long' | 'medium' | 'short' = 'long') =>
    dateIn(language, new Date(iso), { dateStyle, timeZone: 'Europe/Bucharest' });

it('the first day of a month is “1er” in French mails and invoices, wherever the month is in words', () => {
  const first = day('2026-12-01T08:00:00Z');
  expect([first('fr'), first('fr', 'medium'), first('fr', 'short')]).toEqual([
    '1er décembre 2026',
    '1er déc. 2026',
    '01/12/2026',
  ]);
  expect([first('ro'), first('en')]).toEqual(['1 decembrie 2026', '1 December 2026']);
});

it('other days keep their number, in the zone of the shop', () => {
  expect(day('2026-11-30T22:30:00Z')('fr')).toBe('1er décembre 2026');
  expect(day('2026-12-20T22:30:00Z')('fr')).toBe('21 décembre 2026');
});
