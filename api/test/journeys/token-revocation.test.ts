import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient, type LiveClient } from '@vitrine/testing/drivers/live-client.js';
import { publishedEvents } from '@vitrine/testing/shop/published-events.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

let shop: TestShop;
let other: TestShop;
let mug: string;
let open: LiveClient[] = [];
beforeAll(async () => {
  shop = await TestShop.open();
  // A second process: what one of them is told counts in both.
  other = await shop.beside({ worker: false });
  mug = await shop.stock({ name: 'Mug', sku: 'SIGNED-MUG', price: 5000, stock: 50 });
});
afterEach(async () => {
  for (const client of open) await client.close();
  open = [];
  await shop.sql(`UPDATE app_user SET role = 'ADMIN' WHERE email = 'admin@example.com'`);
  await shop.sql('DELETE FROM rate_limit');
});
afterAll(async () => {
  await other.close();
  await shop.close();
});

const LOGIN = `mutation($email: EmailAddress!, $password: String!) { login(input: { email: $email, password: $password, tokenDelivery: BODY }) {
  tokens { accessToken refreshToken } errors { code } } }`;
const REFRESH = `mutation($token: String!) { tokenRefresh(input: { refreshToken: $token }) { tokens { accessToken refreshToken } errors { code } } }`;

async function login(email = 'alice@example.com', password = 'Alice@123'): Promise<Tokens> {
  return (await shop.guest().ask(LOGIN, { email, password })).login.tokens as Tokens;
}
const staffTokens = () => login('admin@example.com', 'Admin@123');

const bearer = ({ accessToken }: Tokens, where = shop) =>
  where.guest({ authorization: `Bearer ${accessToken}` });

/** Null while the token is good, else the code it is refused with. */
async function refused(tokens: Tokens, where = shop, query = '{ me { email } }'): Promise<string | null> {
  const { data, errors } = await bearer(tokens, where).send(query);
  if (!errors) expect(Object.values(data)[0]).not.toBeNull();
  return errors?.[0]?.extensions.code ?? null;
}

async function refusedEverywhere(tokens: Tokens): Promise<void> {
  expect(await refused(tokens)).toBe('UNAUTHENTICATED');
  // The other process hears of it a moment later, and at once then.
  await publishedEvents(other.shop);
  expect(await refused(tokens, other)).toBe('UNAUTHENTICATED');
}

async function goodEverywhere(tokens: Tokens): Promise<void> {
  expect([await refused(tokens), await refused(tokens, other)]).toEqual([null, null]);
}

async function page(options: Parameters<typeof liveClient>[1]): Promise<LiveClient> {
  const client = liveClient(shop.url, options);
  open.push(client);
  await client.ready();
  return client;
}

describe('an access token is dead at once, in every process', () => {
  it('after signing out', async () => {
    const [mine, elsewhere] = [await login(), await login()];
    await Promise.all([goodEverywhere(mine), goodEverywhere(elsewhere)]);

    await bearer(mine).ask('mutation { logout { ok } }');

    await refusedEverywhere(mine);
    await goodEverywhere(elsewhere);
  });

  it('after a new password, except on the device that chose it', async () => {
    const [mine, thief] = [
      await login('bob@example.com', 'Bob@123'),
      await login('bob@example.com', 'Bob@123'),
    ];
    await Promise.all([goodEverywhere(mine), goodEverywhere(thief)]);
    const client = await page({ params: { accessToken: thief.accessToken } });

    const change = `mutation { passwordChange(input: { currentPassword: "Bob@123", newPassword: "a new one for Bob" }) { ok errors { code } } }`;
    expect((await bearer(mine).ask(change)).passwordChange).toEqual({ ok: true, errors: [] });

    await refusedEverywhere(thief);
    await goodEverywhere(mine);
    await shop.eventually(async () => client.closed() === 4403);
  });

  it('after the alarm about a refresh token that was spent before', async () => {
    const stolen = await login();
    const renewed = (await shop.guest().ask(REFRESH, { token: stolen.refreshToken })).tokenRefresh.tokens;
    await goodEverywhere(renewed);
    await shop.sql(`UPDATE user_session SET rotated_at = now() - interval '11 seconds'`);

    await shop.guest().ask(REFRESH, { token: stolen.refreshToken });

    await refusedEverywhere(renewed);
  });

  it('after a change of role that somebody typed into the database; the next one says the new role', async () => {
    const staff = await staffTokens();
    const orders = '{ orders(first: 1) { totalCount } }';
    expect([await refused(staff, shop, orders), await refused(staff, other, orders)]).toEqual([null, null]);
    const client = await page({ params: { accessToken: staff.accessToken } });

    await shop.sql(`UPDATE app_user SET role = 'CUSTOMER' WHERE email = 'admin@example.com'`);

    for (const place of [shop, other]) {
      await publishedEvents(place.shop);
      expect(await refused(staff, place, orders)).toBe('UNAUTHENTICATED');
    }
    await shop.eventually(async () => client.closed() === 4403);
    const next = (await shop.guest().ask(REFRESH, { token: staff.refreshToken })).tokenRefresh.tokens;
    expect(await refused(next, shop, orders)).toBe('FORBIDDEN');
  });

  it('also in a process that does not hear of it, because its listening connection is gone', async () => {
    const mine = await login();
    await goodEverywhere(mine);
    await shop.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'vitrine listener' AND datname = current_database()`,
    );
    await shop.eventually(async () => !other.shop.listener.connected && !shop.shop.listener.connected);

    await shop.sql('UPDATE user_session SET revoked_at = now() WHERE revoked_at IS NULL');

    expect([await refused(mine), await refused(mine, other)]).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    await shop.eventually(async () => other.shop.listener.connected && shop.shop.listener.connected);
  });
});

describe('signing out ends whatever session comes along', () => {
  const LOGOUT = 'mutation($input: LogoutInput) { logout(input: $input) { ok errors { code } } }';
  const DONE = { ok: true, errors: [] };
  const ended = async ({ refreshToken }: Tokens) =>
    (await shop.guest().ask(REFRESH, { token: refreshToken })).tokenRefresh.errors.length > 0;

  it('of an app whose access token ran out meanwhile', async () => {
    const late = await shop.beside({ worker: false, env: { ACCESS_TOKEN_MINUTES: '0.01' } });
    const tokens = (await late.guest().ask(LOGIN, { email: 'alice@example.com', password: 'Alice@123' }))
      .login.tokens as Tokens;
    await shop.eventually(async () => (await refused(tokens)) === 'UNAUTHENTICATED');

    expect((await bearer(tokens).ask(LOGOUT)).logout).toEqual(DONE);

    expect(await ended(tokens)).toBe(true);
    await late.close();
  });

  it('of the refresh token that an app gives, whatever became of its access token', async () => {
    const [mine, elsewhere] = [await login(), await login()];
    const app = shop.guest({ authorization: 'Bearer run.out.already' });

    for (let twice = 0; twice < 2; twice++)
      expect((await app.ask(LOGOUT, { input: { refreshToken: mine.refreshToken } })).logout).toEqual(DONE);

    await refusedEverywhere(mine);
    await goodEverywhere(elsewhere);
  });

  it('of a browser that sends an old bearer token beside its cookies', async () => {
    const browser = await shop.customer('alice@example.com', 'Alice@123');
    const cookie = browser.cookieHeader();

    const script = shop.guest({ authorization: 'Bearer run.out.already', cookie });
    expect((await script.ask(LOGOUT)).logout).toEqual(DONE);

    expect((await shop.guest({ cookie }).ask('{ me { id } }')).me).toBeNull();
    const renewed = await shop
      .guest({ cookie })
      .ask('mutation { tokenRefresh(input: {}) { errors { code } } }');
    expect(renewed.tokenRefresh.errors).toEqual([{ code: 'INVALID_TOKEN' }]);
  });

  it('and of nobody else: a made-up token with the name of a session ends none', async () => {
    const mine = await login();
    const [head, claims] = mine.accessToken.split('.');
    const app = shop.guest({ authorization: `Bearer ${head}.${claims}.${'A'.repeat(43)}` });

    expect((await app.ask(LOGOUT, { input: { refreshToken: 'A'.repeat(86) } })).logout).toEqual(DONE);

    await goodEverywhere(mine);
  });
});

describe('a session that ends while its socket is being opened', () => {
  const end = (tokens: Tokens) => bearer(tokens).ask('mutation { logout { ok } }');

  it('closes the socket, although the token was found good before', async () => {
    const mine = await login();
    const { liveSessions } = shop.shop.identity.authenticator;
    const isLive = liveSessions.isLive.bind(liveSessions);
    const asked = vi.spyOn(liveSessions, 'isLive').mockImplementationOnce(async (viewer) => {
      const found = await isLive(viewer);
      await end(mine);
      return found;
    });

    const client = liveClient(shop.url, { params: { accessToken: mine.accessToken } });
    open.push(client);

    await shop.eventually(async () => client.closed() === 4403);
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
  });

  it('leaves none of many sockets open, whichever side of the ending they come to', async () => {
    const mine = await login();
    const opened = Array.from({ length: 12 }, () =>
      liveClient(shop.url, { params: { accessToken: mine.accessToken } }),
    );
    open.push(...opened);
    const overThere = Array.from({ length: 12 }, () =>
      liveClient(other.url, { params: { accessToken: mine.accessToken } }),
    );
    open.push(...overThere);

    await end(mine);

    await shop.eventually(async () => open.every((client) => client.closed() === 4403));
  });
});

describe('a session ends in the end', () => {
  it.each([
    ['a customer', 'alice@example.com', 'Alice@123', 89, 91],
    ['staff', 'admin@example.com', 'Admin@123', 13, 15],
  ])('of %s, however often it is renewed', async (_who, email, password, before, after) => {
    const { refreshToken } = await login(email, password);
    const age = (days: number) =>
      shop.sql(`UPDATE user_session SET created_at = now() - make_interval(days => $1)`, [days]);

    await age(before);
    const { tokens } = (await shop.guest().ask(REFRESH, { token: refreshToken })).tokenRefresh;
    expect(tokens).not.toBeNull();
    await age(after);

    expect((await shop.guest().ask(REFRESH, { token: tokens.refreshToken })).tokenRefresh).toEqual({
      tokens: null,
      errors: [{ code: 'INVALID_TOKEN' }],
    });
  });
});

describe('a bearer token that is not good is said', () => {
  it.each(['Bearer', 'Bearer x', 'Bearer a.b.c', 'bearer  eyJ.eyJ.sig'])(
    'whatever is asked: %s',
    async (header) => {
      const app = shop.guest({ authorization: header });

      for (const query of [
        '{ me { id } }',
        '{ products(first: 1) { nodes { id } } }',
        `mutation { cartLineAdd(input: { variantId: "${mug}", quantity: 1 }) { token } }`,
      ]) {
        const { errors } = await app.send(query);
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
      }
    },
  );

  it('and makes no cart that its customer would never see, nor is it answered from the cache', async () => {
    const tokens = await login();
    const catalogue = '{ products(first: 2) { nodes { slug } } }';
    await bearer(tokens).ask(catalogue);
    await bearer(tokens).ask(catalogue);
    await bearer(tokens).ask('mutation { logout { ok } }');
    const before = await shop.sql('SELECT id FROM cart');

    const codes = [
      await refused(tokens, shop, catalogue),
      await refused(
        tokens,
        shop,
        `mutation { cartLineAdd(input: { variantId: "${mug}", quantity: 1 }) { token } }`,
      ),
    ];

    expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
    expect(await shop.sql('SELECT id FROM cart')).toEqual(before);
  });

  it('but does not keep an app from renewing it, signing in or out', async () => {
    const tokens = await login();
    const app = shop.guest({ authorization: 'Bearer run.out.already' });

    const { tokenRefresh } = await app.ask(REFRESH, { token: tokens.refreshToken });
    expect(tokenRefresh.errors).toEqual([]);
    expect(
      (await app.ask(LOGIN, { email: 'alice@example.com', password: 'Alice@123' })).login.errors,
    ).toEqual([]);
    expect((await app.ask('mutation { logout { ok } }')).logout).toEqual({ ok: true });
    // The answer comes the way the token came, without its being asked for.
    expect(await refused(tokenRefresh.tokens)).toBeNull();
  });

  it('while other kinds of authorization are none of our business', async () => {
    expect((await shop.guest({ authorization: 'Basic c2hvcDpzaG9w' }).ask('{ me { id } }')).me).toBeNull();
  });
});

describe('a cart token that names no cart', () => {
  const add = `mutation { cartLineAdd(input: { variantId: "VARIANT", quantity: 1 }) { token warnings { code } cart { id } errors { code } } }`;
  const adding = async (token: string) =>
    (await shop.guest({ 'x-cart-token': token }).ask(add.replace('VARIANT', mug))).cartLineAdd;

  it('is said when a new cart is made in its place, and the new one goes on', async () => {
    const replaced = await adding('A'.repeat(43));

    expect(replaced).toMatchObject({ warnings: [{ code: 'CART_NOT_FOUND' }], errors: [] });
    expect(await adding(replaced.token)).toMatchObject({
      token: null,
      warnings: [],
      cart: { id: replaced.cart.id },
    });
  });

  it('is nothing to worry about when its cart became an order', async () => {
    const { token } = await adding('B'.repeat(43));
    await shop.sql(`UPDATE cart SET status = 'CONVERTED'`);

    expect(await adding(token)).toMatchObject({ warnings: [], token: expect.any(String) });
  });
});

describe('a request is signed in', () => {
  it.each([
    ['Bearer and the token', (token: string) => `Bearer ${token}`],
    ['bearer in small letters', (token: string) => `bearer ${token}`],
    ['the token alone', (token: string) => token],
  ])('by an Authorization header with %s', async (_how, header) => {
    const client = new GraphqlClient(shop.url, { authorization: header((await staffTokens()).accessToken) });

    expect((await client.send('{ me { role } }')).data?.me).toEqual({ role: 'ADMIN' });
  });

  it('by no header of another scheme, which is somebody else’s affair', async () => {
    const client = new GraphqlClient(shop.url, { authorization: 'Basic YTpi' });

    expect((await client.send('{ me { role } }')).data).toEqual({ me: null });
  });
});

describe('a socket is signed in', () => {
  const PLACED = 'subscription { orderPlaced { number } }';

  it.each([
    ['connectionParams { accessToken }', (token: string) => ({ params: { accessToken: token } })],
    ['{ accessToken } with Bearer', (token: string) => ({ params: { accessToken: `Bearer ${token}` } })],
    ['{ token }', (token: string) => ({ params: { token } })],
    ['{ authToken }', (token: string) => ({ params: { authToken: token } })],
    ['{ authorization } without Bearer', (token: string) => ({ params: { authorization: token } })],
    ['{ authorization }', (token: string) => ({ params: { authorization: `Bearer ${token}` } })],
    ['{ Authorization }', (token: string) => ({ params: { Authorization: `Bearer ${token}` } })],
    [
      '{ headers: { Authorization } }',
      (token: string) => ({ params: { headers: { Authorization: `Bearer ${token}` } } }),
    ],
    [
      '{ headers: { authorization } }',
      (token: string) => ({ params: { headers: { authorization: `bearer ${token}` } } }),
    ],
    [
      'the Authorization of the upgrade',
      (token: string) => ({ headers: { authorization: `Bearer ${token}` } }),
    ],
  ])('by %s', async (_how, options) => {
    const client = await page(options((await staffTokens()).accessToken));
    const heard = client.listen(PLACED);
    const wrong = client.listen('subscription { orderUpdated(orderToken: "x") { number } }');

    await shop.eventually(async () => wrong.errors.length > 0);
    expect(heard.errors).toEqual([]);
  });

  it.each([
    ['client', { client: 'admin' }],
    ['x-vitrine-client', { 'x-vitrine-client': 'admin' }],
    ['headers', { headers: { 'X-Vitrine-Client': 'admin' } }],
  ])('by the cookies of the client it names: %s', async (_how, params) => {
    const cookie = (await shop.staff()).cookieHeader();
    const [named, unnamed] = [await page({ cookie, params }), await page({ cookie })];
    const [heard, other] = [named.listen(PLACED), unnamed.listen(PLACED)];

    await shop.eventually(async () => other.errors.length > 0);
    expect(other.errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    expect(heard.errors).toEqual([]);
  });

  it.each([
    { Authorization: 'Bearer run.out.already' },
    { authorization: 'run.out.already' },
    { authorization: 'Bearer' },
    { accessToken: 'undefined' },
    { token: 'no token at all' },
  ])('or sent away with a token that is not good: %j', async (params) => {
    const client = liveClient(shop.url, { params });
    open.push(client);

    await expect(client.ready()).rejects.toThrow('4403');
  });
});

describe('the database is asked whether a session stands', () => {
  it('once for requests that follow each other, and never for a visitor who is not signed in', async () => {
    const app = bearer(await login());
    const about = (texts: readonly string[]) => texts.filter((text) => text.includes('user_session'));
    await app.ask('{ shop { name } }');

    const signedIn = await countStatements(async () => {
      for (let i = 0; i < 5; i++) await app.ask('{ me { email } }');
    });
    const visitor = await countStatements(() =>
      shop.guest().ask('{ products(first: 3) { nodes { slug } } }'),
    );

    expect(about(signedIn.texts).length).toBeLessThanOrEqual(2);
    expect(about(visitor.texts)).toEqual([]);
  });
});
