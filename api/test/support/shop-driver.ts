import { randomUUID } from 'node:crypto';
import { complete, GOOD_CARD, payWith, readyCart } from '@vitrine/testing/drivers/checkout.js';
import { OrderEditingDriver } from '@vitrine/testing/drivers/order-editing.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { intentOf, type PaymentSimulator } from '@vitrine/testing/simulators/payment-simulator.js';
import type { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import type { ModelVariant } from './random-orders/shop-model-stock.js';
import type { Method, ModelOrder } from './random-orders/shop-model-order.js';

export interface Wanted {
  readonly variant: ModelVariant;
  readonly quantity: number;
}

const ORDER = `id version status paymentStatus fulfillmentStatus total { gross { amount } } refundedTotal { amount } refundable { amount }
  acceptableAmount { amount } shipping { gross { amount } } shipments { id } token paymentLink
  lines { id sku quantity fulfilledQuantity cancelledQuantity backorderedQuantity refundedQuantity } edits { status }`;

/** Runs the model's steps in the real shop through its API. Every method returns whether the step was accepted. */
export class ShopDriver {
  private made = 0;

  constructor(
    readonly simulator: PaymentSimulator,
    readonly requests: MutationDriver,
    readonly orderEditing: OrderEditingDriver,
    readonly stock: StockDriver,
    readonly places: readonly [string, string],
  ) {}

  async variant(price: number, count: number, backorderLimit?: number | null): Promise<ModelVariant> {
    const sku = `ANY-${++this.made}-${randomUUID().slice(0, 8).toUpperCase()}`;
    const variantId = await this.simulator.shop.stock({ name: sku, sku, price, stock: count });
    if (backorderLimit !== undefined) await this.stock.allowBackorders(variantId, backorderLimit);
    return {
      ...{ sku, variantId, price, onHand: count, held: 0 },
      backorderLimit: backorderLimit === undefined ? 0 : backorderLimit,
    };
  }

  /** Places a guest's order; null when the stock does not suffice. */
  async checkout(wanted: readonly Wanted[], method: Exclude<Method, 'MANUAL'>): Promise<Answer | null> {
    const browser = this.simulator.shop.guest();
    try {
      const cart = await readyCart(browser, toLines(wanted), `any${++this.made}@example.test`);
      const answer = await complete(browser, cart, randomUUID(), method);
      return ok(answer) ? answer : null;
    } catch (error) {
      if (String(error).includes('InsufficientStockError')) return null;
      throw error;
    }
  }

  async draft(wanted: readonly Wanted[], discount: number): Promise<Answer> {
    return this.orderEditing.drafted(toLines(wanted), { email: `any${++this.made}@example.test`, discount });
  }

  async pay(secret: string): Promise<boolean> {
    return ok(await payWith(this.simulator.shop.guest(), secret, GOOD_CARD));
  }

  /** Lets a payment succeed after the shop cancelled it, and sends the webhook event. */
  async payTooLate(secret: string): Promise<void> {
    await this.simulator.succeedAgainstAllOdds(secret);
    await this.simulator.call(secret);
    const query = `SELECT 1 FROM payment WHERE provider_reference = $1 AND status = 'CAPTURED'`;
    await this.simulator.shop.eventually(
      async () => (await this.simulator.shop.sql(query, [intentOf(secret)])).length > 0,
    );
  }

  /** Lets the provider take another amount than asked, also after the shop cancelled it, and sends the webhook event. */
  async payAnother(secret: string, amount: number): Promise<void> {
    await this.simulator.shop.sql(
      `UPDATE test_provider_intent SET status = 'succeeded', received = $2, amount = greatest(amount, $2) WHERE client_secret = $1`,
      [secret, amount],
    );
    await this.simulator.call(secret);
  }

  /** Runs a mutation on an order with its current version. */
  async press(name: string, order: ModelOrder, more: object = {}): Promise<Answer> {
    const { version } = await this.look(order);
    const key = name === 'shipmentCreate' ? {} : { idempotencyKey: randomUUID() };
    const input = { orderId: order.id, expectedVersion: version, ...key, ...more };
    return this.requests.press(name, input, this.orderEditing.browser);
  }

  /** Runs a staff mutation on a return. */
  async requestReturn(name: string, id: string, more: object = {}): Promise<Answer> {
    const query = 'query($id: ID!) { node(id: $id) { ... on Return { version lines { id } } } }';
    const { node } = await this.orderEditing.browser.ask(query, { id });
    const lines =
      name === 'returnReceive' ? { lines: [{ returnLineId: node.lines[0].id, ...more }] } : { ...more };
    const input = { returnId: id, expectedVersion: node.version, idempotencyKey: randomUUID(), ...lines };
    return this.requests.press(name, input, this.orderEditing.browser);
  }

  /** Runs a staff mutation that concerns no order. */
  runAsStaff(name: string, input: object): Promise<Answer> {
    return this.requests.press(name, { idempotencyKey: randomUUID(), ...input }, this.orderEditing.browser);
  }

  /** Runs a mutation of the buyer. */
  runAsBuyer(name: string, input: object): Promise<Answer> {
    const whole = { idempotencyKey: randomUUID(), ...input };
    return this.requests.press(name, whole, this.simulator.shop.guest());
  }

  async deliver(shipmentId: string): Promise<void> {
    const text = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }`;
    await this.orderEditing.browser.ask(text, { input: { shipmentId, status: 'DELIVERED' } });
  }

  async look({ id }: { readonly id: string }): Promise<Answer> {
    return (await this.orderEditing.browser.ask(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id }))[
      'order'
    ];
  }

  /** Orders and stock levels, in the order asked for, by one query. */
  async lookAtAll(
    orders: readonly { readonly id: string }[],
    variants: readonly ModelVariant[],
  ): Promise<{ readonly orders: Answer[]; readonly stock: Answer[] }> {
    const ids = {
      ...keyed(
        'o',
        orders.map(({ id }) => id),
      ),
      ...keyed(
        'v',
        variants.map(({ variantId }) => variantId),
      ),
    };
    const query = `query(${Object.keys(ids)
      .map((key) => `$${key}: ID!`)
      .join(', ')}) {
      ${orders.map((_, i) => `o${i}: order(id: $o${i}) { ${ORDER} }`).join('\n')}
      ${variants.map((_, i) => `v${i}: stockItem(variantId: $v${i}) { onHand reserved backordered }`).join('\n')} }`;
    const found = await this.orderEditing.browser.ask(query, ids);
    return {
      orders: orders.map((_, i) => found[`o${i}`] as Answer),
      stock: variants.map((_, i) => found[`v${i}`] as Answer),
    };
  }

  async lineId(order: ModelOrder, { sku }: ModelVariant): Promise<string> {
    return (await this.look(order))['lines'].find((line: Answer) => line['sku'] === sku)?.id;
  }

  /** Runs all scheduled jobs. */
  async runClockwork(): Promise<void> {
    for (const queue of ['orders.expire', 'orderEditing.drop-edits', 'inventory.expire-holds'])
      await this.stock.run(queue);
  }
}

export function ok(answer: Answer): boolean {
  return answer['errors'].length === 0;
}

export function toLines(wanted: readonly Wanted[]): { variantId: string; quantity: number }[] {
  return wanted.map(({ variant: { variantId }, quantity }) => ({ variantId, quantity }));
}

function keyed(prefix: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(values.map((value, i) => [`${prefix}${i}`, value]));
}
