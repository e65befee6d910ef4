import { StockLocationEntity } from '../stock.entity.js';
import { DomainError, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import { newId } from '../../../kernel/ids.js';
import {
  statement,
  violatedConstraint,
  type Database,
  type Tx,
  t,
} from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { refreshProductProjection } from '../../catalog/index.js';
import { fillWaiting } from '../backorders.js';
import { lockStockLevels, withStockLevelAt } from '../lock-stock-levels.js';
import type { StockEvents } from '../stock-events.js';

/** What staff enter about a location. */
export type LocationFields = Pick<StockLocationEntity, 'code' | 'name' | 'kind' | 'priority' | 'address'>;

// Locks all locations in one order, so that one request at a time decides which active one is the last. Not FOR UPDATE:
// checkouts that have locked stock levels write movements that reference the location.
const lockLocations = statement('inventory.lock-locations', {
  row: { id: t.uuid, active: t.boolean },
  sql: 'SELECT id, active FROM stock_location ORDER BY id FOR NO KEY UPDATE',
});
const productsAt = statement('inventory.products-at', {
  params: { locationId: t.uuid },
  row: { productId: t.uuid },
  sql: `SELECT DISTINCT v.product_id AS "productId" FROM stock_level s JOIN variant v ON v.id = s.variant_id
   WHERE s.location_id = :locationId AND s.on_hand > 0`,
});

/** Staff changes of stock locations. No method changes a quantity. */
export class StockLocationService {
  constructor(
    private readonly database: Database,
    private readonly stockEvents: StockEvents,
  ) {}

  /** @throws InvalidInputError for a code that is in use */
  async create(location: LocationFields): Promise<string> {
    const id = newId();
    try {
      await this.database.repository(StockLocationEntity).insert([{ id, ...location }]);
    } catch (error) {
      if (violatedConstraint(error)) throw new InvalidInputError('Another location has this code.', ['code']);
      throw error;
    }
    return id;
  }

  /**
   * Changes a location. Stock at an inactive location is no longer sold; reservations there stay.
   *
   * Locks: the locations, then (if `active` changes) the stock levels of every variant with stock there, then product
   * rows.
   *
   * `expectedVersion` is compared under the lock, so of two requests based on one version the second is refused; null
   * skips the comparison. A change without effect keeps the version.
   *
   * @throws StaleVersionError | DomainError LAST_LOCATION when no active location would be left | NotFoundError
   */
  async update(
    id: string,
    changes: Partial<Omit<StockLocationEntity, 'id' | 'code' | 'version'>>,
    expectedVersion: number | null,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      const all = await tx.rows(lockLocations);
      const locations = tx.repository(StockLocationEntity);
      const stored = await locations.find({ id });
      if (!stored) throw new NotFoundError('location', ['locationId']);
      if ((expectedVersion ?? stored.version) !== stored.version) throw new StaleVersionError(stored.version);
      const active = changes.active ?? stored.active;
      if (!active && !all.some((other) => other.active && other.id !== id)) {
        throw new DomainError('LAST_LOCATION', 'Stock must be sold from somewhere.', ['active']);
      }
      // The update gives the stored row its new values.
      const isSwitched = active !== stored.active;
      await locations.update(stored, changes);
      if (isSwitched) await this.switched(tx, id);
    });
    this.stockEvents.notifyRelay();
  }

  /** Stock of the location is on sale now, or no longer: fills waiting back-orders and refreshes labels. */
  private async switched(tx: Tx, id: string): Promise<void> {
    const stockLevels = await lockStockLevels(tx, withStockLevelAt, { locationId: id });
    await fillWaiting(tx, stockLevels, stockLevels.variantIds());
    await this.stockEvents.publish(tx, stockLevels);
    const products = await tx.rows(productsAt, { locationId: id });
    await refreshProductProjection(
      tx,
      products.map(({ productId }) => productId),
    );
  }
}
