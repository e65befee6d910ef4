import { DomainError, InvalidInputError, NotFoundError } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/clock.js';
import { returnsGroup, type SettingsService } from '../store/index.js';
import { PerShop } from '../../platform/graphql/per-shop.js';

const DAY_MS = 86_400_000;

/** The quantities of an order line that decide about returns. */
export interface ReturnableLine {
  readonly id: string;
  /** How many units may still be returned, if the return window is open. */
  readonly quantity: number;
  /** When its last shipment arrived, or was shipped while no arrival is recorded; null while no unit was shipped. */
  readonly arrivedAt: Date | null;
}

/** For how long buyers may request returns, as the settings say now. */
export class ReturnTerms {
  constructor(
    private readonly settings: Pick<SettingsService, 'get'>,
    private readonly clock: Clock,
  ) {}

  /** The window of this moment. Read it before a transaction begins: it may need a connection. */
  async window(): Promise<ReturnWindow> {
    const { days } = await this.settings.get(returnsGroup);
    return new ReturnWindow(days, this.clock);
  }
}

/** The return window. */
export class ReturnWindow {
  constructor(
    private readonly days: number,
    private readonly clock: Clock,
  ) {}

  isOpen({ arrivedAt }: ReturnableLine): boolean {
    return arrivedAt !== null && this.clock.now().getTime() <= arrivedAt.getTime() + this.days * DAY_MS;
  }

  /** How many units a buyer may request to return now. */
  returnable(line: ReturnableLine): number {
    return this.isOpen(line) ? line.quantity : 0;
  }

  /**
   * Checks a return request against the lines of its order.
   *
   * @throws NotFoundError for a line of another order
   * @throws DomainError RETURN_WINDOW_CLOSED for a line that arrived too long ago
   * @throws InvalidInputError for more than may be returned, and for a line that is named twice
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
