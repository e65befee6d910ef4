/*
 * The reference model of stock: quantities per variant over all locations. It shares no code with the shop, so that a
 * mistake there is not repeated here.
 */

export interface ModelVariant {
  readonly sku: string;
  readonly variantId: string;
  readonly price: number;
  /** The backorder limit; null for no limit. */
  readonly backorderLimit: number | null;
  onHand: number;
  held: number;
}

/** A stock hold by SKU. */
export interface ModelHold {
  readonly id: string;
  readonly units: Units;
  readonly expiresAt: number;
  status: 'HELD' | 'COMMITTED' | 'RELEASED';
}

/** A quantity above any backorder. */
export const ALL = Number.MAX_SAFE_INTEGER;

/** Backordered units of an order: provisional while it is unpaid, final once it is placed. */
interface Waiting {
  readonly order: object;
  readonly article: ModelVariant;
  quantity: number;
  isBackordered: boolean;
}

/** Reserved units of a variant. */
export type Units = ReadonlyMap<ModelVariant, number>;

export class ModelStock {
  readonly holds: ModelHold[] = [];
  private queue: Waiting[] = [];

  constructor(
    readonly articles: readonly ModelVariant[],
    /** Removes units from stock for an order. */
    private readonly filled: (order: object, article: ModelVariant, quantity: number) => void,
  ) {}

  free(article: ModelVariant): number {
    return article.onHand - article.held;
  }

  /** Backordered units of a variant, of all orders or one; of both kinds, or only final ones. */
  waiting(article: ModelVariant, order?: object, onlyBackordered = false): number {
    return this.queue
      .filter((entry) => entry.article === article && (!order || entry.order === order))
      .filter(({ isBackordered }) => isBackordered || !onlyBackordered)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** Whether this quantity can be sold, backorders included. */
  canSell(units: Units): boolean {
    return [...units].every(([article, quantity]) => {
      const room =
        article.backorderLimit === null ? Infinity : article.backorderLimit - this.waiting(article);
      return quantity <= this.free(article) + Math.max(0, room);
    });
  }

  /** Reserves available stock and backorders the rest; returns the reserved quantity. */
  hold(order: object, units: Units): Map<ModelVariant, number> {
    const held = new Map<ModelVariant, number>();
    for (const [article, quantity] of units) {
      const there = Math.min(quantity, this.free(article));
      article.held += there;
      if (there > 0) held.set(article, there);
      if (quantity > there)
        this.queue.push({ order, article, quantity: quantity - there, isBackordered: false });
    }
    return held;
  }

  /** Commits reservations; provisional backorders become final, and are filled from free stock. */
  sell(order: object, held: Units): void {
    for (const [article, quantity] of held) {
      article.onHand -= quantity;
      article.held -= quantity;
      this.filled(order, article, quantity);
    }
    for (const entry of this.queue) if (entry.order === order) entry.isBackordered = true;
    this.serve();
  }

  release(order: object, held: Units): void {
    for (const [article, quantity] of held) article.held -= quantity;
    this.queue = this.queue.filter((entry) => entry.order !== order || entry.isBackordered);
    this.serve();
  }

  /** Changes stock by a receipt, a count or a return; negative for a loss. */
  arrive(article: ModelVariant, quantity: number): void {
    article.onHand += quantity;
    this.serve();
  }

  /** Removes backordered units of an order, latest first; returns how many it had. */
  dropBackordered(order: object, article: ModelVariant, most: number): number {
    let left = most;
    for (const entry of [...this.queue].reverse()) {
      if (entry.order !== order || entry.article !== article || !entry.isBackordered) continue;
      const dropped = Math.min(left, entry.quantity);
      entry.quantity -= dropped;
      left -= dropped;
    }
    this.queue = this.queue.filter(({ quantity }) => quantity > 0);
    return most - left;
  }

  decide(hold: ModelHold, isSold: boolean): boolean {
    if (hold.status !== 'HELD') return false;
    hold.status = isSold ? 'COMMITTED' : 'RELEASED';
    if (isSold) this.sell(hold, hold.units);
    else this.release(hold, hold.units);
    return true;
  }

  expireHolds(now: number): void {
    for (const hold of this.holds) if (hold.expiresAt < now) this.decide(hold, false);
  }

  /** Fills backorders from free stock, oldest first. */
  private serve(): void {
    for (const entry of this.queue) {
      const quantity = Math.min(entry.quantity, this.free(entry.article));
      if (!entry.isBackordered || quantity <= 0) continue;
      entry.quantity -= quantity;
      entry.article.onHand -= quantity;
      this.filled(entry.order, entry.article, quantity);
    }
    this.queue = this.queue.filter(({ quantity }) => quantity > 0);
  }
}
