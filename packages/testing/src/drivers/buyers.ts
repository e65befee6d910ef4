import { randomUUID } from 'node:crypto';
import { complete, readyCart } from './checkout.js';
import type { Answer, GraphqlClient } from './graphql-client.js';
import type { PaymentSimulator } from '../simulators/payment-simulator.js';
import { closeExpired } from '../shop/time-passes.js';

export type Method = 'CARD' | 'CASH_ON_DELIVERY' | 'BANK_TRANSFER';

/** A guest with an unpaid order of one unit of a variant with little stock. */
export interface Buyer {
  readonly browser: GraphqlClient;
  readonly cart: Answer;
  readonly key: string;
  readonly answer: Answer;
  readonly orderId: string;
  readonly token: string;
  readonly secret: string;
  readonly sku: string;
  readonly variantId: string;
  readonly email: string;
}

export interface Requested {
  readonly price?: number;
  readonly stock?: number;
  readonly method?: Method;
}

const ORDER = `id number version status paymentStatus fulfillmentStatus paymentMethod refundedTotal { amount } total { gross { amount } }
  bankTransfer { holder iban reference amount { amount } dueAt } events { kind }`;
const STAFF_ORDER = `${ORDER} payments { status method captureMethod refunds { id amount { amount } status origin failureCode providerReference } }
  disputes { id status reason amount { amount } evidenceDueAt }`;

let made = 0;

/** Actions of buyers and staff around an order and its payment. */
export class BuyerDriver {
  constructor(readonly simulator: PaymentSimulator) {}

  async startCheckout({ price = 10_000, stock = 3, method = 'CARD' }: Requested = {}): Promise<Buyer> {
    const sku = `COUNTER-${++made}`;
    const email = `${sku.toLowerCase()}@example.test`;
    const variantId = await this.simulator.shop.stock({ name: sku, sku, price, stock });
    const browser = this.simulator.shop.guest();
    const cart = await readyCart(browser, [{ variantId, quantity: 1 }], email);
    const key = randomUUID();
    const answer = await complete(browser, cart, key, method);
    return {
      browser,
      cart,
      key,
      answer,
      sku,
      variantId,
      email,
      orderId: answer.order?.id ?? '',
      token: answer.orderToken ?? '',
      secret: answer.paymentSession?.clientSecret ?? '',
    };
  }

  /** A buyer with a paid and placed order. */
  async paid(card: string, requested: Requested = {}): Promise<Buyer> {
    const buyer = await this.startCheckout(requested);
    await this.simulator.pay(buyer.secret, card);
    await this.ask(buyer);
    return buyer;
  }

  /** Reads the payment status as the payment page does. */
  async ask({ browser, token }: Buyer): Promise<Answer> {
    const query =
      'mutation($token: String!) { paymentStatusRefresh(input: { orderToken: $token }) { paymentStatus { status isFinal canPay failureCode order { status paymentStatus } } } }';
    return (await browser.ask(query, { token })).paymentStatusRefresh.paymentStatus;
  }

  async order({ token }: Buyer): Promise<Answer> {
    const query = `query($token: String!) { orderByToken(token: $token) { ${ORDER} } }`;
    return (await this.simulator.shop.guest().ask(query, { token })).orderByToken;
  }

  /** The order as staff read it. */
  async staffOrder({ orderId }: Buyer, staff: GraphqlClient): Promise<Answer> {
    return (await staff.ask(`query($id: ID!) { order(id: $id) { ${STAFF_ORDER} } }`, { id: orderId })).order;
  }

  async until(buyer: Buyer, isSo: (order: Answer) => boolean): Promise<Answer> {
    return this.simulator.shop.eventually(async () => {
      const order = await this.order(buyer);
      return isSo(order) && order;
    });
  }

  async stockLevel({ sku }: Buyer): Promise<unknown> {
    const text =
      'SELECT on_hand, reserved FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1';
    return (await this.simulator.shop.sql(text, [sku]))[0];
  }

  async version({ email }: Buyer): Promise<number> {
    const [row] = await this.simulator.shop.sql<{ version: number }>(
      'SELECT version FROM shop_order WHERE email = $1',
      [email],
    );
    return row?.version ?? 0;
  }

  /** Lets the payment period of the order expire. */
  async runOut({ email }: Buyer): Promise<void> {
    await this.simulator.shop.sql(
      `UPDATE shop_order SET expires_at = now() - interval '1 second' WHERE email = $1`,
      [email],
    );
    await closeExpired(this.simulator.shop);
  }

  /** Outbox events of a kind about the order. */
  async updates({ email }: Buyer, kind: string): Promise<{ payload: Record<string, string> }[]> {
    return this.simulator.shop.sql(
      'SELECT payload FROM outbox WHERE kind = $2 AND aggregate_id = (SELECT id FROM shop_order WHERE email = $1) ORDER BY created_at, id',
      [email, kind],
    );
  }

  /** Sends a keyed staff mutation on an order with its current version. */
  async staffDoes(
    staff: GraphqlClient,
    mutation: 'orderCancel' | 'paymentCapture' | 'paymentMarkReceived' | 'shipmentCreate',
    buyer: Buyer,
    key: string = randomUUID(),
    version?: number,
  ): Promise<Answer> {
    const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
    const input = {
      orderId: buyer.orderId,
      expectedVersion: version ?? (await this.version(buyer)),
      ...(mutation !== 'shipmentCreate' && { idempotencyKey: key }),
    };
    const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { order { status paymentStatus } errors { code } } }`;
    return (await staff.ask(text, { input }))[mutation];
  }
}
