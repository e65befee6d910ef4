import type { Database, Querying } from '../../platform/database/database.js';
import type { ShippingRates } from './rates/rated-method.js';
import type { MethodView, ZoneView } from './shipping.type.js';
import * as sql from './shipping.statements.js';

/** Zones, methods and rates as staff see them. */
export interface Deliveries {
  readonly zones: readonly ZoneView[];
  /** In the order in which buyers see them, archived ones last. */
  readonly methods: readonly MethodView[];
}

/** Reads what staff keep about deliveries: four statements, whatever there is. */
export class DeliveryViews {
  constructor(
    private readonly database: Database,
    private readonly rates: ShippingRates,
  ) {}

  async zones(querying: Querying = this.database): Promise<readonly ZoneView[]> {
    const [zones, areas] = await Promise.all([querying.rows(sql.allZones), querying.rows(sql.allAreas)]);
    const ofZone = Map.groupBy(areas, ({ zoneId }) => zoneId);
    return zones.map((zone) => ({ ...zone, areas: ofZone.get(zone.id) ?? [] }));
  }

  async all(): Promise<Deliveries> {
    const [zones, methods, rates] = await Promise.all([
      this.zones(),
      this.database.rows(sql.allMethods),
      this.database.rows(sql.allRates),
    ]);
    const ofMethod = Map.groupBy(rates, ({ methodId }) => methodId);
    return {
      zones,
      methods: methods.map((method) => ({
        ...method,
        rates: zones.flatMap((zone) =>
          (ofMethod.get(method.id) ?? [])
            .filter(({ zoneId }) => zoneId === zone.id)
            .map((rate) => ({ ...rate, zone, rule: this.rates.find(rate.strategy) ?? null })),
        ),
      })),
    };
  }

  async method(id: string): Promise<MethodView | null> {
    return (await this.all()).methods.find((method) => method.id === id) ?? null;
  }

  async zone(id: string): Promise<ZoneView | null> {
    return (await this.zones()).find((zone) => zone.id === id) ?? null;
  }
}
