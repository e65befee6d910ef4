import { isCountry } from '../../../kernel/address/countries.js';
import { readRegion, regionOfPostalCode } from '../../../kernel/address/regions.js';
import { InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import {
  DeliveryTable,
  gramsOf,
  type NotOffered,
  type ShipmentGoods,
  type StoredMethod,
} from '../delivery-table.js';
import type { DeliveryViews } from '../delivery-views.js';
import type { ShippingRates } from '../rates/rated-method.js';
import type { MethodView, ZoneView } from '../shipping.type.js';
import type { Place, StoredArea } from '../zones/delivery-zones.js';

const MOST_LINES = 100;

/** Why a method is not offered. */
export type TryOutReason = NotOffered | 'INACTIVE';

export interface TriedMethod {
  readonly method: MethodView;
  /** Minor units, tax included; null where it is not offered. */
  readonly price: number | null;
  readonly reason: TryOutReason | null;
  /** What the goods weigh for it. */
  readonly grams: number;
  readonly currency: string;
}

export interface TryOut {
  readonly zone: ZoneView | null;
  /** Units that have no weight of their own. */
  readonly unweighedUnits: number;
  readonly methods: readonly TriedMethod[];
}

/** What is to be sent: goods of the catalog, or a weight and a sum. */
export interface TriedGoods {
  readonly lines?: readonly { readonly variantId: string; readonly quantity: number }[] | undefined;
  readonly grams?: number | undefined;
  readonly subtotal?: number | undefined;
}

const goodsById = statement('shipping.try-out-goods', {
  params: { ids: t.uuids },
  row: { id: t.uuid, price: t.int, weightGrams: t.int.orNull, isFree: t.boolean },
  sql: `SELECT v.id, v.price, v.weight_grams AS "weightGrams", 'FREE_SHIPPING' = ANY (p.labels) AS "isFree"
   FROM variant v JOIN product p ON p.id = v.product_id WHERE v.id = ANY (:ids) AND v.deleted_at IS NULL`,
});

/**
 * Says what every method would cost for goods to a place, or why it would not be offered. It asks the same table as carts
 * do, over what is stored now: what it says is what a buyer would see.
 */
export class DeliveryTryOut {
  constructor(
    private readonly database: Database,
    private readonly views: DeliveryViews,
    private readonly rates: ShippingRates,
  ) {}

  /** @throws InvalidInputError, NotFoundError for a variant that there is not */
  async tryOut(goods: TriedGoods, place: Place, currency: string): Promise<TryOut> {
    const items = await this.items(goods);
    const { zones, methods } = await this.views.all();
    const kept = methods.filter(({ archivedAt }) => archivedAt === null);
    const table = new DeliveryTable(zones.flatMap(storedAreas), kept.map(storedMethod), this.rates);
    const zoneId = table.zones.zoneOf(place);
    const there = new Map(table.methodsTo(place).map((method) => [method.id, method]));
    const shipment: ShipmentGoods = { currency, items };
    return {
      zone: zones.find(({ id }) => id === zoneId) ?? null,
      unweighedUnits: items.reduce(
        (sum, { weightGrams, quantity }) => sum + (weightGrams === null ? quantity : 0),
        0,
      ),
      methods: kept.map((method) => {
        const grams = gramsOf(items, method.fallbackGrams);
        const offer = there.get(method.id)?.offer(shipment, place.countryCode);
        const reason = offer ? offer.reason : zoneId === null ? 'NO_ZONE' : 'NO_RATE';
        const isOff = !method.active;
        return {
          ...{ method, grams, currency },
          price: isOff ? null : (offer?.price ?? null),
          reason: isOff ? 'INACTIVE' : reason,
        };
      }),
    };
  }

  private async items({ lines, grams, subtotal }: TriedGoods): Promise<ShipmentGoods['items']> {
    if (!lines || lines.length === 0) {
      if (grams === undefined || subtotal === undefined)
        throw new InvalidInputError('Either lines, or a weight and a sum.', ['lines']);
      if (grams < 0 || subtotal < 0)
        throw new InvalidInputError('Not below zero.', [grams < 0 ? 'grams' : 'subtotal']);
      return [{ quantity: 1, weightGrams: grams, gross: subtotal }];
    }
    if (lines.length > MOST_LINES) throw new InvalidInputError(`At most ${MOST_LINES} lines.`, ['lines']);
    const rows = await this.database.rows(goodsById, { ids: lines.map(({ variantId }) => variantId) });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return lines.map(({ variantId, quantity }, at) => {
      const row = byId.get(variantId);
      if (!row) throw new NotFoundError('variant', ['lines', String(at), 'variantId']);
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > 999)
        throw new InvalidInputError('A quantity is 1 to 999.', ['lines', String(at), 'quantity']);
      const { price, weightGrams, isFree } = row;
      return { quantity, weightGrams, gross: price * quantity, isFree };
    });
  }
}

/**
 * A place as staff enter it: its county by code or name, or by its postal code where that names it.
 *
 * @throws InvalidInputError for a country or county that there is not
 */
export function readPlace(given: {
  readonly countryCode: string;
  readonly region?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
}): Place {
  const { countryCode, region, postalCode } = given;
  if (!isCountry(countryCode))
    throw new InvalidInputError('There is no such country.', ['place', 'countryCode']);
  const code = region?.trim() ? readRegion(countryCode, region.trim()) : null;
  if (region?.trim() && !code)
    throw new InvalidInputError('There is no such county, state or province.', ['place', 'region']);
  const plain = postalCode?.trim() ?? '';
  return { countryCode, region: code ?? regionOfPostalCode(countryCode, plain), postalCode: plain || null };
}

export function storedAreas({ id: zoneId, areas }: ZoneView): StoredArea[] {
  return areas.map((area) => ({ ...area, zoneId }));
}

export function storedMethod({ rates, ...method }: MethodView): StoredMethod {
  return {
    ...method,
    rates: rates.map(({ zoneId, strategy, arguments: given, conditions, currency }) => ({
      ...{ zoneId, strategy, arguments: given, conditions, currency },
    })),
  };
}
