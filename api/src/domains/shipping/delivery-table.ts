import type { LocalizedText } from '../../kernel/languages.js';
import type { StoredArguments } from '../../platform/strategies/define-strategy.js';
import {
  readConditions,
  unmetCondition,
  type RateConditions,
  type UnmetCondition,
} from './rates/conditions.js';
import type { ShippingRates } from './rates/rated-method.js';
import type { ShippingKind } from './shipping.entity.js';
import { DeliveryZones, type Place, type StoredArea } from './zones/delivery-zones.js';

/*
 * What a delivery costs
 *
 * `DeliveryTable` is one copy of all zones, methods and rates, read in one statement together with the home country and
 * the currency (`pricing/shop.reference.ts`), and held until staff change anything. Carts, drafts, the page of a product
 * and the try-out of staff ask it and nothing else; it is pure, and asking it sends no statement.
 *
 * 1. The place has a zone: the longest prefix of its postal code, else its county, its country, the rest of the world.
 * 2. Each method that is offered and has a rate in that zone is asked, in the order of staff.
 * 3. What the labels of the goods deliver free is left out of weight, sum and units. Goods that are all delivered free
 *    cost nothing to send.
 * 4. The rate is refused by its currency, then by its conditions, then by its rule; else it is the price.
 */

/** Goods to be sent. */
export interface ShipmentGoods {
  readonly currency: string;
  /** By line: units, the weight of one in grams or null, what they cost after discounts, and whether sending them is free. */
  readonly items: readonly {
    readonly quantity: number;
    readonly weightGrams: number | null;
    readonly gross: number;
    readonly isFree?: boolean;
  }[];
}

/** Why a method is not offered for a shipment. */
export type NotOffered =
  | UnmetCondition
  | 'NO_ZONE'
  | 'NO_RATE'
  | 'OTHER_CURRENCY'
  | 'NOT_TAKEN'
  | 'RATE_FAILED';

/** The price in minor units, tax included, or why there is none. */
export type Offer =
  | { readonly price: number; readonly reason: null }
  | { readonly price: null; readonly reason: NotOffered };

/** A method as it is stored, with its rates. */
export interface StoredMethod {
  readonly id: string;
  readonly code: string;
  readonly kind: ShippingKind;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly estimatedDaysMin: number | null;
  readonly estimatedDaysMax: number | null;
  /** The carrier calls the buyer; false where the buyer collects the goods. */
  readonly phoneRequired: boolean;
  /** What a unit without a weight counts. */
  readonly fallbackGrams: number;
  readonly rates: readonly StoredZoneRate[];
}

export interface StoredZoneRate {
  readonly zoneId: string;
  readonly strategy: string;
  readonly arguments: StoredArguments;
  readonly conditions: Readonly<Partial<RateConditions>>;
  readonly currency: string;
}

/** A method with its rate at a place. */
export interface ShippingMethod extends Omit<StoredMethod, 'rates'> {
  /** Free from this sum on, tax included, minor units; null when it never is. */
  readonly freeFrom: number | null;
  readonly offer: (shipment: ShipmentGoods, countryCode: string | null) => Offer;
}

/** All deliveries of the shop at one moment. */
export class DeliveryTable {
  readonly zones: DeliveryZones;
  private readonly byZone: ReadonlyMap<string, readonly ShippingMethod[]>;

  constructor(areas: readonly StoredArea[], methods: readonly StoredMethod[], rates: ShippingRates) {
    this.zones = new DeliveryZones(areas);
    const inZones = methods.flatMap(({ rates: own, ...method }) =>
      own.map((rate) => ({ zoneId: rate.zoneId, method: inZone(method, rate, rates) })),
    );
    const byZone = Map.groupBy(inZones, ({ zoneId }) => zoneId);
    this.byZone = new Map([...byZone].map(([zoneId, list]) => [zoneId, list.map(({ method }) => method)]));
  }

  /** The methods that have a rate at the place. */
  methodsTo(place: Place): readonly ShippingMethod[] {
    const zone = this.zones.zoneOf(place);
    return (zone !== null && this.byZone.get(zone)) || NONE;
  }
}

const NONE: readonly ShippingMethod[] = [];

/** What a shipment weighs by the method's own weight of what has none. */
export function gramsOf(items: ShipmentGoods['items'], fallbackGrams: number): number {
  return items.reduce((sum, { quantity, weightGrams }) => sum + quantity * (weightGrams ?? fallbackGrams), 0);
}

function inZone(
  method: Omit<StoredMethod, 'rates'>,
  rate: StoredZoneRate,
  rates: ShippingRates,
): ShippingMethod {
  const stored = { code: method.code, strategy: rate.strategy, arguments: rate.arguments };
  const price = rates.pricerOf(stored);
  const conditions = readConditions(rate.conditions);
  return {
    ...method,
    freeFrom: rates.freeFromOf(stored),
    offer: ({ currency, items }, countryCode) => {
      if (currency !== rate.currency) return refused('OTHER_CURRENCY');
      const counted = items.filter(({ isFree }) => !isFree);
      const grams = gramsOf(counted, method.fallbackGrams);
      const subtotal = counted.reduce((sum, { gross }) => sum + gross, 0);
      const unmet = unmetCondition(conditions, { grams, subtotal });
      if (counted.length === 0 && items.length > 0) return { price: 0, reason: null };
      if (unmet) return refused(unmet);
      const quantity = counted.reduce((sum, item) => sum + item.quantity, 0);
      const found = price({ countryCode, currency, subtotal, quantity, grams, items: counted });
      if (found === 'failed') return refused('RATE_FAILED');
      return found === null ? refused('NOT_TAKEN') : { price: found, reason: null };
    },
  };
}

function refused(reason: NotOffered): Offer {
  return { price: null, reason };
}
