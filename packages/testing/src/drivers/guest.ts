import { complete, GOOD_CARD, payWith, readyCart } from './checkout.js';
import type { Answer } from './answer.js';
import { GraphqlClient } from './graphql-client.js';

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

/** A visitor of the shop without an account. Whoever signs in is a customer from then on. */
export class Guest extends GraphqlClient {
  constructor(url: string) {
    super(url, { 'x-vitrine-client': 'storefront' });
  }

  /** Orders one product. @throws Error with the code of whatever is refused */
  async order({ variantId, quantity, email, paymentMethod = 'CARD' }: Wanted): Promise<Placed> {
    const cart = await readyCart(this, [{ variantId, quantity }], email);
    const { order, orderToken, paymentSession, errors } = await complete(
      this,
      cart,
      undefined,
      paymentMethod,
    );
    if (errors.length > 0) throw new Error(`checkoutComplete: ${JSON.stringify(errors)}`);
    const query = 'query($token: String!) { orderByToken(token: $token) { lines { id } } }';
    const { lines } = (await this.ask(query, { token: orderToken }))['orderByToken'];
    return { id: order.id, number: order.number, token: orderToken, guest: this, lines, paymentSession };
  }

  /** Pays an order with a card that is accepted. */
  async pay({ paymentSession }: Placed): Promise<Answer> {
    return payWith(this, paymentSession?.clientSecret ?? '', GOOD_CARD);
  }
}
