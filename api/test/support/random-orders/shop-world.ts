import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { ShopDriver, Wanted } from '../shop-driver.js';
import type { ModelVariant } from './shop-model-stock.js';
import { fulfillmentOf, type ModelLine, type ModelOrder, type ModelReturn } from './shop-model-order.js';
import { acceptableOf } from './shop-model-acceptance.js';
import type { ShopModel } from './shop-model.js';

/** The random numbers of one step. */
export interface Dice {
  readonly which: number;
  readonly variant: number;
  readonly other: number;
  readonly quantity: number;
  readonly flag: boolean;
}

/** How many orders one query looks at: more would cost too much. */
const ORDERS_AT_ONCE = 4;

/** The shop and its model, and their comparison. */
export class ShopWorld {
  /** The steps so far, for failure messages. */
  readonly log: string[] = [];

  constructor(
    readonly model: ShopModel,
    readonly driver: ShopDriver,
    readonly variants: readonly ModelVariant[],
  ) {}

  variant(index: number): ModelVariant {
    return this.variants[index % this.variants.length] as ModelVariant;
  }

  /** One or two variants. */
  wanted({ variant, other, quantity, flag }: Dice): Wanted[] {
    const [first, second] = [this.variant(variant), this.variant(other)];
    const lines = [{ variant: first, quantity }];
    return flag && second !== first ? [...lines, { variant: second, quantity: 1 }] : lines;
  }

  /** Mostly an order that allows the step, sometimes any: then the shop must refuse. */
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

  /** Checks that shop and model agree on whether the step is accepted. */
  agree(what: string, isExpected: boolean, answer: Answer | boolean): void {
    const isAccepted = typeof answer === 'boolean' ? answer : answer['errors'].length === 0;
    this.log.push(`${what}: ${isExpected ? 'yes' : 'no'}`);
    const errors = typeof answer === 'boolean' ? [] : answer['errors'];
    expect({ isAccepted, errors: isExpected ? errors : [] }, what).toEqual({
      isAccepted: isExpected,
      errors: [],
    });
  }

  /** Checks that orders and stock levels equal the model once jobs are done. */
  async compare(orders: readonly ModelOrder[]): Promise<void> {
    for (let i = 0; i === 0 || i < orders.length; i += ORDERS_AT_ONCE)
      await this.settled(orders.slice(i, i + ORDERS_AT_ONCE));
  }

  name(order: ModelOrder): string {
    return `#${this.model.orders.indexOf(order) + 1}`;
  }

  private expected(order: ModelOrder): object {
    const { status, paymentStatus, total, refunded, lines } = order;
    return {
      ...{ status, paymentStatus, total, refunded },
      // The refundable amount of an exchange belongs to other orders: see shop-steps-later.ts.
      refundable: order.isExchange ? null : this.model.refundable(order),
      acceptable: acceptableOf(order),
      fulfillmentStatus: fulfillmentOf(order),
      hasOpenEdit: order.edit !== null,
      lines: lines
        .map((line) => ({
          sku: line.variant.sku,
          quantity: line.quantity,
          fulfilled: line.fulfilled,
          cancelled: line.cancelled,
          refunded: line.refunded,
          backordered: this.model.stock.waiting(line.variant, order, true),
        }))
        .sort(bySku),
    };
  }

  /** Polls until the shop equals the model, then compares exactly. */
  private async settled(orders: readonly ModelOrder[]): Promise<void> {
    const expected = {
      orders: orders.map((order) => [this.name(order), this.expected(order)]),
      stock: this.variants.map(({ sku, onHand, held }, i) => [
        sku,
        { onHand, reserved: held, backordered: this.model.stock.waiting(this.variant(i)) },
      ]),
    };
    const end = Date.now() + 180_000;
    let found = await this.seen(orders);
    while (!isDeepStrictEqual(found, expected) && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      // An ended order drops its open edit at the next scheduled run.
      await this.driver.stock.run('orderEditing.drop-edits');
      found = await this.seen(orders);
    }
    expect(found).toEqual(expected);
  }

  private async seen(orders: readonly ModelOrder[]): Promise<object> {
    const found = await this.driver.lookAtAll(orders, this.variants);
    return {
      orders: orders.map((order, i) => [this.name(order), seenOf(order, found.orders[i] as Answer)]),
      stock: this.variants.map(({ sku }, i) => {
        const { onHand, reserved, backordered } = found.stock[i] as Answer;
        return [sku, { onHand, reserved, backordered }];
      }),
    };
  }
}

function seenOf(order: ModelOrder, found: Answer): object {
  const { status, paymentStatus, fulfillmentStatus, total, refundedTotal, refundable } = found;
  return {
    ...{ status, paymentStatus, fulfillmentStatus },
    total: total.gross.amount,
    refunded: refundedTotal.amount,
    refundable: order.isExchange ? null : refundable.amount,
    acceptable: found['acceptableAmount']?.amount ?? null,
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

function bySku(a: { sku: string }, b: { sku: string }): number {
  return a.sku.localeCompare(b.sku);
}
