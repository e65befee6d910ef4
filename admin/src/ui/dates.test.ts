import { beforeAll, describe, expect, it } from 'vitest';
import { exactDate, listDate, shortDate } from './dates';
import { shopTimeZone } from './days';

/** Winter in the shop: two hours ahead of UTC. */
const SHOP_AHEAD_MS = 2 * 3_600_000;
const at = (...inShop: [number, number, number, number, number]) =>
  new Date(Date.UTC(...inShop) - SHOP_AHEAD_MS).toISOString();
const now = Date.parse(at(2026, 10, 28, 18, 0));

beforeAll(() => {
  shopTimeZone.value = 'Europe/Bucharest';
});

describe('the date of a row', () => {
  it('is the one of the shop, on a computer on the other side of the world too', () => {
    const zone = process.env['TZ'];
    process.env['TZ'] = 'Pacific/Kiritimati';
    try {
      expect(new Date(now).getDate()).toBe(29);
      expect(listDate(at(2026, 10, 28, 0, 5), 'ro', now)).toBe('00:05');
      expect(exactDate(at(2026, 10, 28, 0, 5), 'ro')).toBe('28 noiembrie 2026 la 00:05');
      expect(shortDate('2026-11-28', 'ro')).toBe('28 nov. 2026');
    } finally {
      process.env['TZ'] = zone;
    }
  });

  it('is the clock time today', () => {
    expect(listDate(at(2026, 10, 28, 14, 5), 'ro', now)).toBe('14:05');
  });

  it('is written in English as money is, with 24 hours and the day first', () => {
    expect(listDate(at(2026, 10, 28, 14, 5), 'en', now)).toBe('14:05');
    expect(shortDate(at(2026, 10, 28, 14, 5), 'en')).toBe('28 Nov 2026');
  });

  it('is the day and the time before that', () => {
    expect(listDate(at(2026, 10, 27, 23, 59), 'ro', now)).toBe('27 nov., 23:59');
  });

  it('names the year when it is another one', () => {
    expect(listDate(at(2025, 11, 31, 12, 0), 'fr', now)).toBe('31 déc. 2025');
  });

  it('is the first of a month in French', () => {
    expect(listDate(at(2025, 11, 1, 12, 0), 'fr', now)).toBe('1er déc. 2025');
    expect(shortDate('2026-12-01', 'fr')).toBe('1er déc. 2026');
    expect(shortDate('2026-12-01', 'ro')).toBe('1 dec. 2026');
  });
});
