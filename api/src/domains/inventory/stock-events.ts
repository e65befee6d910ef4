import type { Tx } from '../../platform/database/database.js';
import type { DomainEvent } from '../../platform/jobs/define-event.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { availabilityOf, refreshProductProjection } from '../catalog/index.js';
import { stockLow } from './stock.events.js';
import type { StockLevels, VariantChange } from './stock-levels.js';

/** Side effects of a stock change, written before its transaction ends. */
export class StockEvents {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Refreshes product labels that changed, and appends one low-stock event for each variant that this transaction took
   * over its threshold. Requires the lock of all stock levels of these variants. Call it last: product rows are locked
   * after everything else.
   */
  async publish(tx: Tx, stockLevels: StockLevels): Promise<void> {
    const changes = stockLevels.changes();
    const low = changes.filter(({ before, after, lowStockAt }) => before > lowStockAt && after <= lowStockAt);
    if (low.length > 0) await this.outbox.append(tx, ...low.map(ranLow));
    const relabelled = changes.filter(changesLabel).map(({ productId }) => productId);
    if (relabelled.length > 0) await refreshProductProjection(tx, [...new Set(relabelled)]);
  }

  /** Call it after the commit. */
  notifyRelay(): void {
    this.outbox.notifyRelay();
  }
}

// Only the statement of the product projection knows whether back-orders keep a sold-out variant for sale; here every
// change of them counts.
function changesLabel({ before, after, lowStockAt, backordersChanged }: VariantChange): boolean {
  const label = (free: number): string => availabilityOf({ free, lowStockAt, backorderRoom: 0 });
  return backordersChanged || label(before) !== label(after);
}

function ranLow({ variantId, after, lowStockAt }: VariantChange): DomainEvent {
  return stockLow(variantId, { variantId, available: after, threshold: lowStockAt });
}
