import { randomUUID } from 'node:crypto';
import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { globalId, newId } from '../../src/kernel/ids.js';
import { createLogger } from '../../src/kernel/logger.js';
import { assertLedgerBalances } from '@vitrine/testing/shop/ledger-balances.js';
import {
  BRASOV,
  buy,
  complete,
  DECLINED_CARD,
  GOOD_CARD,
  payWith,
  readyCart,
} from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlAnswer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { INNARDS } from '../support/innards.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

let shop: TestShop;
let staff: GraphqlClient;
let mug: string;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  mug = await shop.stock({ name: 'Mug', sku: 'HOSTILE-MUG', price: 5000, stock: 5 });
});
afterAll(() => shop.close());

const ADD =
  'mutation($variantId: ID!, $quantity: Int!) { cartLineAdd(input: { variantId: $variantId, quantity: $quantity }) { cart { id } errors { code path } } }';
const codes = (payload: Answer): string[] => payload.errors.map(({ code }: Answer) => code);
const codeOf = ({ errors }: GraphqlAnswer<Answer>): string | undefined => errors?.[0]?.extensions.code;

const HOSTILE = [
  `'; DROP TABLE shop_order; --`,
  `%`,
  `_`,
  `\\`,
  `%_\\%`,
  `"`,
  `''`,
  `*:*`,
  `a & | ! ( ) <->`,
  `\u0000`,
  `a\u0000b`,
  `\ud800`,
  '\u202e',
  '😀'.repeat(60),
  'x'.repeat(20_000),
  `\${7*7}`,
  '{{7*7}}',
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '[',
  '(?:',
  '１％',
  '   ',
];

describe('the cart', () => {
  it.each([[-1], [0], [1000], [2_147_483_647], [-2_147_483_648]])(
    'refuses to take %d pieces',
    async (quantity) => {
      const { cartLineAdd } = await shop.guest().ask(ADD, { variantId: mug, quantity });

      expect(cartLineAdd).toMatchObject({
        cart: null,
        errors: [{ code: 'INVALID_INPUT', path: ['quantity'] }],
      });
    },
  );

  it('says how many can be had to whoever wants more, and adds nothing', async () => {
    const browser = shop.guest();

    const { cartLineAdd } = await browser.ask(ADD, { variantId: mug, quantity: 6 });

    expect(codes(cartLineAdd)).toEqual(['INSUFFICIENT_STOCK']);
    expect(await browser.ask('{ cart { lines { quantity } } }')).toEqual({ cart: null });
  });

  it.each([
    [globalId('vari', newId())],
    [globalId('prod', newId())],
    ['vari_'],
    ['x'.repeat(5000)],
    [''],
    [randomUUID()],
    [`' OR 1=1 --`],
    ['vari_zzzzzzzzzzzzzzzzzzzzzzzzzz'],
  ])('finds nothing for sale under the id %s', async (variantId) => {
    const { cartLineAdd } = await shop.guest().ask(ADD, { variantId, quantity: 1 });

    expect(cartLineAdd.errors).toMatchObject([{ code: 'NOT_FOUND', path: ['variantId'] }]);
  });

  it('takes at most fifty lines at once', async () => {
    const create =
      'mutation($lines: [CartLineInput!]) { cartCreate(input: { lines: $lines }) { cart { id } errors { code path } } }';

    const { cartCreate } = await shop
      .guest()
      .ask(create, { lines: Array.from({ length: 51 }, () => ({ variantId: mug, quantity: 1 })) });

    expect(cartCreate).toMatchObject({ cart: null, errors: [{ code: 'INVALID_INPUT', path: ['lines'] }] });
  });

  it.each([
    'not-an-address',
    'a@b',
    'a b@example.test',
    'a@example.test\nBcc: all@example.test',
    `${'a'.repeat(250)}@example.test`,
    'a..b@example.test',
    'ană@example.test',
    '',
  ])('refuses the e-mail address %j', async (email) => {
    const browser = shop.guest();
    await browser.ask(ADD, { variantId: mug, quantity: 1 });

    const { cartContactUpdate } = await browser.ask(
      'mutation($email: EmailAddress!) { cartContactUpdate(input: { email: $email }) { errors { code path } } }',
      { email },
    );

    expect(cartContactUpdate.errors).toEqual([{ code: 'INVALID_EMAIL', path: ['email'] }]);
  });

  it.each([
    ["o'reilly@example.test", "o'reilly@example.test"],
    ['a&b+c@xn--bcher-kva.example', 'a&b+c@xn--bcher-kva.example'],
    ['\u200Bana@exämple.test ', 'ana@xn--exmple-cua.test'],
  ])('takes the e-mail address %j as the mail service can send to it', async (email, stored) => {
    const browser = shop.guest();
    await browser.ask(ADD, { variantId: mug, quantity: 1 });

    const { cartContactUpdate } = await browser.ask(
      'mutation($email: EmailAddress!) { cartContactUpdate(input: { email: $email }) { cart { email } errors { code } } }',
      { email },
    );

    expect(cartContactUpdate).toEqual({ cart: { email: stored }, errors: [] });
  });

  it('keeps no name with characters that nobody sees, and takes no account without a visible one', async () => {
    const browser = shop.guest();
    const signUp =
      'mutation($input: SignUpInput!) { signUp(input: $input) { user { firstName lastName } errors { code path } } }';
    const account = {
      ...{ email: 'unseen@example.test', password: 'a long enough Passphrase 7' },
      ...{ firstName: 'An\u3164a\uFE0F', lastName: '\u2800Pop\u200D' },
    };

    const refused = (await browser.ask(signUp, { input: { ...account, lastName: '\u3164\u2800' } })).signUp;
    const { signUp: made } = await browser.ask(signUp, { input: account });
    const { profileUpdate } = await browser.ask(
      'mutation($input: ProfileUpdateInput!) { profileUpdate(input: $input) { user { lastName } errors { code } } }',
      { input: { lastName: 'Po\u{E0041}pescu' } },
    );

    expect(refused).toMatchObject({ user: null, errors: [{ path: ['lastName'] }] });
    expect(made).toEqual({ user: { firstName: 'Ana', lastName: 'Pop' }, errors: [] });
    expect(profileUpdate).toEqual({ user: { lastName: 'Popescu' }, errors: [] });
  });

  it.each([
    [{ postalCode: 'ABC' }, 'INVALID_POSTAL_CODE'],
    [{ firstName: '   ' }, 'INVALID_INPUT'],
    [{ firstName: '\u3164\u2800\u200D' }, 'INVALID_INPUT'],
    [{ line1: 'x'.repeat(10_000) }, 'INVALID_INPUT'],
    [{ city: '\n\t' }, 'INVALID_INPUT'],
    [{ phone: 'call me' }, 'INVALID_PHONE'],
    [{ countryCode: 'XX', postalCode: '1234' }, 'INVALID_COUNTRY'],
  ])('refuses an address with %j', async (wrong, code) => {
    const browser = shop.guest();
    await browser.ask(ADD, { variantId: mug, quantity: 1 });
    const text =
      'mutation($address: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $address }) { cart { id } errors { code } } }';

    const { cartAddressesUpdate } = await browser.ask(text, { address: { ...BRASOV, ...wrong } });

    expect(codes(cartAddressesUpdate)).toEqual([code]);
  });

  it.each(['', 'short', 'k'.repeat(129)])('refuses the key %j and holds nothing', async (key) => {
    const browser = shop.guest();
    const cart = await readyCart(browser, [{ variantId: mug, quantity: 1 }]);

    const refused = await complete(browser, cart, key);

    expect(refused).toMatchObject({
      order: null,
      errors: [{ code: 'INVALID_INPUT', path: ['idempotencyKey'] }],
    });
  });
});

describe('any text', () => {
  it.each(['orders', 'customers', 'staffProducts'])('can be looked for in %s', async (list) => {
    const answers = await Promise.all(
      HOSTILE.map((search) =>
        staff.send(
          `query($search: String) { ${list}(first: 5, search: $search) { totalCount nodes { id } } }`,
          { search },
        ),
      ),
    );

    expect(answers.filter(({ errors }) => errors && errors[0]?.extensions.code !== 'BAD_USER_INPUT')).toEqual(
      [],
    );
  });

  it('can be looked for in the shop', async () => {
    const text =
      'query($search: String, $term: String!) { products(first: 5, search: $search) { totalCount nodes { id } } searchSuggestions(term: $term) { __typename } }';

    const answers = await Promise.all(
      HOSTILE.map((search) => shop.guest().send(text, { search, term: search })),
    );

    expect(answers.filter(({ errors }) => errors && errors[0]?.extensions.code !== 'BAD_USER_INPUT')).toEqual(
      [],
    );
  });

  it('can be typed into every field of a purchase', async () => {
    const browser = shop.guest();
    await browser.ask(ADD, { variantId: mug, quantity: 1 });
    const type = (text: string) =>
      Promise.all([
        browser.send(
          'mutation($t: String) { cartContactUpdate(input: { email: "a@example.test", phone: $t }) { errors { code } } }',
          { t: text },
        ),
        browser.send(
          'mutation($a: AddressInput!) { cartAddressesUpdate(input: { shippingAddress: $a }) { errors { code } } }',
          { a: { ...BRASOV, company: text, line2: text } },
        ),
        browser.send(
          'mutation($t: ID!) { cartShippingMethodSelect(input: { shippingMethodId: $t }) { errors { code } } }',
          { t: text },
        ),
        browser.send(
          'mutation($t: String!) { paymentTestConfirm(input: { clientSecret: $t, cardNumber: "4242 4242 4242 4242" }) { errors { code } } }',
          { t: text },
        ),
        browser.send(
          'mutation($t: String!) { login(input: { email: "a@example.test", password: $t }) { errors { code } } }',
          { t: text },
        ),
        browser.send(
          'query($t: String!, $id: ID!) { product(slug: $t) { id } category(slug: $t) { id } orderByToken(token: $t) { id } node(id: $id) { id } }',
          { t: text, id: text },
        ),
      ]);

    const answers = (await Promise.all(HOSTILE.map(type))).flat();

    expect(
      answers.filter(
        ({ errors }) =>
          errors && !['BAD_USER_INPUT', 'RATE_LIMITED'].includes(errors[0]?.extensions.code ?? ''),
      ),
    ).toEqual([]);
    expect(answers.filter((answer) => INNARDS.test(JSON.stringify(answer)))).toEqual([]);
  });

  it('can be written by staff onto an order', async () => {
    const order = await buy(shop.guest(), [{ variantId: mug, quantity: 1 }], 'notes@example.test');
    const note = (text: string) =>
      staff.send('mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }', {
        input: { orderId: order.id, expectedVersion: 99, idempotencyKey: randomUUID(), reason: text },
      });

    const answers = await Promise.all(HOSTILE.map(note));

    expect(
      answers.filter(({ errors }) => errors && codeOf({ data: {}, errors }) !== 'BAD_USER_INPUT'),
    ).toEqual([]);
  });

  it('in a literal is refused like one in a variable', async () => {
    const answer = await shop.guest().send('{ product(slug: "a\\u0000b") { id } }');

    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
  });
});

describe('a dear document', () => {
  const nested = (depth: number): string =>
    '{ categoryTree ' + '{ id children '.repeat(depth) + '{ id }' + ' }'.repeat(depth) + ' }';
  const spreading = `{ ...F0 } ${Array.from({ length: 40 }, (_, i) => `fragment F${i} on Query { ${i < 39 ? `...F${i + 1} ...F${i + 1}` : '__typename'} }`).join(' ')}`;

  it.each([
    ['nests too deep', nested(20)],
    [
      'asks the same again and again',
      `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: shop { name }`).join(' ')} }`,
    ],
    [
      'asks for too much at once',
      '{ a: products(first: 100) { nodes { variants { id } images { id } options { id values { id } } } } c: products(first: 100) { nodes { id variants { id } } } b: products(first: 100) { nodes { variants { id } images { id } options { id values { id } } } } }',
    ],
    ['spreads fragments that spread fragments', spreading],
  ])('is refused before anything is read: it %s', async (_name, query) => {
    const answer = await shop.guest().send(query);

    expect(codeOf(answer)).toBe('QUERY_TOO_EXPENSIVE');
  });

  it.each([
    ['of endless brackets', `{ ${'... { '.repeat(30_000)}`],
    ['of endless fields', `{ ${'a '.repeat(60_000)} }`],
    ['of endless lists', `{ product(slug: ${'['.repeat(50_000)}`],
  ])('%s is refused while it is read', async (_name, query) => {
    const answer = await shop.guest().send(query);

    expect(codeOf(answer)).toBe('GRAPHQL_PARSE_FAILED');
  });

  it('may be the introspection that every tool asks for', async () => {
    const { __schema } = await shop.guest().ask(getIntrospectionQuery());

    expect(__schema.queryType.name).toBe('Query');
  });

  it('and shows strangers and customers what they can reach, staff everything', async () => {
    const names = async (client: GraphqlClient) => {
      const { __schema, __type } = await client.ask(
        '{ __schema { queryType { fields { name } } types { name } } __type(name: "WebhookEvent") { name } }',
      );
      return [...__schema.queryType.fields, ...__schema.types, __type].map((entry) => entry?.name ?? null);
    };
    const [stranger, customer, staff] = await Promise.all([
      names(shop.guest()),
      shop.customer('alice@example.com', 'Alice@123').then(names),
      shop.staff().then(names),
    ]);

    expect(stranger).toEqual(expect.arrayContaining(['products', 'cart', 'Product']));
    expect(customer).toEqual(stranger);
    for (const hidden of ['webhookEvents', 'customers', 'WebhookEvent', 'Customer']) {
      expect(stranger).not.toContain(hidden);
      expect(staff).toContain(hidden);
    }
  });
});

describe('a misspelt name', () => {
  // Each is close to something that is for staff alone.
  const MISSPELT: [query: string, variables?: Record<string, unknown>][] = [
    ['{ webhookEventz { id } }'],
    ['{ customerz { id } }'],
    ['{ node(id: "x") { ... on Customerr { id } } }'],
    ['query($a: WebhookEvents) { shop { name } }'],
    ['{ customers(frist: 1) { totalCount } }'],
    ['{ customers(filter: { searchh: "x" }, sort: NAMES) { totalCount } }'],
    ['mutation { orderCancel(input: { orderIdd: "x" }) { errors { code } } }'],
    [
      'mutation($input: OrderCancelInput!) { orderCancel(input: $input) { errors { code } } }',
      { input: { orderIdd: 'x', expectedVersion: 1, idempotencyKey: 'x'.repeat(20) } },
    ],
  ];
  const messages = async (client: GraphqlClient): Promise<string[]> => {
    const answers = await Promise.all(MISSPELT.map(([query, variables]) => client.send(query, variables)));
    return answers.map(({ errors }) => (errors ?? []).map(({ message }) => message).join(' '));
  };

  it('is answered to strangers and customers without the names that only staff are shown', async () => {
    const customer = await shop.customer('alice@example.com', 'Alice@123');
    const heard = [...(await messages(shop.guest())), ...(await messages(customer))];

    expect(heard.filter((message) => message === '' || message.includes('Did you mean'))).toEqual([]);
  });

  it('is answered to staff with the names that were perhaps meant', async () => {
    const heard = await messages(staff);

    expect(heard.filter((message) => message.includes('Did you mean'))).toHaveLength(MISSPELT.length);
  });
});

describe('a foreign page', () => {
  const query = '{ shop { name } }';
  const url = () => `${shop.url}/graphql`;

  it.each([
    [
      'a form',
      () =>
        fetch(url(), {
          method: 'POST',
          headers: { 'content-type': 'text/plain' },
          body: JSON.stringify({ query }),
        }),
    ],
    ['a picture', () => fetch(`${url()}?query=${encodeURIComponent(query)}`)],
    [
      'an urlencoded form',
      () =>
        fetch(url(), {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: `query=${query}`,
        }),
    ],
  ])('cannot make a browser ask by %s', async (_name, send) => {
    const response = await send();

    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('"data":{"shop"');
  });

  it('cannot change anything by a link, even one of ours', async () => {
    const change = encodeURIComponent('mutation { logout { ok } }');

    const response = await fetch(`${url()}?query=${change}`, {
      headers: { 'x-vitrine-client': 'storefront' },
    });

    expect(response.status).toBe(405);
  });
});

describe('what goes wrong', () => {
  it('never tells how we are built', async () => {
    const bodies = await Promise.all([
      ...[
        '{',
        '{ nothing }',
        'mutation { cartLineAdd(input: 1) { cart { id } } }',
        '{ orders(first: 0) { nodes { id } } }',
        '{ order(id: "x") { id } }',
      ].map((query) => staff.send(query)),
      ...[
        '/nothing',
        '/media/../../etc/passwd',
        '/media/%2e%2e%2f%2e%2e%2fetc/passwd',
        '/uploads/x',
        '/graphiql/../x',
        '/admin/x.js',
        '/dev/inbox/nothing',
      ].map(async (path) => (await fetch(shop.url + path)).text()),
      ...[
        '{"query":',
        '[]',
        'null',
        '"x"',
        '{"query":1}',
        '{"query":"{ shop { name } }","variables":"x"}',
        'x'.repeat(300_000),
      ].map(async (body) =>
        (
          await fetch(`${shop.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).text(),
      ),
      ...['x', '{}', 'null', '[]'].map(async (body) =>
        (
          await fetch(`${shop.url}/webhooks/stripe`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body,
          })
        ).text(),
      ),
    ]);

    expect(
      bodies
        .map((body) => (typeof body === 'string' ? body : JSON.stringify(body)))
        .filter((body) => INNARDS.test(body)),
    ).toEqual([]);
  });

  it('answers an outage of the database without its words', async () => {
    const broken = await shop.beside({ worker: false });
    const { source } = broken.shop.database;
    // Strangers read over connections of their own, which end with the shop: once is enough.
    const visitors = Reflect.get(broken.shop.database, 'visitors') as { end(): Promise<void> };
    await Promise.all([source.destroy(), visitors.end()]);
    visitors.end = () => Promise.resolve();

    for (const document of [
      '{ products(first: 1) { nodes { id } } }',
      'mutation { cartContactUpdate(input: { email: "a@shop.test" }) { errors { code } } }',
    ]) {
      const answer = await broken.guest().send(document);
      expect(codeOf(answer)).toBe('INTERNAL');
      expect(JSON.stringify(answer)).not.toMatch(INNARDS);
    }
    await broken.shop.database.source.initialize();
    await broken.close();
  });
});

describe('the log', () => {
  it('holds nothing personal and nothing secret of a whole purchase and of its failures', async () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    const watched = await shop.beside({ logger });
    const browser = watched.guest();
    const cart = await readyCart(browser, [{ variantId: mug, quantity: 1 }], 'secret-buyer@example.test');
    const done = await complete(browser, cart);
    const secret = done.paymentSession.clientSecret as string;
    await payWith(browser, secret, DECLINED_CARD);
    await payWith(browser, secret, '4111 1111 1111 1111');
    await payWith(browser, secret, GOOD_CARD);
    await browser.send(
      'mutation { login(input: { email: "secret-buyer@example.test", password: "Secret-Word-1" }) { errors { code } } }',
    );
    await shop.sql(
      "ALTER TABLE cart ADD CONSTRAINT never CHECK (email IS NULL OR email NOT LIKE 'broken%') NOT VALID",
    );
    await browser.ask(ADD, { variantId: mug, quantity: 1 });
    const broken = await browser.send(
      'mutation { cartContactUpdate(input: { email: "broken-secret-buyer@example.test" }) { errors { code } } }',
    );
    await shop.sql('ALTER TABLE cart DROP CONSTRAINT never');
    await watched.close();

    const log = lines.join('');

    expect(codeOf(broken)).toBe('INTERNAL');
    expect(log).toContain('A request failed');
    for (const hidden of [
      'secret-buyer',
      'Secret-Word',
      secret,
      done.orderToken,
      '4242',
      '4111',
      'Strada Lung',
      'Pop',
      browser.cookieHeader().split('=')[1]?.split(';')[0] ?? '',
    ]) {
      expect(log, hidden).not.toContain(hidden);
    }
  });
});

it('and in the end the ledger balances', async () => {
  await assertLedgerBalances(shop);
});
