import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopTimeZone } from '../ui/days';
import { signed, stockTone, stockStatusLabel, toMovementFilter, toStockFilter } from './stock-filter';

const nothing = { kind: [], location: [], import: [], from: [], to: [] };

describe('the filter of the stock list', () => {
  it('asks for everything, for what is low, for what is gone, or for one place', () => {
    expect(toStockFilter({ state: [], location: [] })).toEqual({});
    expect(toStockFilter({ state: ['low'], location: [] })).toEqual({ low: true });
    expect(toStockFilter({ state: ['out'], location: ['loc_1'] })).toEqual({
      soldOut: true,
      locationId: 'loc_1',
    });
    expect(toStockFilter({ state: ['sideways'], location: [] })).toEqual({});
  });
});

describe('the filter of the movements', () => {
  const before = shopTimeZone.value;
  beforeEach(() => void (shopTimeZone.value = 'Europe/Bucharest'));
  afterEach(() => void (shopTimeZone.value = before));

  it('knows its kinds, and includes the whole last day', () => {
    const filter = toMovementFilter({ ...nothing, kind: ['SALE', 'MAGIC'], to: ['2026-03-29'] });

    expect(filter.kinds).toEqual(['SALE']);
    expect(filter.to).toBe('2026-03-29T21:00:00.000Z');
    expect(toMovementFilter({ ...nothing, import: ['imp_1'] })).toEqual({ importId: 'imp_1' });
  });
});

describe('a number that changed', () => {
  it('says in which direction', () => {
    expect([3, -2, 0].map((change) => signed(change, String))).toEqual(['+3', '−2', '']);
  });
});

describe('how much is left, at a glance', () => {
  it.each([
    [{ onHand: 3, available: 0, isLow: true }, 'bad', 'SOLD_OUT'],
    [{ onHand: 3, available: 2, isLow: true }, 'wait', 'LOW_STOCK'],
    [{ onHand: 9, available: 9, isLow: false }, 'good', 'IN_STOCK'],
  ])('%o', (level, tone, word) => {
    expect(stockTone(level)).toBe(tone);
    expect(stockStatusLabel(level)).toBe(word);
  });
});
