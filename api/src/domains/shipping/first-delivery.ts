import type { Language } from '../../kernel/languages.js';
import { statement, t, type Tx } from '../../platform/database/database.js';
import type { DeliveryChanges } from './delivery-changes.js';
import { AT_HOME, seedMethod, seedZones } from './seed-deliveries.js';
import { lockDeliveries } from './shipping.statements.js';

const hasMethods = statement('shipping.has-methods', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM shipping_method) AS has',
});
const dropZones = statement('shipping.drop-zones', { sql: 'DELETE FROM shipping_zone' });

interface Home {
  readonly home: string;
  readonly language: Language;
  readonly currency: string;
}

/** What a shipment to the home country costs, minor units; null when the owner decides it later. */
export type FirstPrice = { readonly price: number; readonly freeFrom: number | null } | null;

/**
 * The zones of a shop whose home is known now, with a courier at home; part of the transaction that sets the shop up, after
 * the settings. Where there is a way of delivery already, somebody has decided, and nothing changes.
 */
export class FirstDelivery {
  constructor(private readonly changes: DeliveryChanges) {}

  async begin(tx: Tx, { home, language, currency }: Home, given: FirstPrice, actorId: string): Promise<void> {
    await tx.rows(lockDeliveries);
    if ((await tx.row(hasMethods))?.has) return;
    await tx.count(dropZones);
    const { atHome } = await seedZones(tx, home, language);
    if (!given) return;
    const courier = { ...AT_HOME, ...given, zoneId: atHome, position: 0 };
    const id = await seedMethod(tx, courier, currency);
    await this.changes.announce(tx, { id, version: 1 }, { actorId, what: 'METHOD', change: 'CREATED' });
  }
}
