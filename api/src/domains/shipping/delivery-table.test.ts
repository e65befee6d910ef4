import { describe, expect, it } from 'vitest';
import { StrategyRegistry } from '../../platform/strategies/define-strategy.js';
import {
  DeliveryTable,
  type ShipmentGoods,
  type StoredMethod,
  type StoredZoneRate,
} from './delivery-table.js';
import { ownRates } from './rates/own-rates.js';
import { ShippingRates } from './rates/rated-method.js';
import { ShippingKind } from './shipping.entity.js';
import type { Place, StoredArea } from './zones/delivery-zones.js';

const rates = new ShippingRates(new StrategyRegistry([{ name: 'shop', strategies: ownRates }], []), () => {});

const area = (zoneId: string, country: string, more: Partial<StoredArea> = {}): StoredArea => ({
  ...{ zoneId, country, subdivision: null, postcodePrefix: null },
  ...more,
});
const to = (countryCode: string, region: string | null = null, postalCode: string | null = null): Place => ({
  ...{ countryCode, region, postalCode },
});

const courier = (own: Partial<StoredZoneRate>, more: Partial<StoredMethod> = {}): StoredMethod => ({
  ...{ id: 'courier', code: 'courier', kind: ShippingKind.COURIER, name: {}, description: {} },
  ...{ estimatedDaysMin: 1, estimatedDaysMax: 2, phoneRequired: true, fallbackGrams: 500 },
  rates: [{ zoneId: 'home', strategy: 'flat', arguments: {}, conditions: {}, currency: 'RON', ...own }],
  ...more,
});

/** What goods cost to send by this rate, or why it does not take them. */
function offerFor(
  own: Partial<StoredZoneRate>,
  items: ShipmentGoods['items'],
  more: Partial<StoredMethod> = {},
) {
  const table = new DeliveryTable([area('home', 'RO')], [courier(own, more)], rates);
  const { price, reason } = table.methodsTo(to('RO'))[0]!.offer({ currency: 'RON', items }, 'RO');
  return price ?? reason;
}
const goods = (gross: number, weightGrams: number | null, quantity = 1, isFree = false) => ({
  ...{ gross, weightGrams, quantity, isFree },
});

describe('the zone of a place', () => {
  const areas = [
    area('ro', 'RO'),
    area('brasov', 'RO', { subdivision: 'RO-BV' }),
    area('valley', 'RO', { postcodePrefix: '505' }),
    area('village', 'RO', { postcodePrefix: '50530' }),
    area('london', 'GB', { postcodePrefix: 'SW1A' }),
    area('riga', 'LV', { postcodePrefix: 'LV10' }),
    area('corsica', 'FR', { postcodePrefix: '20' }),
    area('rest', 'ZZ'),
  ];
  const { zones } = new DeliveryTable(areas, [], rates);

  it.each([
    ['the longest beginning of its postal code', to('RO', 'RO-BV', '505300'), 'village'],
    ['a shorter beginning', to('RO', 'RO-BV', '505600'), 'valley'],
    ['its county', to('RO', 'RO-BV', '500001'), 'brasov'],
    ['its county, while the code is unknown', to('RO', 'RO-BV'), 'brasov'],
    ['the county of its code, while it names none', to('RO', null, 'RO-500001'), 'brasov'],
    ['the code in any spelling', to('FR', null, 'F-20 000'), 'corsica'],
    ['the code without what is printed before it', to('LV', null, '1010'), 'riga'],
    ['its country', to('RO', 'RO-CJ', '400001'), 'ro'],
    ['its country, while nothing else is known', to('RO'), 'ro'],
    ['a code in any spelling', to('GB', null, 'sw1a 1aa'), 'london'],
    ['the rest of the world, in a country of which it has only some codes', to('GB', null, 'N1 9GU'), 'rest'],
    ['the rest of the world', to('JP', null, '100-0001'), 'rest'],
    ['the rest of the world, where there are no codes', to('HK', null, ''), 'rest'],
  ])('is decided by %s', (_by, place, zone) => {
    expect(zones.zoneOf(place)).toBe(zone);
  });

  it('is none where no zone names the country and there is none for the rest', () => {
    const few = new DeliveryTable([area('ro', 'RO')], [], rates).zones;
    expect(few.zoneOf(to('FR'))).toBeNull();
    expect(few.countries).toEqual(['RO']);
    expect(zones.countries).toContain('JP');
    expect(zones.countries).not.toContain('ZZ');
  });
});

describe('a flat price', () => {
  const flat = { arguments: { price: 1990, freeFrom: 20_000 } };

  it('is free from its threshold on, which is met after discounts', () => {
    expect(offerFor(flat, [goods(19_999, 100)])).toBe(1990);
    expect(offerFor(flat, [goods(20_000, 100)])).toBe(0);
  });

  it('counts nothing of goods that are delivered free, and is free when all are', () => {
    expect(offerFor(flat, [goods(19_000, 100), goods(5_000, 100, 1, true)])).toBe(1990);
    expect(offerFor(flat, [goods(5_000, 100, 2, true)])).toBe(0);
  });

  it('is not offered in another currency', () => {
    expect(offerFor({ ...flat, currency: 'EUR' }, [goods(1, 1)])).toBe('OTHER_CURRENCY');
  });

  it('of which an argument is missing is not offered', () => {
    expect(offerFor({ arguments: {} }, [goods(1, 1)])).toBe('RATE_FAILED');
  });
});

describe('a price by weight, in steps', () => {
  const steps = [
    { upTo: 1000, amount: 1500 },
    { upTo: 5000, amount: 2500 },
  ];
  const by = (more: object) => ({ strategy: 'weight-steps', arguments: { steps, ...more } });

  it.each([
    [1000, 1500],
    [1001, 2500],
    [5000, 2500],
  ])('holds for %i g up to and with its border', (grams, price) => {
    expect(offerFor(by({}), [goods(100, grams)])).toBe(price);
  });

  it('above the last step is not taken, or costs more for each kilogram that is begun', () => {
    expect(offerFor(by({}), [goods(100, 5001)])).toBe('NOT_TAKEN');
    expect(offerFor(by({ pricePerKilogram: 300 }), [goods(100, 5001)])).toBe(2800);
    expect(offerFor(by({ pricePerKilogram: 300 }), [goods(100, 6001)])).toBe(3100);
    expect(offerFor(by({ freeFrom: 100 }), [goods(100, 5001)])).toBe('NOT_TAKEN');
  });

  it('counts goods without a weight as the method says', () => {
    expect(offerFor(by({}), [goods(100, null, 2)])).toBe(1500);
    expect(offerFor(by({}), [goods(100, null, 2)], { fallbackGrams: 600 })).toBe(2500);
  });
});

describe('a price by what the goods cost', () => {
  const own = {
    strategy: 'subtotal-steps',
    arguments: { steps: [{ upTo: 9_999, amount: 2500 }], priceAbove: 1000, freeFrom: 30_000 },
  };

  it.each([
    [9_999, 2500],
    [10_000, 1000],
    [29_999, 1000],
    [30_000, 0],
  ])('of goods for %i is %i', (gross, price) => {
    expect(offerFor(own, [goods(gross, 1)])).toBe(price);
  });
});

describe('a price by number', () => {
  it('grows with each further unit, up to its most', () => {
    const own = { strategy: 'per-item', arguments: { price: 1000, pricePerItem: 200, mostPrice: 1500 } };
    expect([1, 2, 3, 4, 9].map((units) => offerFor(own, [goods(100, 1, units)]))).toEqual([
      1000, 1200, 1400, 1500, 1500,
    ]);
  });
});

describe('conditions', () => {
  const conditions = { minGrams: 100, maxGrams: 2000, minSubtotal: 500, maxSubtotal: 10_000 };
  const own = { arguments: { price: 900 }, conditions };

  it.each([
    ['TOO_LIGHT', goods(600, 99)],
    ['TOO_HEAVY', goods(600, 2001)],
    ['SUBTOTAL_TOO_SMALL', goods(499, 100)],
    ['SUBTOTAL_TOO_LARGE', goods(10_001, 100)],
    [900, goods(500, 100)],
    [900, goods(10_000, 2000)],
  ])('say %s', (said, item) => {
    expect(offerFor(own, [item])).toBe(said);
  });
});
