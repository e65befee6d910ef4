import { describe, expect, it } from 'vitest';
import { phone, typed } from './order-export.js';
import { shopMoment } from '../../../kernel/shop-time.js';

describe('a cell of the file of orders', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])('runs nothing: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each(['＝1+1', '＋1', '－1', '＠A1', '−1', '﹢1'])('runs nothing in signs of full width: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each([
    '\u200e=1+1',
    '\ufeff=1+1',
    '\u200b＝1',
    '\u00a0=1',
    '\u2060\u3000@A1',
    '\u00ad-1',
    '\u0301=1',
    '\u3164=1',
    '\u115f=1',
    '\uffa0＝1',
    '\u2800=1',
    '\u{e0100}=1',
    '\u180e=1',
  ])('runs nothing behind a sign that is not seen: %j', (text) => {
    expect(typed(text)).toBe(`'${text}`);
  });

  it.each(['Ana', 'Pop = Pop', '12 × CANA', '3-5', '李小龙', ' Ana', ''])(
    'leaves other words alone: %j',
    (text) => {
      expect(typed(text)).toBe(text);
    },
  );

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
    expect(shopMoment(new Date('2026-11-28T22:30:00Z'))).toBe('2026-11-29 00:30:00');
    expect(shopMoment(new Date('2026-07-01T20:59:59Z'))).toBe('2026-07-01 23:59:59');
  });
});
