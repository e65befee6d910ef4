import { randomUUID } from 'node:crypto';
import { complete, GOOD_CARD, payWith, readyCart } from './checkout.js';
import { Desk } from './order-editing.js';
import type { Answer } from './graphql-client.js';
import { intentOf, type PaymentSimulator } from './payment-simulator.js';
import type { MutationDriver } from './mutation-driver.js';
import { StockDriver } from './stock-driver.js';
import type { ModelVariant } from './shop-model-stock.js';
import type { Method, ModelOrder } from './shop-model-order.js';

export interface Wanted {
  readonly article: ModelVariant;
  readonly quantity: number;
}

/** Does in the real shop, through its API, what the model does on paper. Every method answers whether it was accepted. */
export class ShopDriver {
  private made = 0;

  constructor(
    readonly simulator: PaymentSimulator,
    readonly presses: MutationDriver,
    readonly driver: Desk,
    readonly stock: StockDriver,
    readonly places: readonly [string, string],
  ) {}

  async article(price: number, count: number, backorderLimit?: number | null): Promise<ModelVariant> {
    const sku = `ANY-${++this.made}-${randomUUID().slice(0, 8).toUpperCase()}`;
    const variantId = await this.simulator.shop.stock({ name: sku, sku, price, stock: count });
    if (backorderLimit !== undefined) await this.stock.allowBackorders(variantId, backorderLimit);
    return {
      ...{ sku, variantId, price, onHand: count, held: 0 },
      backorderLimit: backorderLimit === undefined ? 0 : backorderLimit,
    };
  }

  /** A guest puts things in a cart and presses "pay"; null when the goods do not suffice. */
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

  async draft(wanted: readonly Wanted[]): Promise<Answer> {
    return this.driver.drafted(toLines(wanted), { email: `any${++this.made}@example.test` });
  }

  async pay(secret: string): Promise<boolean> {
    return ok(await payWith(this.simulator.shop.guest(), secret, GOOD_CARD));
  }

  /** The provider takes the money although the shop gave the payment up, and calls about it. */
  async payTooLate(secret: string): Promise<void> {
    await this.simulator.succeedAgainstAllOdds(secret);
    await this.simulator.call(secret);
    const query = `SELECT 1 FROM payment WHERE provider_reference = $1 AND status = 'CAPTURED'`;
    await this.simulator.shop.eventually(
      async () => (await this.simulator.shop.sql(query, [intentOf(secret)])).length > 0,
    );
  }

  /** MutationDriver a button about an order at its present version. */
  async press(name: string, order: ModelOrder, more: object = {}): Promise<Answer> {
    const { version } = await this.look(order);
    const key = name === 'shipmentCreate' ? {} : { idempotencyKey: randomUUID() };
    const input = { orderId: order.id, expectedVersion: version, ...key, ...more };
    return this.presses.press(name, input, this.driver.browser);
  }

  /** MutationDriver a button about a return, as staff. */
  async requestReturn(name: string, id: string, more: object = {}): Promise<Answer> {
    const query = 'query($id: ID!) { node(id: $id) { ... on Return { version lines { id } } } }';
    const { node } = await this.driver.browser.ask(query, { id });
    const lines =
      name === 'returnReceive' ? { lines: [{ returnLineId: node.lines[0].id, ...more }] } : { ...more };
    const input = { returnId: id, expectedVersion: node.version, idempotencyKey: randomUUID(), ...lines };
    return this.presses.press(name, input, this.driver.browser);
  }

  /** MutationDriver a button that is about no order. */
  runAsStaff(name: string, input: object): Promise<Answer> {
    return this.presses.press(name, { idempotencyKey: randomUUID(), ...input }, this.driver.browser);
  }

  /** MutationDriver a button of the buyer. */
  runAsBuyer(name: string, input: object): Promise<Answer> {
    const whole = { idempotencyKey: randomUUID(), ...input };
    return this.presses.press(name, whole, this.simulator.shop.guest());
  }

  async deliver(shipmentId: string): Promise<void> {
    const text = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }`;
    await this.driver.browser.ask(text, { input: { shipmentId, status: 'DELIVERED' } });
  }

  async look({ id }: { readonly id: string }): Promise<Answer> {
    const query = `query($id: ID!) { order(id: $id) { id version status paymentStatus fulfillmentStatus total { gross { amount } }
      refundedTotal { amount } refundable { amount } shipping { gross { amount } } shipments { id } token paymentLink
      lines { id sku quantity fulfilledQuantity cancelledQuantity backorderedQuantity refundedQuantity } edits { status } } }`;
    return (await this.driver.browser.ask(query, { id }))['order'];
  }

  async lineId(order: ModelOrder, { sku }: ModelVariant): Promise<string> {
    return (await this.look(order))['lines'].find((line: Answer) => line['sku'] === sku)?.id;
  }

  /** Everything that the clock would start now. */
  async runClockwork(): Promise<void> {
    for (const queue of ['orders.expire', 'orderEditing.drop-edits', 'inventory.expire-holds'])
      await this.stock.run(queue);
  }
}

export function ok(answer: Answer): boolean {
  return answer['errors'].length === 0;
}

export function toLines(wanted: readonly Wanted[]): { variantId: string; quantity: number }[] {
  return wanted.map(({ article: { variantId }, quantity }) => ({ variantId, quantity }));
}
