import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import type { Tx } from '../../../platform/database/database.js';
import type { KeyedRequest } from '../../../platform/database/request-keys.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { AreaTakenError, MethodWithoutRateError } from '../shipping.errors.js';
import { ShippingZoneEntity } from '../shipping.entity.js';
import * as sql from '../shipping.statements.js';
import type { DeliveryChanges } from '../delivery-changes.js';
import { readAreas, type Area, type EnteredArea } from './area-input.js';

const MOST_ZONES = 100;

export interface EnteredZone {
  readonly name?: string | undefined;
  readonly areas?: readonly EnteredArea[] | undefined;
}

/** Zones of delivery. Locks: see `shipping.statements.ts`. */
export class ZoneService {
  constructor(private readonly changes: DeliveryChanges) {}

  /**
   * Returns the id of the new zone; a repeat with the same key returns the first one's.
   *
   * @throws InvalidInputError, AreaTakenError
   * @throws DomainError ZONE_NAME_TAKEN, TOO_MANY_ZONES
   */
  async create(
    { name, areas: entered = [] }: EnteredZone & { readonly name: string },
    by: { readonly actorId: string; readonly keyed: KeyedRequest | null },
  ): Promise<string> {
    const areas = readAreas(entered);
    return this.changes.keyed(by.keyed, 'zoneId', async (tx) => {
      const { count = 0, next: position = 0 } = (await tx.row(sql.countZones)) ?? {};
      if (count >= MOST_ZONES) throw new DomainError('TOO_MANY_ZONES', 'A shop has at most 100 zones.');
      const id = newId();
      await tx.repository(ShippingZoneEntity).insert([{ id, name, position }]);
      await this.writeAreas(tx, id, areas);
      await this.changes.announce(tx, { id, version: 1 }, { ...by, what: 'ZONE', change: 'CREATED' });
      return id;
    });
  }

  /**
   * Changes what is given; areas are replaced as a whole.
   *
   * @throws StaleVersionError, NotFoundError and what `create` throws
   */
  async update(
    id: string,
    { name, areas: entered }: EnteredZone,
    by: { readonly actorId: string; readonly expectedVersion: number },
  ): Promise<void> {
    const areas = entered && readAreas(entered);
    await this.changes.write(async (tx) => {
      const zone = await this.lock(tx, id, by.expectedVersion);
      const zones = tx.repository(ShippingZoneEntity);
      const isRenamed = name !== undefined && (await zones.update(zone, { name }));
      const isMoved = areas !== undefined && (await this.writeAreas(tx, id, areas));
      if (!isRenamed && !isMoved) return;
      // Its areas are counted by its version too.
      if (!isRenamed) await tx.count(sql.raiseZone, { zoneId: id });
      const version = by.expectedVersion + 1;
      await this.changes.announce(tx, { id, version }, { ...by, what: 'ZONE', change: 'UPDATED' });
    });
  }

  /**
   * Deletes a zone with its rates.
   *
   * @throws StaleVersionError, NotFoundError
   * @throws MethodWithoutRateError where a method that is offered has rates in no other zone
   */
  async delete(
    id: string,
    by: { readonly actorId: string; readonly expectedVersion: number },
  ): Promise<void> {
    await this.changes.write(async (tx) => {
      const zone = await this.lock(tx, id, by.expectedVersion);
      const left = await tx.rows(sql.onlyInZone, { zoneId: id });
      if (left.length > 0) throw new MethodWithoutRateError(left.map(({ code }) => code));
      await tx.count(sql.raiseMethodsOfZone, { zoneId: id });
      await tx.repository(ShippingZoneEntity).delete({ id });
      const version = zone.version + 1;
      await this.changes.announce(tx, { id, version }, { ...by, what: 'ZONE', change: 'DELETED' });
    });
  }

  private async lock(tx: Tx, id: string, expectedVersion: number): Promise<ShippingZoneEntity> {
    const zone = await tx.repository(ShippingZoneEntity).lock({ id });
    if (!zone) throw new NotFoundError('zone of delivery', ['zoneId']);
    if (zone.version !== expectedVersion) throw new StaleVersionError(zone.version);
    return zone;
  }

  /** Returns whether anything is different now. @throws AreaTakenError */
  private async writeAreas(tx: Tx, zoneId: string, areas: readonly Area[]): Promise<boolean> {
    const [taken] = await tx.rows(sql.takenAreas, { zoneId, areas });
    if (taken) throw new AreaTakenError(taken.at, taken.zone);
    return (await tx.count(sql.writeAreas, { zoneId, areas })) > 0;
  }
}
