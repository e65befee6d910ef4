/*
 * The reference model of stock: plain numbers for each article, whatever place they lie at. Nothing of it is taken from
 * the shop's code, so that a mistake there is no mistake here.
 */

export interface ModelVariant {
  readonly sku: string;
  readonly variantId: string;
  readonly price: number;
  /** How many may be sold before they are there; null for any number. */
  readonly backorderLimit: number | null;
  onHand: number;
  held: number;
}

/** A hold by article number, for some other till. */
export interface ModelHold {
  readonly id: string;
  readonly units: Units;
  readonly expiresAt: number;
  status: 'HELD' | 'COMMITTED' | 'RELEASED';
}

/** More than any order waits for. */
export const ALL = Number.MAX_SAFE_INTEGER;

/** Units that an order waits for: on trial while it is unpaid, for good once it is placed. */
interface Waiting {
  readonly order: object;
  readonly article: ModelVariant;
  quantity: number;
  isBackordered: boolean;
}

/** Units of an article that somebody holds. */
export type Units = ReadonlyMap<ModelVariant, number>;

export class ModelStock {
  readonly holds: ModelHold[] = [];
  private queue: Waiting[] = [];

  constructor(
    readonly articles: readonly ModelVariant[],
    /** A unit left the shelf for an order that waited for it. */
    private readonly filled: (order: object, article: ModelVariant, quantity: number) => void,
  ) {}

  free(article: ModelVariant): number {
    return article.onHand - article.held;
  }

  /** Units of an article that any order waits for, or one order; both kinds, or only for good. */
  waiting(article: ModelVariant, order?: object, onlyBackordered = false): number {
    return this.queue
      .filter((entry) => entry.article === article && (!order || entry.order === order))
      .filter(({ isBackordered }) => isBackordered || !onlyBackordered)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  }

  /** Whether so much can be sold, with what may be sold before it is there. */
  canSell(units: Units): boolean {
    return [...units].every(([article, quantity]) => {
      const room =
        article.backorderLimit === null ? Infinity : article.backorderLimit - this.waiting(article);
      return quantity <= this.free(article) + Math.max(0, room);
    });
  }

  /** Holds what is there and queues for the rest; answers what is held. */
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

  /** What is held is sold; what is waited for on trial is waited for in earnest, and served from what is free. */
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

  /** Units arrive (or, below zero, are gone): a delivery, a count, goods that come back. */
  arrive(article: ModelVariant, quantity: number): void {
    article.onHand += quantity;
    this.serve();
  }

  /** An order gives up units that it waits for; those it asked for last go first. Answers how many it had. */
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

  /** Nobody waits while goods lie free: first come, first served. */
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
