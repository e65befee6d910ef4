import { randomUUID } from 'node:crypto';
import { BRASOV } from './checkout.js';
import type { Answer, GraphqlClient } from './graphql-client.js';
import type { TestShop } from '../shop/test-shop.js';

export interface Requested {
  readonly variantId: string;
  readonly quantity: number;
}

export const ORDER = `id number status paymentStatus source version paymentLink note
  total { gross { amount } net { amount } } discount { amount } pendingPayment { amount } refundedTotal { amount }
  lines { id quantity sku total { gross { amount } } } events { kind } edits { id status difference { amount } }`;

const ERRORS = `errors { __typename code message path ... on PriceChangedError { currentTotal { amount } }
  ... on InsufficientStockError { availableQuantity } ... on StaleVersionError { currentVersion } }`;

/** Draft orders and order edits by staff. */
export class OrderEditingDriver {
  private constructor(
    readonly browser: GraphqlClient,
    private readonly shop: TestShop,
  ) {}

  static async open(shop: TestShop): Promise<OrderEditingDriver> {
    return new OrderEditingDriver(await shop.staff(), shop);
  }

  async draft(lines: readonly Requested[], more: Record<string, unknown> = {}): Promise<Answer> {
    return {
      email: 'phone-buyer@example.test',
      language: 'RO',
      shippingAddress: BRASOV,
      shippingMethodId: (await this.cheapestMethod(lines)).id,
      lines,
      ...more,
    };
  }

  async cheapestMethod(lines: readonly Requested[]): Promise<{ id: string; price: number }> {
    const { shippingMethods } = await this.preview(lines);
    return shippingMethods.map((method: Answer) => ({ id: method.id, price: method.price.gross.amount }))[0];
  }

  async preview(lines: readonly Requested[], more: Record<string, unknown> = {}): Promise<Answer> {
    const query = `query($input: DraftOrderPreviewInput!) { draftOrderPreview(input: $input) {
      lines { productName quantity availableQuantity unitPrice { amount } discount { amount } total { gross { amount } } variant { sku } }
      discount { amount } subtotal { gross { amount } } shipping { gross { amount } } total { gross { amount } net { amount } }
      taxLines { tax { amount } base { amount } } shippingMethods { id: shippingMethodId price { gross { amount } } } } }`;
    return (await this.browser.ask(query, { input: { countryCode: 'RO', lines, ...more } }))
      .draftOrderPreview;
  }

  /** Creates a draft; throws when it is refused. */
  async drafted(lines: readonly Requested[], more: Record<string, unknown> = {}): Promise<Answer> {
    return accepted(await this.create(await this.draft(lines, more))).order;
  }

  create(draft: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return this.mutate('draftOrderCreate', 'DraftOrderCreateInput', { draft, idempotencyKey });
  }

  update(order: Answer, draft: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return this.mutate('draftOrderUpdate', 'DraftOrderUpdateInput', {
      ...seen(order),
      draft,
      idempotencyKey,
    });
  }

  send(
    order: Answer,
    more: Record<string, unknown> = {},
    idempotencyKey: string = randomUUID(),
  ): Promise<Answer> {
    return this.mutate('draftOrderSend', 'DraftOrderSendInput', { ...seen(order), ...more, idempotencyKey });
  }

  markPaid(
    order: Answer,
    note: string | null = null,
    idempotencyKey: string = randomUUID(),
  ): Promise<Answer> {
    return this.mutate('draftOrderMarkPaid', 'DraftOrderMarkPaidInput', {
      ...seen(order),
      note,
      idempotencyKey,
    });
  }

  cancel(order: Answer): Promise<Answer> {
    return this.mutate('orderCancel', 'OrderCancelInput', { ...seen(order), idempotencyKey: randomUUID() });
  }

  ship(order: Answer, lines: { orderLineId: string; quantity: number }[] | null = null): Promise<Answer> {
    return this.mutate('shipmentCreate', 'ShipmentCreateInput', { ...seen(order), lines });
  }

  async editPreview(order: Answer, lines: readonly Requested[]): Promise<Answer> {
    const query = `query($input: OrderEditPreviewInput!) { orderEditPreview(input: $input) { settlement
      lines { productName quantityBefore quantityAfter total { gross { amount } } variant { sku } } shipping { gross { amount } }
      totalBefore { amount } totalAfter { amount } difference { amount } refund { amount } } }`;
    return (await this.browser.ask(query, { input: { orderId: order.id, lines } })).orderEditPreview;
  }

  /** Edits an order to these lines, at the previewed price. */
  async edit(
    order: Answer,
    lines: readonly Requested[],
    more: Record<string, unknown> = {},
  ): Promise<Answer> {
    const preview = await this.editPreview(order, lines);
    return this.editFor(order, lines, { expectedTotal: preview.totalAfter.amount, ...more });
  }

  editFor(
    order: Answer,
    lines: readonly Requested[],
    { idempotencyKey = randomUUID(), ...more }: Record<string, unknown>,
  ): Promise<Answer> {
    return this.mutate(
      'orderEdit',
      'OrderEditInput',
      { ...seen(order), lines, ...more, idempotencyKey },
      'edit { id status difference { amount } expiresAt decidedAt lines { productName quantityBefore quantityAfter } }',
    );
  }

  takeBack(order: Answer, idempotencyKey: string = randomUUID()): Promise<Answer> {
    return this.mutate(
      'orderEditCancel',
      'OrderEditCancelInput',
      { ...seen(order), idempotencyKey },
      'edit { id status }',
    );
  }

  async look(order: Answer): Promise<Answer> {
    return (await this.browser.ask(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: order.id }))
      .order;
  }

  /** The payment session of an order's link. */
  async session(order: Answer): Promise<Answer> {
    const { paymentLink } = await this.look(order);
    const query =
      'mutation($token: String!) { paymentSessionCreate(input: { orderToken: $token }) { paymentSession { clientSecret amount { amount } } } }';
    const answer = await this.shop.guest().ask(query, { token: tokenOf(paymentLink) });
    return answer.paymentSessionCreate.paymentSession;
  }

  private async mutate(name: string, type: string, input: object, more = ''): Promise<Answer> {
    const mutation = `mutation($input: ${type}!) { ${name}(input: $input) { order { ${ORDER} } ${more} ${ERRORS} } }`;
    return (await this.browser.ask(mutation, { input }))[name];
  }
}

export function tokenOf(paymentLink: string): string {
  return paymentLink.split('/').at(-1) ?? '';
}

export function accepted(payload: Answer): Answer {
  if (payload.errors.length > 0) throw new Error(JSON.stringify(payload.errors));
  return payload;
}

export const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);

/** The stock on hand and reserved of a variant. */
export async function stockLevelOf(
  shop: TestShop,
  sku: string,
): Promise<{ onHand: number; reserved: number }> {
  const text = `SELECT sum(on_hand)::int AS "onHand", sum(reserved)::int AS reserved
    FROM stock_level s JOIN variant v ON v.id = s.variant_id WHERE v.sku = $1`;
  return (await shop.sql<{ onHand: number; reserved: number }>(text, [sku]))[0] as never;
}

function seen({ id, version }: Answer): { orderId: string; expectedVersion: number } {
  return { orderId: id, expectedVersion: version };
}

/** The former name, which fixtures.ts still imports. */
