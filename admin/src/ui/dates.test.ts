import { describe, expect, it } from 'vitest';
import { listDate, shortDate } from './dates';

const now = new Date(2026, 10, 28, 18, 0).getTime();
const at = (...deps: [number, number, number, number, number]) => new Date(...deps).toISOString();

describe('the date of a row', () => {
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
});
