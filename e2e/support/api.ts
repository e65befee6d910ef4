import { randomUUID } from 'node:crypto';
import { thisShop } from './this-shop.ts';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- an untyped answer reads better in a journey than a cast per line
type Answer = Record<string, any>;

/** An API client with its own cookies, for the preparation of journeys. */
export class ApiCaller {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly client: 'storefront' | 'admin' = 'storefront') {}

  async ask(query: string, variables: object = {}): Promise<Answer> {
    const response = await fetch(`${thisShop().apiUrl}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        'x-vitrine-client': this.client,
        cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      this.cookies.set(name, value);
    }
    const { data, errors } = (await response.json()) as { data: Answer; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  }

  /** The payload of a mutation that takes one input and must not refuse. */
  async do(name: string, type: string, input: object, fields = ''): Promise<Answer> {
    const text = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} errors { code message } } }`;
    const payload = (await this.ask(text, { input }))[name];
    if (payload.errors.length > 0) throw new Error(`${name}: ${JSON.stringify(payload.errors)}`);
    return payload;
  }
}

export async function staffCaller(): Promise<ApiCaller> {
  const staff = new ApiCaller('admin');
  await staff.do('login', 'LoginInput', { email: 'admin@example.com', password: 'Admin@123' });
  return staff;
}

const HOME = {
  firstName: 'Ștefania',
  lastName: 'Țăranu',
  line1: 'Strada Lungă 12',
  city: 'Brașov',
  region: 'Brașov',
  postalCode: '500026',
  countryCode: 'RO',
};

/** A phone number per buyer, because unpaid orders are limited by phone number. */
export const nextPhone = (): string => `0722${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}`;

export interface Bought {
  readonly id: string;
  readonly number: string;
  /** Opens its page. */
  readonly token: string;
}

/** An order that a guest has placed and, where a card pays it, not yet paid. */
export interface Placed extends Bought {
  readonly guest: ApiCaller;
  readonly lines: { id: string }[];
  readonly paymentSession: { clientSecret: string } | null;
}

let keeper: Promise<ApiCaller> | undefined;

/** Receives units of a variant first: all journeys share one stock and run in any order. */
async function receive(variantId: string, quantity: number): Promise<void> {
  const staff = await (keeper ??= staffCaller());
  const { stockLocations } = await staff.ask('{ stockLocations { id } }');
  await staff.do('stockReceive', 'StockReceiveInput', {
    variantId,
    locationId: stockLocations[0].id,
    quantity,
    reason: 'For a journey',
    idempotencyKey: randomUUID(),
  });
}

/** A guest orders a product, by its slug. Throws the code of whatever is refused. */
export async function order(
  slug: string,
  {
    quantity,
    email,
    paymentMethod,
    received = quantity,
  }: {
    quantity: number;
    email: string;
    paymentMethod: string;
    /** So many units are put in stock first; none for a journey about the last ones. */
    received?: number;
  },
): Promise<Placed> {
  const guest = new ApiCaller();
  const { product } = await guest.ask('query($slug: String!) { product(slug: $slug) { variants { id } } }', {
    slug,
  });
  const variantId: string = product.variants[0].id;
  if (received > 0) await receive(variantId, received);
  await guest.do('cartLineAdd', 'CartLineAddInput', { variantId, quantity });
  await guest.do('cartContactUpdate', 'CartContactUpdateInput', { email, phone: nextPhone() });
  const { cart } = await guest.do(
    'cartAddressesUpdate',
    'CartAddressesUpdateInput',
    { shippingAddress: HOME },
    'cart { shippingMethods { id: shippingMethodId } }',
  );
  const ready = await guest.do(
    'cartShippingMethodSelect',
    'CartShippingMethodSelectInput',
    { shippingMethodId: cart.shippingMethods[0].id },
    'cart { version total { gross { amount } } }',
  );
  const placed = await guest.do(
    'checkoutComplete',
    'CheckoutCompleteInput',
    {
      idempotencyKey: randomUUID(),
      cartVersion: ready.cart.version,
      expectedTotal: ready.cart.total.gross.amount,
      paymentMethod,
    },
    'orderToken order { id number lines { id } } paymentSession { clientSecret }',
  );
  return { ...placed.order, token: placed.orderToken, guest, paymentSession: placed.paymentSession };
}

/** A guest's order of a product, paid by card. */
export async function buy(slug: string, quantity: number, email: string): Promise<Placed> {
  const placed = await order(slug, { quantity, email, paymentMethod: 'CARD' });
  await pay(placed);
  return placed;
}

/** The card of whoever placed an order is accepted. */
export async function pay({ guest, paymentSession }: Placed): Promise<void> {
  await guest.do('paymentTestConfirm', 'PaymentTestConfirmInput', {
    clientSecret: paymentSession?.clientSecret,
    cardNumber: '4242424242424242',
  });
}

/** Sends everything of an order in one parcel, and has it arrive. */
export async function deliver(staff: ApiCaller, { id }: Bought): Promise<void> {
  const { order } = await staff.ask('query($id: ID!) { order(id: $id) { version } }', { id });
  const { shipment } = await staff.do(
    'shipmentCreate',
    'ShipmentCreateInput',
    { orderId: id, expectedVersion: order.version, carrier: 'Fan Courier', trackingNumber: 'RO123' },
    'shipment { id }',
  );
  await staff.do('shipmentUpdate', 'ShipmentUpdateInput', { shipmentId: shipment.id, status: 'DELIVERED' });
}
