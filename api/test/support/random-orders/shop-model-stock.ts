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
  readonly variant: ModelVariant;
  quantity: number;
  isBackordered: boolean;
}

/** Reserved units of a variant. */
export type Units = ReadonlyMap<ModelVariant, number>;

export class ModelStock {
  readonly holds: ModelHold[] = [];
  private queue: Waiting[] = [];

  constructor(
    readonly variants: readonly ModelVariant[],
    /** Removes units from stock for an order. */
    private readonly filled: (order: object, variant: ModelVariant, quantity: number) => void,
  ) {}

  free(variant: ModelVariant): number {
    return variant.onHand - variant.held;
  }

  /** Backordered units of a variant, of all orders or one; of both kinds, or only final ones. */
  waiting(variant: ModelVariant, order?: object, onlyBackordered = false): number {
    return this.queue
      .filter((entry) => entry.variant === variant && (!order || entry.order === order))
      .filter(({ isBackordered }) => isBackordered || !onlyBackordered)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** Whether this quantity can be sold, backorders included. */
  canSell(units: Units): boolean {
    return [...units].every(([variant, quantity]) => {
      const room =
        variant.backorderLimit === null ? Infinity : variant.backorderLimit - this.waiting(variant);
      return quantity <= this.free(variant) + Math.max(0, room);
    });
  }

  /** Reserves available stock and backorders the rest; returns the reserved quantity. */
  hold(order: object, units: Units): Map<ModelVariant, number> {
    const held = new Map<ModelVariant, number>();
    for (const [variant, quantity] of units) {
      const there = Math.min(quantity, this.free(variant));
      variant.held += there;
      if (there > 0) held.set(variant, there);
      if (quantity > there)
        this.queue.push({ order, variant, quantity: quantity - there, isBackordered: false });
    }
    return held;
  }

  /** Commits reservations; provisional backorders become final, and are filled from free stock. */
  sell(order: object, held: Units): void {
    for (const [variant, quantity] of held) {
      variant.onHand -= quantity;
      variant.held -= quantity;
      this.filled(order, variant, quantity);
    }
    for (const entry of this.queue) if (entry.order === order) entry.isBackordered = true;
    this.serve();
  }

  release(order: object, held: Units): void {
    for (const [variant, quantity] of held) variant.held -= quantity;
    this.queue = this.queue.filter((entry) => entry.order !== order || entry.isBackordered);
    this.serve();
  }

  /** Changes stock by a receipt, a count or a return; negative for a loss. */
  arrive(variant: ModelVariant, quantity: number): void {
    variant.onHand += quantity;
    this.serve();
  }

  /** Removes backordered units of an order, latest first; returns how many it had. */
  dropBackordered(order: object, variant: ModelVariant, most: number): number {
    let left = most;
    for (const entry of [...this.queue].reverse()) {
      if (entry.order !== order || entry.variant !== variant || !entry.isBackordered) continue;
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
      const quantity = Math.min(entry.quantity, this.free(entry.variant));
      if (!entry.isBackordered || quantity <= 0) continue;
      entry.quantity -= quantity;
      entry.variant.onHand -= quantity;
      this.filled(entry.order, entry.variant, quantity);
    }
    this.queue = this.queue.filter(({ quantity }) => quantity > 0);
  }
}
