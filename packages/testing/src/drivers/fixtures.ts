import { randomUUID } from 'node:crypto';
import { globalId, localId, newId } from '../../../../api/src/kernel/ids.js';
import { buy, complete, readyCart } from './checkout.js';
import { OrderEditingDriver } from './order-editing.js';
import type { Answer, GraphqlClient } from './graphql-client.js';
import type { MutationDriver } from './mutation-driver.js';
import { Provider } from './provider.js';
import { StockDriver } from './stock-driver.js';
import type { TestShop } from '../shop/test-shop.js';

export interface Variant {
  readonly sku: string;
  readonly variantId: string;
}

/** An order as staff sees it, with the buyer's key to it. */
export interface Sold {
  readonly id: string;
  readonly token: string;
  readonly version: number;
  readonly lineId: string;
}

const ORDER = 'query($id: ID!) { order(id: $id) { id version lines { id } } }';

let made = 0;

/** What is true before somebody presses a button. Cards are only authorised in this shop; staff takes the money. */
export class Fixtures {
  private constructor(
    readonly shop: TestShop,
    readonly requests: MutationDriver,
    readonly driver: OrderEditingDriver,
    readonly stockDriver: StockDriver,
    /** The two places goods lie at. */
    readonly places: readonly [string, string],
  ) {}

  static async open(shop: TestShop, requests: MutationDriver): Promise<Fixtures> {
    const stockDriver = await StockDriver.at(shop);
    const places = [await stockDriver.main(), await stockDriver.place('cellar', 5)] as const;
    return new Fixtures(shop, requests, await OrderEditingDriver.open(shop), stockDriver, places);
  }

  get staff(): GraphqlClient {
    return this.driver.browser;
  }

  async variant(stock = 20, price = 10_000): Promise<Variant> {
    const sku = `ONCE-${++made}`;
    return { sku, variantId: await this.shop.stock({ name: sku, sku, price, stock }) };
  }

  async cart(): Promise<{ browser: GraphqlClient; cart: Answer }> {
    const browser = this.shop.guest();
    const { variantId } = await this.variant();
    const email = `once${made}@example.test`;
    return { browser, cart: await readyCart(browser, [{ variantId, quantity: 2 }], email) };
  }

  /** The buyer has pressed "pay" and has not paid. */
  async unpaid(method: 'CARD' | 'BANK_TRANSFER' = 'CARD'): Promise<Sold> {
    const { browser, cart } = await this.cart();
    const { order, orderToken } = await complete(browser, cart, randomUUID(), method);
    return this.seen(order.id, orderToken);
  }

  /** One leu less came in than was agreed; what staff may accept. */
  async inReview(): Promise<{ orderId: string; expectedVersion: number; expectedAmount: number }> {
    const { id, token } = await this.unpaid();
    await this.shop.sql(
      `UPDATE test_provider_intent SET status = 'succeeded', received = amount - 100
       WHERE id = (SELECT provider_reference FROM payment WHERE order_id = $1)`,
      [localId('ord', id)],
    );
    const refresh = `mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { errors { code } } }`;
    await this.shop.guest().ask(refresh, { token });
    const query = 'query($id: ID!) { order(id: $id) { id version acceptableAmount { amount } } }';
    const { order } = await this.staff.ask(query, { id });
    return { ...this.order(order), expectedAmount: order.acceptableAmount.amount };
  }

  /** The money is reserved on the card; the order is placed. */
  async reserved(): Promise<Sold> {
    const { variantId } = await this.variant();
    const { id, token } = await buy(
      this.shop.guest(),
      [{ variantId, quantity: 3 }],
      `once${made}@example.test`,
    );
    return this.seen(id, token);
  }

  async paid(): Promise<Sold> {
    const sold = await this.reserved();
    await this.done('paymentCapture', this.order(sold));
    return this.seen(sold.id, sold.token);
  }

  async shipped(): Promise<Sold> {
    const sold = await this.paid();
    const { errors } = await this.driver.ship(sold);
    if (errors.length > 0) throw new Error(`shipmentCreate: ${JSON.stringify(errors)}`);
    return this.seen(sold.id, sold.token);
  }

  /** A product with one size, to which others can be added. */
  async product(): Promise<{ productId: string }> {
    const sku = `ONCE-${++made}`;
    const variants = [{ sku, price: 500, options: [{ option: 'size', value: 's' }] }];
    const values = ['s', 'l'].map((code) => ({ code, name: code }));
    const options = [{ code: 'size', name: 'Size', values }];
    const input = { translations: [{ locale: 'RO', name: sku }], options, variants };
    return { productId: (await this.done('productCreate', input))['product'].id };
  }

  /** A shipment on its way; its id. */
  async shipment(): Promise<string> {
    const { id } = await this.shipped();
    const query = 'query($id: ID!) { order(id: $id) { shipments { id } } }';
    return (await this.staff.ask(query, { id }))['order'].shipments[0].id;
  }

  async draft(): Promise<Answer> {
    const { variantId } = await this.variant();
    const draft = await this.driver.draft([{ variantId, quantity: 2 }]);
    const { order } = await this.done('draftOrderCreate', { draft, idempotencyKey: randomUUID() });
    return { ...order, draft };
  }

  /** A buyer's request to send one unit back; for money, or for another variant. */
  async requested(exchangeFor?: Variant): Promise<{ input: Answer; sold: Sold }> {
    const sold = await this.shipped();
    const line = { orderLineId: sold.lineId, quantity: 1, exchangeVariantId: exchangeFor?.variantId };
    const resolution = exchangeFor ? 'EXCHANGE' : 'REFUND';
    return { sold, input: { orderToken: sold.token, lines: [line], reason: 'OTHER', resolution } };
  }

  async asked(exchangeFor?: Variant): Promise<{ back: Answer; sold: Sold }> {
    const { input, sold } = await this.requested(exchangeFor);
    const { return: back } = await this.done('returnRequest', input, this.shop.guest());
    return { back: { ...back, version: 1 }, sold };
  }

  async approved(exchangeFor?: Variant): Promise<Answer> {
    const { back } = await this.asked(exchangeFor);
    return (await this.done('returnApprove', { returnId: back['id'], expectedVersion: 1 }))['return'];
  }

  async arrived(exchangeFor?: Variant): Promise<Answer> {
    const { id, version, lines } = await this.approved(exchangeFor);
    const input = {
      returnId: id,
      expectedVersion: version,
      lines: [{ returnLineId: lines[0].id, received: 1, restocked: 1 }],
    };
    return (await this.done('returnReceive', input))['return'];
  }

  /** A paid order of which a dearer form waits for the difference. */
  async proposed(): Promise<Sold> {
    const sold = await this.paid();
    const { lines } = (
      await this.staff.ask('query($id: ID!) { order(id: $id) { lines { variant { id } } } }', { id: sold.id })
    )['order'];
    await this.driver.edit(sold, [{ variantId: lines[0].variant.id, quantity: 5 }]);
    return this.seen(sold.id, sold.token);
  }

  async held(): Promise<string> {
    const { sku } = await this.variant();
    return (await this.stockDriver.reserve([{ sku, quantity: 2 }]))['hold'].id;
  }

  /** A mail that went out, or one for later; its id. */
  async mail(status: 'SENT' | 'SCHEDULED' = 'SENT'): Promise<string> {
    const model = { alert: 'digest', subject: '1', count: 1, lines: [], link: 'http://localhost/' };
    const id = newId();
    await this.shop.sql(
      `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, not_before, next_attempt_at)
       VALUES ($1, $2, 'owner@example.test', 'owner-alert', 'en', $3, $4, now() + interval '1 day', now() + interval '1 day')`,
      [id, `once:${id}`, JSON.stringify(model), status],
    );
    return globalId('mail', id);
  }

  /** The provider has called; nobody has worked on it yet. */
  async called(): Promise<string> {
    const event = randomUUID();
    await new Provider(this.shop.url).call({ intent: 'pi_test_nobody' }, { id: event });
    const query = 'query($search: String) { webhookEvents(search: $search) { nodes { id } } }';
    return (await this.staff.ask(query, { search: event }))['webhookEvents'].nodes[0].id;
  }

  order({ id, version }: Answer | Sold): { orderId: string; expectedVersion: number } {
    return { orderId: id, expectedVersion: version };
  }

  done(name: string, input: object, by: GraphqlClient = this.staff): Promise<Answer> {
    return this.requests.done(name, { idempotencyKey: randomUUID(), ...input }, by);
  }

  async seen(id: string, token = ''): Promise<Sold> {
    const { order } = await this.staff.ask(ORDER, { id });
    return { id, token, version: order.version, lineId: order.lines[0].id };
  }
}
