import { describe, expect, it } from 'vitest';
import { phone } from './cells.js';
import { shopMoment } from '../../../kernel/shop-time.js';

describe('a cell of an exported list', () => {
  it.each([
    ['+40 722 123 456', '0040 722 123 456'],
    ['+40722123456', '00 40722123456'],
    ['+40 (722) 123-456', '0040 722 123 456'],
    ['+40 722/123.456', '0040 722 123 456'],
    ['0722 123 456', '0722 123 456'],
    ['+1+cmd|calc', "'+1+cmd|calc"],
    ['＋40 722', "'＋40 722"],
  ])('writes the number %s so that it can be read and dialled', (given, written) => {
    expect(phone(given)).toBe(written);
  });

  it('tells moments in the time of the shop', () => {
    expect(shopMoment(new Date('2026-11-28T22:30:00Z'), 'Europe/Bucharest')).toBe('2026-11-29 00:30:00');
    expect(shopMoment(new Date('2026-07-01T20:59:59Z'), 'Europe/Bucharest')).toBe('2026-07-01 23:59:59');
  });
});
