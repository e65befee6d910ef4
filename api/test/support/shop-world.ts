import { expect } from 'vitest';
import type { Answer } from './graphql-client.js';
import type { ShopDriver, Wanted } from './shop-driver.js';
import type { ModelVariant } from './shop-model-stock.js';
import { fulfillmentOf, type ModelLine, type ModelOrder, type ModelReturn } from './shop-model-order.js';
import type { ShopModel } from './shop-model.js';

/** The numbers that make one step of any kind. */
export interface Dice {
  readonly which: number;
  readonly article: number;
  readonly other: number;
  readonly quantity: number;
  readonly flag: boolean;
}

/** The shop and its model side by side, and how they are compared. */
export class ShopWorld {
  /** What was done so far, for people who read a failure. */
  readonly diary: string[] = [];

  constructor(
    readonly model: ShopModel,
    readonly hands: ShopDriver,
    readonly articles: readonly ModelVariant[],
  ) {}

  article(index: number): ModelVariant {
    return this.articles[index % this.articles.length] as ModelVariant;
  }

  /** One or two articles. */
  wanted({ article, other, quantity, flag }: Dice): Wanted[] {
    const [first, second] = [this.article(article), this.article(other)];
    const lines = [{ article: first, quantity }];
    return flag && second !== first ? [...lines, { article: second, quantity: 1 }] : lines;
  }

  /** Mostly one with which the step makes sense, sometimes any: then the shop must say no. */
  pick<T>(all: readonly T[], which: number, makesSense: (one: T) => boolean): T | null {
    const fit = all.filter(makesSense);
    const from = which % 8 === 0 || fit.length === 0 ? all : fit;
    return from[Math.floor(which / 8) % Math.max(1, from.length)] ?? null;
  }

  order(which: number, makesSense: (order: ModelOrder) => boolean): ModelOrder | null {
    return this.pick(this.model.orders, which, makesSense);
  }

  back(which: number, ...statuses: ModelReturn['status'][]): ModelReturn | null {
    return this.pick(this.model.returns, which, ({ status }) => statuses.includes(status));
  }

  line(order: ModelOrder, which: number, makesSense: (line: ModelLine) => boolean): ModelLine {
    return this.pick(order.lines, which, makesSense) as ModelLine;
  }

  /** The shop must have said what the model says. */
  agree(what: string, isExpected: boolean, answer: Answer | boolean): void {
    const isAccepted = typeof answer === 'boolean' ? answer : answer['errors'].length === 0;
    this.diary.push(`${what}: ${isExpected ? 'yes' : 'no'}`);
    const errors = typeof answer === 'boolean' ? [] : answer['errors'];
    expect({ isAccepted, errors: isExpected ? errors : [] }, what).toEqual({
      isAccepted: isExpected,
      errors: [],
    });
  }

  /** An order, once jobs are done with it, and what lies on the shelves are what the model says. */
  async compare(orders: readonly ModelOrder[]): Promise<void> {
    for (const order of orders)
      await this.settled(`order ${this.name(order)}`, () => this.seen(order), this.paper(order));
    for (const article of this.articles)
      await this.settled(`shelf of ${article.sku}`, () => this.stockLevel(article), {
        onHand: article.onHand,
        reserved: article.held,
        backordered: this.model.stock.waiting(article),
      });
  }

  name(order: ModelOrder): string {
    return `#${this.model.orders.indexOf(order) + 1}`;
  }

  private paper(order: ModelOrder): object {
    const { status, paymentStatus, total, refunded, lines } = order;
    return {
      ...{ status, paymentStatus, total, refunded },
      // What an exchange could give back is other orders' money: see the steps after the sale.
      refundable: order.isExchange ? null : this.model.refundable(order),
      fulfillmentStatus: fulfillmentOf(order),
      hasOpenEdit: order.edit !== null,
      lines: lines
        .map((line) => ({
          sku: line.article.sku,
          quantity: line.quantity,
          fulfilled: line.fulfilled,
          cancelled: line.cancelled,
          refunded: line.refunded,
          backordered: this.model.stock.waiting(line.article, order, true),
        }))
        .sort(bySku),
    };
  }

  private async seen(order: ModelOrder): Promise<object> {
    const found = await this.hands.look(order);
    const { status, paymentStatus, fulfillmentStatus, total, refundedTotal, refundable } = found;
    return {
      ...{ status, paymentStatus, fulfillmentStatus },
      total: total.gross.amount,
      refunded: refundedTotal.amount,
      refundable: order.isExchange ? null : refundable.amount,
      hasOpenEdit: found['edits'].some(({ status }: Answer) => status === 'AWAITING_PAYMENT'),
      lines: found['lines']
        .map((line: Answer) => ({
          sku: line['sku'],
          quantity: line['quantity'],
          fulfilled: line['fulfilledQuantity'],
          cancelled: line['cancelledQuantity'],
          refunded: line['refundedQuantity'],
          backordered: line['backorderedQuantity'],
        }))
        .sort(bySku),
    };
  }

  private async stockLevel({ variantId }: ModelVariant): Promise<object> {
    const { onHand, reserved, backordered } = await this.hands.stock.item(variantId);
    return { onHand, reserved, backordered };
  }

  /** What must become so, and (once it is) is compared word for word. */
  private async settled(what: string, look: () => Promise<object>, expected: object): Promise<void> {
    const end = Date.now() + 60_000;
    // An order that is over takes its waiting change with it at the next minute.
    const lookLater = async (): Promise<object> => {
      await this.hands.stock.run('orderEditing.drop-edits');
      return look();
    };
    let found = await lookLater();
    while (JSON.stringify(sorted(found)) !== JSON.stringify(sorted(expected)) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      found = await lookLater();
    }
    expect(found, what).toEqual(expected);
  }
}

function bySku(a: { sku: string }, b: { sku: string }): number {
  return a.sku.localeCompare(b.sku);
}

function sorted(value: object): object {
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => a.localeCompare(b)));
}
