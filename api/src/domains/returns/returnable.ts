import { DomainError, InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/clock.js';
import { PerShop } from '../../platform/graphql/per-shop.js';

const DAY_MS = 86_400_000;

/** A line of an order as far as sending back is concerned. */
export interface ReturnableLine {
  readonly id: string;
  /** How many may still be sent back, the time aside. */
  readonly quantity: number;
  /** When its last parcel arrived, or left while nobody knows; null while nothing has left. */
  readonly arrivedAt: Date | null;
}

/** How long a buyer may ask. */
export class ReturnTerms {
  constructor(
    private readonly days: number,
    private readonly clock: Clock,
  ) {}

  isOpen({ arrivedAt }: ReturnableLine): boolean {
    return arrivedAt !== null && this.clock.now().getTime() <= arrivedAt.getTime() + this.days * DAY_MS;
  }

  /** How many units a buyer may ask to send back now. */
  returnable(line: ReturnableLine): number {
    return this.isOpen(line) ? line.quantity : 0;
  }

  /**
   * Checks a wish against the lines of its order.
   *
   * @throws NotFoundError for a line of another order
   * @throws DomainError RETURN_WINDOW_CLOSED for a line that arrived too long ago
   * @throws InvalidInputError for more than may come back, and for a line that stands twice
   */
  check(
    lines: readonly ReturnableLine[],
    wanted: readonly { orderLineId: string; quantity: number }[],
  ): void {
    if (new Set(wanted.map(({ orderLineId }) => orderLineId)).size < wanted.length)
      throw new InvalidInputError('Each line may stand once in a return.', ['lines']);
    for (const [i, { orderLineId, quantity }] of wanted.entries()) {
      const path = ['lines', String(i)];
      const line = lines.find(({ id }) => id === orderLineId);
      if (!line) throw new NotFoundError('line in this order', [...path, 'orderLineId']);
      if (line.arrivedAt && !this.isOpen(line)) {
        throw new DomainError('RETURN_WINDOW_CLOSED', `Things come back within ${this.days} days.`, path);
      }
      if (!Number.isInteger(quantity) || quantity < 1 || quantity > this.returnable(line)) {
        throw new InvalidInputError(`Of this line ${this.returnable(line)} can be sent back.`, [
          ...path,
          'quantity',
        ]);
      }
    }
  }
}

/** For the plain field functions and resolvers. */
export const returnTerms = new PerShop<ReturnTerms>();
