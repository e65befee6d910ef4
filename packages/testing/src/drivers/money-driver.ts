import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { localId } from '../../../../api/src/kernel/ids.js';
import { accepted, OrderEditingDriver } from './order-editing.js';
import type { Answer, GraphqlClient } from './graphql-client.js';
import { Provider } from './provider.js';
import type { TestShop } from '../shop/test-shop.js';
import { workIsDone } from '../shop/work-is-done.js';

const ORDER = `query($id: ID!) { order(id: $id) { id number version discount { amount } refundable { amount } refundedTotal { amount }
  shipping { gross { amount } } total { gross { amount } tax { amount } } lines { id sku quantity refundedQuantity variant { id }
  total { gross { amount } } } refunds { amount { amount } } } }`;
const PREVIEW = `query($input: OrderRefundPreviewInput!) { orderRefundPreview(input: $input) { amount { amount } tax { amount } } }`;
const REFUND = `mutation($input: OrderRefundInput!) { orderRefund(input: $input) { order { id version } refund { amount { amount } }
  errors { code message } } }`;
const ACCEPT = `mutation($input: PaymentAcceptInput!) { paymentAccept(input: $input) { errors { code message } } }`;
const RETURN = `return { id status version value { amount } lines { id orderLine { variant { id } } } exchangeOrder { id discount { amount } } } errors { code message }`;

export interface Bought {
  readonly price: number;
  readonly quantity: number;
}

let made = 0;

/** Refunds and returns by staff. Each result must equal its preview. */
export class MoneyDriver {
  private constructor(
    readonly shop: TestShop,
    readonly driver: OrderEditingDriver,
  ) {}

  static async open(shop: TestShop): Promise<MoneyDriver> {
    return new MoneyDriver(shop, await OrderEditingDriver.open(shop));
  }

  get staff(): GraphqlClient {
    return this.driver.browser;
  }

  /** A paid draft order with a discount, with its lines in the given order. */
  async paid(goods: readonly Bought[], discount: number): Promise<Answer> {
    const draft = await this.drafted(goods, discount);
    return this.read(accepted(await this.driver.markPaid(draft)).order.id);
  }

  private async drafted(goods: readonly Bought[], discount: number): Promise<Answer> {
    const lines: { variantId: string; quantity: number }[] = [];
    for (const { price, quantity } of goods) {
      const sku = `WORTH-${++made}`;
      lines.push({ variantId: await this.shop.stock({ name: sku, sku, price, stock: 50 }), quantity });
    }
    return this.driver.drafted(lines, { discount });
  }

  /**
   * The same order, for which another amount came in (`difference` from its total, minor units), of which `gone` went
   * back at the provider, and for which staff accepted the rest.
   */
  async paidAnother(
    goods: readonly Bought[],
    discount: number,
    { difference, gone }: { readonly difference: number; readonly gone: number },
  ): Promise<Answer> {
    const draft = await this.drafted(goods, discount);
    const { order } = accepted(await this.driver.send(draft));
    const { clientSecret } = await this.driver.session(order);
    const total = order['total'].gross.amount as number;
    const received = Math.max(1, total + difference);
    const [intent] = await this.shop.sql<{ id: string }>(
      `UPDATE test_provider_intent SET status = 'succeeded', received = $2, amount = greatest(amount, $2) WHERE client_secret = $1 RETURNING id`,
      [clientSecret, received],
    );
    const reference = intent?.id ?? '';
    const provider = new Provider(this.shop.url);
    await provider.call({ intent: reference });
    const lost = Math.min(gone, received - 1);
    await this.acceptable(order, received);
    if (lost > 0) {
      const refund = `re_part_${reference}`;
      await this.shop.sql(
        `WITH given AS (UPDATE test_provider_intent SET refunded = refunded + $3 WHERE id = $2)
         INSERT INTO test_provider_refund (id, idempotency_key, intent_id, amount) VALUES ($1, $1, $2, $3)`,
        [refund, reference, lost],
      );
      await provider.call({ refund });
    }
    await this.acceptable(order, received - lost);
    // The job that notes at the order what went back counts a new version.
    await workIsDone(this.shop);
    const { id, version } = await this.acceptable(order, received - lost);
    const input = { orderId: id, expectedVersion: version, expectedAmount: received - lost };
    accepted(
      (await this.staff.ask(ACCEPT, { input: { ...input, idempotencyKey: randomUUID() } })).paymentAccept,
    );
    const done = await this.settled({ ...order, id });
    expect(done['total'].gross.amount).toBe(Math.min(total, received - lost));
    expect(done['refundable'].amount).toBe(done['total'].gross.amount);
    return done;
  }

  /** The order once staff may accept exactly this amount, and its money is booked. */
  private acceptable({ id }: Answer, amount: number): Promise<Answer> {
    return this.shop.eventually(async () => {
      const { order } = await this.staff.ask(
        'query($id: ID!) { order(id: $id) { id version acceptableAmount { amount } } }',
        { id },
      );
      return order.acceptableAmount?.amount === amount && order;
    });
  }

  async read(id: string): Promise<Answer> {
    return (await this.staff.ask(ORDER, { id })).order;
  }

  /** The order once all its refunds are settled. */
  settled(order: Answer): Promise<Answer> {
    return this.shop.eventually(async () => {
      const waiting = await this.shop.sql(
        `SELECT 1 FROM shop_order o WHERE o.number = $1 AND (o.refunded <> (
           SELECT coalesce(sum(r.amount), 0) FROM refund r JOIN payment p ON p.id = r.payment_id
           WHERE p.order_id = o.id AND r.status = 'SUCCEEDED' AND r.order_refund_id IS NOT NULL)
         OR EXISTS (SELECT 1 FROM refund r JOIN payment p ON p.id = r.payment_id
           WHERE p.order_id = o.id AND r.status IN ('REQUESTED', 'PENDING')))`,
        [order.number],
      );
      return waiting.length === 0 && (await this.read(order.id));
    });
  }

  /** The previewed refund of units of a line. */
  async foreseen(order: Answer, line: number, quantity: number): Promise<number> {
    const input = { orderId: order.id, lines: units(order, line, quantity) };
    return (await this.staff.ask(PREVIEW, { input })).orderRefundPreview.amount.amount;
  }

  /** Refunds units of a line and checks the preview. */
  async refunded(order: Answer, line: number, quantity: number): Promise<number> {
    const { version } = await this.settled(order);
    const before = await this.foreseen(order, line, quantity);
    const requested = { lines: units(order, line, quantity) };
    const given = accepted(await this.refund({ orderId: order.id, expectedVersion: version, ...requested }));
    expect(given.refund.amount.amount).toBe(before);
    return before;
  }

  async refund(input: object): Promise<Answer> {
    return (await this.staff.ask(REFUND, { input: { idempotencyKey: randomUUID(), ...input } })).orderRefund;
  }

  /** A received return of units of a line. */
  async sentBack(order: Answer, line: number, quantity: number): Promise<Answer> {
    await this.settled(order);
    await this.shipped(order);
    const asked = await this.shop
      .guest()
      .ask(`mutation($input: ReturnRequestInput!) { returnRequest(input: $input) { ${RETURN} } }`, {
        input: {
          orderToken: this.shop.shop.orders.tokens.sign(localId('ord', order.id) ?? ''),
          lines: units(order, line, quantity),
          reason: 'CHANGED_MIND',
          resolution: 'REFUND',
          idempotencyKey: randomUUID(),
        },
      });
    const requested = accepted(asked.returnRequest).return;
    const approved = await this.settle('returnApprove', 'ReturnDecisionInput', { ...requested, version: 1 });
    return this.settle('returnReceive', 'ReturnReceiveInput', approved, {
      lines: [{ returnLineId: approved.lines[0].id, received: quantity, restocked: quantity }],
    });
  }

  async settle(name: string, type: string, back: Answer, more: object = {}): Promise<Answer> {
    const mutation = `mutation($input: ${type}!) { ${name}(input: $input) { ${RETURN} } }`;
    const input = {
      returnId: back.id,
      expectedVersion: back.version,
      idempotencyKey: randomUUID(),
      ...more,
    };
    return accepted((await this.staff.ask(mutation, { input }))[name]).return;
  }

  async paidBack(order: Answer): Promise<number> {
    const { refunds } = await this.settled(order);
    return refunds.reduce((sum: number, { amount }: Answer) => sum + amount.amount, 0);
  }

  private async shipped({ id }: Answer): Promise<void> {
    const sentIds = 'query($id: ID!) { order(id: $id) { shipments { id } } }';
    if ((await this.staff.ask(sentIds, { id })).order.shipments.length > 0) return;
    accepted(await this.driver.ship(await this.driver.look({ id })));
    const { shipments } = (await this.staff.ask(sentIds, { id })).order;
    const input = { shipmentId: shipments[0].id, status: 'DELIVERED' };
    const deliver = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { errors { code } } }`;
    accepted((await this.staff.ask(deliver, { input })).shipmentUpdate);
  }
}

function units(order: Answer, line: number, quantity: number): { orderLineId: string; quantity: number }[] {
  return [{ orderLineId: order.lines[line].id, quantity }];
}
