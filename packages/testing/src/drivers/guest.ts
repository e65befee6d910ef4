import { randomUUID } from 'node:crypto';
import { complete, readyCart } from './checkout.js';
import type { Answer } from './answer.js';
import { GraphqlClient } from './graphql-client.js';
import { Provider } from './provider.js';

/** What the order page of a buyer opens. */
export interface Bought {
  readonly id: string;
  readonly number: string;
  readonly token: string;
}

/** An order that a guest has placed and, where a card pays it, not yet paid. */
export interface Placed extends Bought {
  readonly guest: Guest;
  readonly lines: { id: string }[];
  readonly paymentSession: { clientSecret: string } | null;
}

export interface Wanted {
  readonly variantId: string;
  readonly quantity: number;
  readonly email: string;
  readonly paymentMethod?: 'CARD' | 'CASH_ON_DELIVERY' | 'BANK_TRANSFER';
}

/** A visitor of the shop, who needs no account. */
export class Guest extends GraphqlClient {
  /** By default the headers of the storefront; further ones replace them. */
  constructor(url: string, headers: Record<string, string> = { 'x-vitrine-client': 'storefront' }) {
    super(url, headers);
  }

  /** The id of a product's first variant. */
  async variantOf(slug: string): Promise<string> {
    const query = 'query($slug: String!) { product(slug: $slug) { variants { id } } }';
    return (await this.ask(query, { slug }))['product'].variants[0].id;
  }

  /** Fills the cart up to the last step before the order is placed; returns it. */
  fillCart({ variantId, quantity, email }: Wanted): Promise<Answer> {
    return readyCart(this, [{ variantId, quantity }], email);
  }

  /** Places the order of a filled cart. @throws Error with the code of whatever is refused */
  async placeOrder(cart: Answer, paymentMethod: Wanted['paymentMethod'] = 'CARD'): Promise<Answer> {
    const placed = await complete(this, cart, undefined, paymentMethod);
    if (placed['errors'].length > 0) throw new Error(`checkoutComplete: ${JSON.stringify(placed['errors'])}`);
    return placed;
  }

  /** Orders one product. @throws Error with the code of whatever is refused */
  async order(wanted: Wanted): Promise<Placed> {
    const { order, orderToken, paymentSession } = await this.placeOrder(
      await this.fillCart(wanted),
      wanted.paymentMethod,
    );
    const query = 'query($token: String!) { orderByToken(token: $token) { lines { id } } }';
    const { lines } = (await this.ask(query, { token: orderToken }))['orderByToken'];
    return { id: order.id, number: order.number, token: orderToken, guest: this, lines, paymentSession };
  }

  /** Pays an order, by default with a card that is accepted. */
  async pay({ paymentSession }: Pick<Placed, 'paymentSession'>, card?: string): Promise<Answer> {
    return new Provider(this.url).charge(paymentSession?.clientSecret ?? '', card);
  }

  /** Asks to send back one unit of the first line of a delivered order; returns the number of the return. */
  async requestReturn({ token, lines }: Pick<Placed, 'token' | 'lines'>, comment: string): Promise<string> {
    const input = {
      orderToken: token,
      lines: [{ orderLineId: lines[0]?.id, quantity: 1 }],
      reason: 'CHANGED_MIND',
      resolution: 'REFUND',
      comment,
      idempotencyKey: randomUUID(),
    };
    const { return: requested } = await this.do(
      'returnRequest',
      'ReturnRequestInput',
      input,
      'return { number }',
    );
    return requested.number;
  }
}
