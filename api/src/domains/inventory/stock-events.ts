import { newId } from '../../kernel/ids.js';
import type { Tx } from '../../platform/database/database.js';
import type { DomainEvent, Outbox } from '../../platform/jobs/outbox.js';
import { availabilityOf, refreshProductProjection } from '../catalog/index.js';
import type { StockLevels, VariantChange } from './stock-levels.js';

/** What follows from a change of stock, before its transaction ends. */
export class StockEvents {
  constructor(private readonly outbox: Outbox) {}

  /**
   * Refreshes the labels that changed, and tells once that a variant ran low: by the one transaction that, holding all its
   * shelves, took it over its threshold. Call it last: product rows are locked after everything else.
   */
  async tell(tx: Tx, stockLevels: StockLevels): Promise<void> {
    const changes = stockLevels.changes();
    const low = changes.filter(({ before, after, lowStockAt }) => before > lowStockAt && after <= lowStockAt);
    if (low.length > 0) await this.outbox.append(tx, ...low.map(ranLow));
    const relabelled = changes.filter(changesLabel).map(({ productId }) => productId);
    if (relabelled.length > 0) await refreshProductProjection(tx, [...new Set(relabelled)]);
  }

  /** After the commit. */
  notifyRelay(): void {
    this.outbox.notifyRelay();
  }
}

// Whether back-orders keep a sold-out variant for sale only the card's own statement knows; here any change of them counts.
function changesLabel({ before, after, lowStockAt, backordersChanged }: VariantChange): boolean {
  const label = (free: number): string => availabilityOf({ free, lowStockAt, backorderRoom: 0 });
  return backordersChanged || label(before) !== label(after);
}

function ranLow({ variantId, after, lowStockAt }: VariantChange): DomainEvent {
  return {
    kind: 'stock.low',
    aggregateId: variantId,
    // Crossings are as many as there are; each is told by the transaction that made it, which happens once.
    dedupeKey: `stock.low:${variantId}:${newId()}`,
    payload: { variantId, available: after, threshold: lowStockAt },
  };
}
