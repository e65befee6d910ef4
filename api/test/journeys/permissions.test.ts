import { randomUUID } from 'node:crypto';
import { getDirective } from '@graphql-tools/utils';
import { getNamedType, isCompositeType, isNonNullType, isObjectType, type GraphQLField } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permissionsOf, Role, type Permission } from '../../src/platform/graphql/roles.js';
import { leastRequest } from '../support/any-value.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import { BRASOV, buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';

let shop: TestShop;
let staff: GraphqlClient;
let alice: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  alice = await shop.customer('alice@example.com', 'Alice@123');
});
afterAll(() => shop.close());

interface Guard {
  readonly typeName: string;
  readonly field: GraphQLField<unknown, unknown>;
  readonly role: Role;
  readonly permission: Permission | undefined;
}

const ROOTS = ['Query', 'Mutation', 'Subscription'];

function guards(): Guard[] {
  return Object.values(shopSchema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => {
        const auth = getDirective(shopSchema, field, 'auth')?.[0] as
          | { role: Role; permission?: Permission }
          | undefined;
        return auth ? [{ typeName: type.name, field, role: auth.role, permission: auth.permission }] : [];
      }),
    );
}

const typeOf = (field: GraphQLField<unknown, unknown>): string =>
  getNamedType(field.type).name.replace(/Connection$/, '');
const permissionOf = (field: GraphQLField<unknown, unknown>): string | null =>
  (getDirective(shopSchema, field, 'auth')?.[0] as { permission?: string } | undefined)?.permission ?? null;

/** By which permissions each type is read from the root; null among them for one that is read without, too. */
function readersOfTypes(): ReadonlyMap<string, ReadonlySet<string | null>> {
  const readers = new Map<string, Set<string | null>>();
  for (const field of Object.values(shopSchema.getQueryType()!.getFields()))
    readers.set(typeOf(field), (readers.get(typeOf(field)) ?? new Set()).add(permissionOf(field)));
  return readers;
}

const ask = (guard: Guard): { query: string; variables: object } =>
  leastRequest(guard.typeName.toLowerCase(), guard.field);

const ORDER =
  'id number status fulfillmentStatus version allowedStatuses lines { id sku quantity fulfilledQuantity } shipments { id status carrier trackingNumber }';
const SHIP = `mutation($input: ShipmentCreateInput!) { shipmentCreate(input: $input) { order { ${ORDER} } shipment { id } errors { code path ... on StaleVersionError { currentVersion } } } }`;
const MOVE = `mutation($input: OrderStatusUpdateInput!) { orderStatusUpdate(input: $input) { order { ${ORDER} } errors { code } } }`;
const DELIVER = `mutation($input: ShipmentUpdateInput!) { shipmentUpdate(input: $input) { order { ${ORDER} } errors { code } } }`;

const readOrder = async (id: string): Promise<Answer> =>
  (await staff.ask(`query($id: ID!) { order(id: $id) { ${ORDER} } }`, { id })).order;
const ship = async (input: object): Promise<Answer> => (await staff.ask(SHIP, { input })).shipmentCreate;

async function thing(sku: string, stock = 9): Promise<string> {
  return shop.stock({ name: sku, sku, price: 5000, stock });
}

describe('the guards of the schema', () => {
  it('stand at every entrance: each root field says who may use it', () => {
    const silent = ROOTS.flatMap((root) =>
      Object.values(
        (
          shopSchema.getType(root) as never as { getFields(): Record<string, GraphQLField<unknown, unknown>> }
        ).getFields(),
      )
        .filter(
          (field) => !getDirective(shopSchema, field, 'auth') === !getDirective(shopSchema, field, 'public'),
        )
        .map((field) => `${root}.${field.name}`),
    );

    expect(silent).toEqual([]);
  });

  it('name the least role that really holds the permission', () => {
    const order = Object.values(Role);

    const wrong = guards().filter(({ role, permission }) =>
      permission
        ? order.find((candidate) => permissionsOf(candidate).has(permission)) !== role
        : role !== Role.CUSTOMER,
    );

    expect(wrong.map(({ typeName, field }) => `${typeName}.${field.name}`)).toEqual([]);
  });

  it('hold on every way: what staff read with one permission leads to nothing that needs another', () => {
    /** The way is a part of what its beginning is for. */
    const partOfIt = ['Import.applyJob', 'Import.checkJob', 'StockReservation.hold'];
    const readers = readersOfTypes();
    const ways = Object.values(shopSchema.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) => {
        const own = readers.get(type.name);
        if (!own || own.has(null)) return [];
        return Object.values(type.getFields()).flatMap((field) => {
          const needed = [...(readers.get(typeOf(field)) ?? [])].filter((one) => one !== null);
          const isObject = isObjectType(getNamedType(field.type));
          const isOpen = isObject && needed.length > 0 && !needed.some((one) => own.has(one));
          return isOpen && permissionOf(field) === null ? [`${type.name}.${field.name}`] : [];
        });
      });
    expect(ways.sort()).toEqual(partOfIt);
  });

  it('turn everybody away who is not signed in', async () => {
    const anybody = shop.guest();
    const entrances = guards().filter(({ typeName }) => typeName === 'Query' || typeName === 'Mutation');

    const answers = await Promise.all(
      entrances.map(async (guard) => ({
        name: guard.field.name,
        answer: await anybody.send(ask(guard).query, ask(guard).variables),
      })),
    );

    expect(entrances.length).toBeGreaterThan(20);
    expect(answers.filter(({ answer }) => answer.errors?.[0]?.extensions.code !== 'UNAUTHENTICATED')).toEqual(
      [],
    );
  });

  it('turn customers away from everything that is for staff', async () => {
    const entrances = guards().filter(
      ({ typeName, permission }) => permission && typeName !== 'Subscription' && ROOTS.includes(typeName),
    );

    const answers = await Promise.all(
      entrances.map(async (guard) => ({
        name: guard.field.name,
        answer: await alice.send(ask(guard).query, ask(guard).variables),
      })),
    );

    expect(answers.filter(({ answer }) => answer.errors?.[0]?.extensions.code !== 'FORBIDDEN')).toEqual([]);
  });

  it('show a buyer null where staff sees more, and never spoil the page', async () => {
    const variantId = await thing('SHARED-1');
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }], 'shared@example.test');
    const guarded = (name: string): string =>
      guards()
        .filter(({ typeName }) => typeName === name)
        .map(({ field }) => field.name + (isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''))
        .join(' ');

    const { orderByToken } = await shop
      .guest()
      .ask(`query($token: String!) { orderByToken(token: $token) { ${guarded('Order')} } }`, {
        token: order.token,
      });
    const { product } = await shop
      .guest()
      .ask(
        `{ product(slug: "shared-1") { __typename ${guarded('Product')} variants { __typename ${guarded('ProductVariant')} } } }`,
      );

    const shared = guards().filter(({ typeName }) => !ROOTS.includes(typeName));
    expect(shared.filter(({ field }) => isNonNullType(field.type))).toEqual([]);
    expect(Object.values(orderByToken)).toEqual(Object.values(orderByToken).map(() => null));
    const { __typename: _p, variants, ...ofProduct } = product;
    expect(
      Object.values(ofProduct)
        .concat(variants.flatMap(({ __typename: _v, ...rest }: Answer) => Object.values(rest)))
        .filter((value) => value !== null),
    ).toEqual([]);
  });
});

describe('strangers', () => {
  it('find neither the orders nor the addresses of another customer', async () => {
    const variantId = await thing('ALICE-1');
    const order = await buy(alice, [{ variantId, quantity: 1 }], 'alice@example.com');
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    const { me } = await alice.ask('{ me { ... on User { addresses { id } } } }');
    const look = 'query($id: ID!) { myOrder(id: $id) { id } node(id: $id) { id } }';
    const remove = 'mutation($id: ID!) { addressDelete(input: { addressId: $id }) { ok errors { code } } }';

    const mine = await alice.ask(look, { id: order.id });
    const theirs = await bob.ask(look, { id: order.id });
    const nobodys = await shop.guest().ask('query($id: ID!) { node(id: $id) { id } }', { id: order.id });
    const { addressDelete } = await bob.ask(remove, { id: me.addresses[0].id });

    expect(mine).toMatchObject({ myOrder: { id: order.id }, node: { id: order.id } });
    expect(theirs).toEqual({ myOrder: null, node: null });
    expect(nobodys).toEqual({ node: null });
    expect(addressDelete).toMatchObject({ ok: false, errors: [{ code: 'NOT_FOUND' }] });
  });

  it('get nothing for tokens that are forged, of another shop, or for something else', async () => {
    const other = await shop.beside({
      worker: false,
      env: { JWT_SECRET: 'another-shop-with-another-secret-of-its-own' },
    });
    const variantId = await thing('TOKEN-1');
    const order = await buy(shop.guest(), [{ variantId, quantity: 1 }], 'token@example.test');
    const flipped = (order.token[0] === 'A' ? 'B' : 'A') + order.token.slice(1);
    const look =
      'query($token: String!) { orderByToken(token: $token) { id } paymentStatus(orderToken: $token) { status } }';

    const answers = await Promise.all([
      ...[flipped, '', 'x', order.id, order.token.slice(0, -4), `${order.token}AAAA`].map((token) =>
        shop.guest().ask(look, { token }),
      ),
      other.guest().ask(look, { token: order.token }),
    ]);
    const cart = await shop.guest({ 'x-cart-token': 'A'.repeat(43) }).ask('{ cart { id } }');
    const cursor = await staff.send(
      '{ orders(first: 1, after: "bm90IG91cnM.AAAAAAAAAAAAAAAA") { nodes { id } } }',
    );
    await other.close();

    for (const answer of answers) expect(answer).toEqual({ orderByToken: null, paymentStatus: null });
    expect(cart).toEqual({ cart: null });
    expect(cursor.errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('are nobody with an access token that is forged, of another shop, or of yesterday', async () => {
    const [foreign, later] = await Promise.all([
      shop.beside({ worker: false, env: { JWT_SECRET: 'another-shop-with-another-secret-of-its-own' } }),
      shop.beside({ worker: false }),
    ]);
    later.clock.advance(31 * 60_000);
    const good = /vitrine_access=([^;]+)/.exec(alice.cookieHeader())?.[1] ?? '';
    const [head = '', body = '', signature = ''] = good.split('.');
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as object;
    const promoted = Buffer.from(JSON.stringify({ ...claims, role: 'ADMIN' })).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');
    const me = async (at: TestShop, token: string): Promise<unknown> => {
      const { data, errors } = await at.guest({ authorization: `Bearer ${token}` }).send('{ me { id } }');
      return errors?.[0]?.extensions.code ?? data['me'];
    };

    const answers = await Promise.all([
      me(shop, `${head}.${promoted}.${signature}`),
      me(shop, `${unsigned}.${promoted}.`),
      me(shop, `${unsigned}.${promoted}.${signature}`),
      me(foreign, good),
      me(later, good),
    ]);
    const still = await me(shop, good);
    await Promise.all([foreign.close(), later.close()]);

    expect(answers).toEqual(Array(5).fill('UNAUTHENTICATED'));
    expect(still).toMatchObject({ id: expect.any(String) });
  });
});

describe('a guest who signs in', () => {
  it('takes the cart along: quantities add up, at most to what can be had', async () => {
    const variantId = await thing('MERGE-1', 4);
    const add =
      'mutation($variantId: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $variantId, quantity: $quantity }) { errors { code } } }';
    const bob = await shop.customer('bob@example.com', 'Bob@123');
    await bob.ask(add, { variantId, quantity: 2 });
    const browser = shop.guest();
    await browser.ask(add, { variantId, quantity: 3 });

    await browser.ask(
      'mutation { login(input: { email: "bob@example.com", password: "Bob@123" }) { errors { code } } }',
    );

    const cart = '{ cart { lines { quantity } warnings { code } } }';
    expect(await browser.ask(cart)).toEqual({ cart: { lines: [{ quantity: 4 }], warnings: [] } });
    expect(await bob.ask(cart)).toEqual({ cart: { lines: [{ quantity: 4 }], warnings: [] } });
  });
});

describe('staff', () => {
  it('ships in two shipments with tracking; the buyer hears of each, and the order is completed on delivery', async () => {
    const [a, b] = [await thing('SHIP-A'), await thing('SHIP-B')];
    const { id } = await buy(
      shop.guest(),
      [
        { variantId: a, quantity: 2 },
        { variantId: b, quantity: 1 },
      ],
      'ship@example.test',
    );
    const order = await readOrder(id);

    const first = await ship({
      orderId: id,
      expectedVersion: order.version,
      carrier: 'Fan',
      trackingNumber: 'F1',
      trackingUrl: 'https://fan.example/F1',
      lines: [{ orderLineId: order.lines[0].id, quantity: 1 }],
    });
    const stale = await ship({ orderId: id, expectedVersion: order.version });
    const tooMany = await ship({
      orderId: id,
      expectedVersion: first.order.version,
      lines: [{ orderLineId: order.lines[0].id, quantity: 2 }],
    });
    const early = (
      await staff.ask(MOVE, {
        input: { orderId: id, status: 'COMPLETED', expectedVersion: first.order.version },
      })
    ).orderStatusUpdate;
    const rest = await ship({
      orderId: id,
      expectedVersion: first.order.version,
      carrier: 'Fan',
      trackingNumber: 'F2',
    });
    const nothing = await ship({ orderId: id, expectedVersion: rest.order.version });

    expect(first).toMatchObject({
      errors: [],
      order: { status: 'PAID', fulfillmentStatus: 'PARTIALLY_FULFILLED' },
    });
    // The order as it is now stands beside the user error: staff can decide again without asking.
    expect(stale).toMatchObject({
      order: { status: 'PAID', fulfillmentStatus: 'PARTIALLY_FULFILLED' },
      errors: [{ code: 'STALE_VERSION', currentVersion: first.order.version }],
    });
    expect(tooMany).toMatchObject({
      order: { status: 'PAID' },
      errors: [{ code: 'INVALID_INPUT', path: ['lines', '0', 'quantity'] }],
    });
    expect(early.errors).toMatchObject([{ code: 'ILLEGAL_TRANSITION' }]);
    expect(rest).toMatchObject({
      errors: [],
      order: { status: 'FULFILLED', fulfillmentStatus: 'FULFILLED' },
    });
    expect(nothing.errors).toMatchObject([{ code: 'ILLEGAL_TRANSITION' }]);

    const deliver = async (shipmentId: string): Promise<Answer> =>
      (await staff.ask(DELIVER, { input: { shipmentId, status: 'DELIVERED' } })).shipmentUpdate;
    const half = await deliver(first.shipment.id);
    const whole = await deliver(rest.shipment.id);

    expect(half.order.status).toBe('FULFILLED');
    expect(whole.order.status).toBe('COMPLETED');
    const mails = await shop.eventually(async () => {
      const rows = await shop.sql<{ text: string }>(
        `SELECT text FROM dev_inbox WHERE recipient = 'ship@example.test' AND text ~ '(^|[^A-Za-z0-9_-])F[12]($|[^A-Za-z0-9_-])'`,
      );
      return rows.length >= 2 && rows;
    });
    // Not the letters within a link.
    expect(mails.map(({ text }) => /(?<![\w-])F[12](?![\w-])/.exec(text)?.[0]).sort()).toEqual(['F1', 'F2']);
  });

  it('ships a thing once when two people press the button at once', async () => {
    const variantId = await thing('TWICE-1');
    const { id } = await buy(shop.guest(), [{ variantId, quantity: 1 }], 'twice@example.test');
    const { version } = await readOrder(id);

    const answers = await Promise.all([1, 2, 3].map(() => ship({ orderId: id, expectedVersion: version })));

    expect(answers.flatMap(({ errors }) => errors.map(({ code }: Answer) => code))).toEqual([
      'STALE_VERSION',
      'STALE_VERSION',
    ]);
    expect((await readOrder(id)).shipments).toHaveLength(1);
  });

  it('cannot make an order skip a step', async () => {
    const variantId = await thing('STEPS-1');
    const browser = shop.guest();
    const unpaid = (
      await complete(browser, await readyCart(browser, [{ variantId, quantity: 1 }], 'steps@example.test'))
    ).order;
    const paid = await buy(shop.guest(), [{ variantId, quantity: 1 }], 'steps2@example.test');
    const cancel = 'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }';
    const move = async (id: string, status: string): Promise<unknown> =>
      (
        await staff.ask(MOVE, {
          input: { orderId: id, status, expectedVersion: (await readOrder(id)).version },
        })
      ).orderStatusUpdate.errors;

    const userErrors = [
      await move(unpaid.id, 'FULFILLED'),
      await move(unpaid.id, 'COMPLETED'),
      await move(unpaid.id, 'PAID'),
      await move(paid.id, 'COMPLETED'),
      await move(paid.id, 'REFUNDED'),
      await move(paid.id, 'CANCELLED'),
      await move(paid.id, 'PENDING_PAYMENT'),
    ];
    const fulfilled = await move(paid.id, 'FULFILLED');
    const { version } = await readOrder(paid.id);
    const tooLate = await staff.ask(cancel, {
      input: { orderId: paid.id, expectedVersion: version, idempotencyKey: randomUUID() },
    });

    expect(userErrors).toEqual(userErrors.map(() => [{ code: 'ILLEGAL_TRANSITION' }]));
    expect(fulfilled).toEqual([]);
    expect(tooLate.orderCancel.errors).toEqual([{ code: 'ILLEGAL_TRANSITION' }]);
  });

  it('finds orders by number, name, e-mail, SKU and payment, and narrows them', async () => {
    const variantId = await thing('Find%Me_1');
    const browser = shop.guest();
    const order = await buy(browser, [{ variantId, quantity: 3 }], 'findme@example.test');
    const found = async (argument: string): Promise<string[]> =>
      (await staff.ask(`{ orders(first: 100, ${argument}) { nodes { number } } }`)).orders.nodes.map(
        ({ number }: Answer) => number,
      );
    const { order: known } = await staff.ask(
      'query($id: ID!) { order(id: $id) { payments { providerReference } total { gross { amount } } } }',
      { id: order.id },
    );
    const total = known.total.gross.amount as number;

    const hits = await Promise.all([
      found(`search: "${order.number}"`),
      found('search: "FINDME@example"'),
      found('search: "find%me_"'),
      found(`search: "${known.payments[0].providerReference}"`),
      found(`search: "findme", filter: { totalMin: ${total}, totalMax: ${total}, statuses: [PAID] }`),
      found(
        `search: "findme", filter: { placedFrom: "2020-01-01T00:00:00Z", fulfillmentStatuses: [UNFULFILLED], paymentStatuses: [PAID] }`,
      ),
    ]);
    const misses = await Promise.all([
      found('search: "find_me%"'),
      found(`search: "findme", filter: { totalMax: ${total - 1} }`),
      found('search: "findme", filter: { statuses: [CANCELLED] }'),
      found('search: "findme", filter: { placedTo: "2020-01-01T00:00:00Z" }'),
      found('search: "findme", filter: { customerId: "nobody" }'),
    ]);
    const byName = await found(`search: "${BRASOV.lastName.toUpperCase()}"`);

    expect(hits).toEqual(hits.map(() => [order.number]));
    expect(misses).toEqual(misses.map(() => []));
    expect(byName).toContain(order.number);
  });

  it.each(['NEWEST', 'OLDEST', 'TOTAL_DESC', 'TOTAL_ASC', 'NUMBER_DESC', 'NUMBER_ASC'])(
    'turns the pages of orders without losing or repeating one (%s)',
    async (sort) => {
      await manyOrders();
      const whole = (await staff.ask(`{ orders(first: 100, sort: ${sort}) { nodes { number } totalCount } }`))
        .orders;
      const turn = async (size: string, next: (info: Answer) => string | null): Promise<string[]> => {
        const seen: string[][] = [];
        for (let at: string | null = ''; at !== null;) {
          const { orders } = await staff.ask(
            `{ orders(${size}: 3, ${at} sort: ${sort}) { nodes { number } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`,
          );
          seen.push(orders.nodes.map(({ number }: Answer) => number));
          at = seen.length > 50 ? null : next(orders.pageInfo);
        }
        return (size === 'last' ? seen.reverse() : seen).flat();
      };

      const forward = await turn('first', (info) =>
        info.hasNextPage ? `after: "${info.endCursor}",` : null,
      );
      const backward = await turn('last', (info) =>
        info.hasPreviousPage ? `before: "${info.startCursor}",` : null,
      );

      const numbers = whole.nodes.map(({ number }: Answer) => number);
      expect(numbers).toHaveLength(whole.totalCount);
      expect(forward).toEqual(numbers);
      expect(backward).toEqual(numbers);
    },
  );

  it('and in the end the ledger balances', async () => {
    await assertLedgerBalances(shop);
  });
});

let many: Promise<unknown> | null = null;

/** Enough orders for several pages, some of one moment and one total. */
function manyOrders(): Promise<unknown> {
  return (many ??= (async () => {
    const variantId = await shop.stock({ name: 'Many', sku: 'MANY-1', price: 700, stock: 99 });
    for (let i = 0; i < 9; i++) {
      const browser = shop.guest();
      await complete(
        browser,
        await readyCart(browser, [{ variantId, quantity: 1 + (i % 3) }], `many${i}@example.test`),
      );
    }
    await shop.sql(
      `UPDATE shop_order SET created_at = '2026-11-21 07:00:00.123456+00' WHERE email IN ('many1@example.test', 'many4@example.test', 'many5@example.test')`,
    );
  })());
}
