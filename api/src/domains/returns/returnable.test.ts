import { describe, expect, it } from 'vitest';
import { ReturnWindow, type ReturnableLine } from './returnable.js';
import { isReturnTransitionAllowed, ReturnStatus } from './return-states.js';

const DAY_MS = 86_400_000;
const now = new Date('2026-11-21T12:00:00Z');
const window = new ReturnWindow(30, { now: () => now });
const line = (days: number | null, quantity = 2): ReturnableLine => ({
  id: 'a',
  quantity,
  arrivedAt: days === null ? null : new Date(now.getTime() - days * DAY_MS),
});

describe('what may be sent back', () => {
  it.each([
    ['not before it left', line(null), 0],
    ['on the day it arrived', line(0), 2],
    ['on the last day', line(30), 2],
    ['not the day after', line(30.01), 0],
    ['not what came back already', line(3, 0), 0],
  ])('%s', (_, one, quantity) => {
    expect(window.returnable(one)).toBe(quantity);
  });

  it('says what is wrong with a request, and where', () => {
    const requested = (quantity: number, id = 'a') => [{ orderLineId: id, quantity }];

    expect(() => window.check([line(1)], requested(2))).not.toThrow();
    expect(() => window.check([line(1)], requested(3))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] }),
    );
    expect(() => window.check([line(1)], requested(1.5))).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    expect(() => window.check([line(31)], requested(1))).toThrow(
      expect.objectContaining({ code: 'RETURN_WINDOW_CLOSED' }),
    );
    expect(() => window.check([line(1)], requested(1, 'b'))).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }),
    );
  });

  it('is never decided twice', () => {
    const all = Object.values(ReturnStatus);
    const ended = [
      ReturnStatus.REJECTED,
      ReturnStatus.CANCELLED,
      ReturnStatus.REFUNDED,
      ReturnStatus.EXCHANGED,
    ];

    for (const from of ended) expect(all.filter((to) => isReturnTransitionAllowed(from, to))).toEqual([]);
    expect(all.filter((to) => isReturnTransitionAllowed(ReturnStatus.RECEIVED, to))).toEqual([
      ReturnStatus.REFUNDED,
      ReturnStatus.EXCHANGED,
    ]);
    expect(all.filter((from) => isReturnTransitionAllowed(from, ReturnStatus.RECEIVED))).toEqual([
      ReturnStatus.APPROVED,
    ]);
  });
});
