import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, IdentityDriver, type Visit } from '@vitrine/testing/drivers/identity-driver.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { seedDemoUsers, type SignedInEvent } from '../index.js';

interface Answer {
  user: { id: string; email: string; firstName: string } | null;
  tokens: { accessToken: string; refreshToken: string } | null;
  errors: { code: string; path: string[] | null }[];
}

const ANSWER =
  '{ user { id email firstName } tokens { accessToken refreshToken } errors { code message path } }';
const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) ${ANSWER} }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) ${ANSWER} }`;
const REFRESH = `mutation ($input: TokenRefreshInput!) { tokenRefresh(input: $input) ${ANSWER} }`;
const ME = '{ me { email role permissions language emailVerified } }';
const CARLA = {
  email: 'Carla@shop.example',
  password: 'trandafir verde',
  firstName: ' Carla ',
  lastName: 'Pop',
};

let shop: TestDatabase;
let driver: IdentityDriver;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.database.pool.query('TRUNCATE app_user, rate_limit, outbox CASCADE');
  driver = new IdentityDriver(shop.database);
});

const signUp = (input: object = {}, visit: Visit = {}) =>
  driver.answer<Answer>(SIGN_UP, { input: { ...CARLA, ...input } }, visit);
const login = (input: object = {}, visit: Visit = {}) =>
  driver.answer<Answer>(LOGIN, { input: { email: CARLA.email, password: CARLA.password, ...input } }, visit);
const refresh = (input: object, visit: Visit = {}) => driver.answer<Answer>(REFRESH, { input }, visit);
const me = (visit: Visit) => driver.answer<{ email: string } | null>(ME, {}, visit);
const withTokens = async () =>
  (await login({ tokenDelivery: 'BODY' })).tokens as NonNullable<Answer['tokens']>;
const codes = ({ errors }: Answer) => errors.map(({ code }) => code);

describe('an account', () => {
  it('is made by signing up and signed in at once, with the welcome to follow', async () => {
    const browser = new Browser();

    const { user, errors } = await signUp({}, { browser });

    expect(errors).toEqual([]);
    expect(user).toMatchObject({ email: 'Carla@shop.example', firstName: 'Carla' });
    expect(await me({ browser })).toMatchObject({
      email: 'Carla@shop.example',
      role: 'CUSTOMER',
      permissions: [],
      language: 'RO',
    });
    expect((await shop.database.pool.query('SELECT kind FROM outbox ORDER BY kind')).rows).toEqual([
      { kind: 'identity.email-verify-requested' },
      { kind: 'identity.signed-up' },
    ]);
  });

  it('is made once, however often and in whatever capitals the button is pressed', async () => {
    const visits = Array.from({ length: 20 }, (_, i) =>
      signUp({ email: i % 2 ? CARLA.email : CARLA.email.toUpperCase() }),
    );

    const answers = await Promise.all(visits);

    expect(answers.filter(({ user }) => user)).toHaveLength(1);
    expect(answers.flatMap(codes)).toEqual(Array(19).fill('EMAIL_TAKEN'));
    expect((await shop.database.pool.query('SELECT 1 FROM app_user')).rowCount).toBe(1);
  });

  it('keeps no password, no token and no secret in clear', async () => {
    await signUp();
    const { refreshToken } = await withTokens();

    const { rows } = await shop.database.pool.query(
      `SELECT app_user::text || user_session::text AS everything FROM user_session JOIN app_user ON true`,
    );

    for (const { everything } of rows as { everything: string }[]) {
      expect(everything).not.toContain(CARLA.password);
      expect(everything).not.toContain(refreshToken);
    }
  });

  it.each([
    '',
    'short',
    'x'.repeat(201),
    'carla@SHOP.example',
    'Password123',
    'aaaaaaaaaa',
    'Parola123',
    'Password123!',
    'Summer2026',
    'Été-2026!!',
    '!!qwerty2025',
    '12345678901',
    '0987654321',
    'qwertyuiop1',
    'Vitrine2026!',
    'Brasov2026!',
  ])('is refused with the weak password "%s"', async (password) => {
    expect(codes(await signUp({ password }))).toEqual(['WEAK_PASSWORD']);
  });

  it('is refused with a name that could break a mail', async () => {
    const { errors } = await signUp({ firstName: 'Carla\r\nBcc: all@example.com', lastName: '  ' });

    expect(errors).toMatchObject([
      { code: 'INVALID_INPUT', path: ['firstName'] },
      { code: 'INVALID_INPUT', path: ['lastName'] },
    ]);
  });
});

describe('signing in', () => {
  beforeEach(() => signUp());

  it('answers a wrong password and an unknown e-mail in the same words', async () => {
    const wrong = await login({ password: 'trandafir galben' });
    const unknown = await login({ email: 'nobody@shop.example' });

    expect(codes(wrong)).toEqual(['INVALID_CREDENTIALS']);
    expect(unknown).toEqual(wrong);
  });

  it('takes about as long for an unknown e-mail as for a wrong password', async () => {
    await login({ email: 'warm@shop.example' });
    const [wrong, unknown]: [number[], number[]] = [[], []];
    for (let i = 0; i < 7; i++) {
      wrong.push(await timed(() => login({ password: 'trandafir galben' })));
      unknown.push(await timed(() => login({ email: 'nobody@shop.example' })));
    }

    // The least of each, because other work of the machine only adds. Without the dummy verification this is below 0.1.
    const ratio = Math.min(...unknown) / Math.min(...wrong);
    expect(ratio).toBeGreaterThan(0.3);
    expect(ratio).toBeLessThan(3);
  });

  it('hands a guest cart over, and goes well even when that fails', async () => {
    const events: SignedInEvent[] = [];
    const onSignedIn = async (event: SignedInEvent) => {
      events.push(event);
      throw new Error('no cart today');
    };
    driver = new IdentityDriver(shop.database, { onSignedIn });

    const { user } = await login({}, { cartToken: 'guest cart' });
    await login({}, { cartToken: 'guest cart', client: 'admin' });

    expect(user?.email).toBe(CARLA.email);
    expect(events).toMatchObject([{ cartToken: 'guest cart' }]);
  });

  it('keeps the tokens from scripts: in cookies, the refresh token only for the GraphQL endpoint', async () => {
    const browser = new Browser();

    const { tokens } = await login({}, { browser });

    expect(tokens).toBeNull();
    expect([...browser.kept].map(([name, { path }]) => [name, path])).toEqual([
      ['vitrine_access', '/'],
      ['vitrine_refresh', '/graphql'],
    ]);
    expect(codes(await refresh({ tokenDelivery: 'BODY' }, { browser }))).toEqual(['INVALID_TOKEN']);
    expect(await me({ browser })).not.toBeNull();
  });

  it('goes by bearer token for clients without cookies', async () => {
    const browser = new Browser();
    const { tokens } = await login({ tokenDelivery: 'BODY' }, { browser });

    expect(browser.kept.size).toBe(0);
    expect(await me({ bearer: tokens?.accessToken as string })).toMatchObject({ email: CARLA.email });
  });

  it('keeps storefront and admin apart in one browser', async () => {
    await seedDemoUsers(shop.database, { isProduction: false });
    const browser = new Browser();
    await login({}, { browser });
    await login({ email: 'admin@example.com', password: 'Admin@123' }, { browser, client: 'admin' });

    await driver.answer('mutation { logout { ok } }', {}, { browser, client: 'storefront' });

    expect(await me({ browser, client: 'storefront' })).toBeNull();
    expect(await me({ browser, client: 'admin' })).toMatchObject({ role: 'ADMIN' });
  });

  it('works for a WebSocket by the cookie of its upgrade request or by a token', async () => {
    const browser = new Browser();
    await login({}, { browser, client: 'admin' });
    const { accessToken } = await withTokens();
    const connected = (params: unknown, cookies: Record<string, string | undefined>) =>
      driver.identity.authenticator.viewerFromConnection({ params, cookies, headers: {} });

    expect((await connected({ client: 'admin' }, browser.cookies)).viewer).not.toBeNull();
    expect((await connected({}, browser.cookies)).viewer).toBeNull();
    expect((await connected({ accessToken }, {})).viewer).not.toBeNull();
    expect((await connected(null, {})).viewer).toBeNull();
  });

  it('with a demo account is refused in production, where nobody can make or take one', async () => {
    await seedDemoUsers(shop.database, { isProduction: false });
    driver = new IdentityDriver(shop.database, { isProduction: true });
    const alice = { email: 'ALICE@example.com', password: 'Alice@123' };

    expect(codes(await login(alice))).toEqual(['INVALID_CREDENTIALS']);
    expect(codes(await signUp({ email: 'bob@example.com' }))).toEqual(['EMAIL_TAKEN']);
    await expect(seedDemoUsers(shop.database, { isProduction: true })).rejects.toThrow('production');
  });

  it('with each demo account works everywhere else, seeded however often', async () => {
    await seedDemoUsers(shop.database, { isProduction: false });
    await seedDemoUsers(shop.database, { isProduction: false });

    for (const [email, password] of [
      ['admin@example.com', 'Admin@123'],
      ['alice@example.com', 'Alice@123'],
      ['bob@example.com', 'Bob@123'],
    ]) {
      expect((await login({ email, password })).user?.email).toBe(email);
    }
  });
});

describe('guessing passwords', () => {
  beforeEach(() => signUp());

  it('is stopped after ten attempts at one account, while others still get in', async () => {
    for (let i = 0; i < 10; i++)
      expect(codes(await login({ password: `guess number ${i}` }))).toEqual(['INVALID_CREDENTIALS']);

    const { errors } = await driver.ask(LOGIN, {
      input: { email: CARLA.email.toUpperCase(), password: CARLA.password },
    });

    expect(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfter: expect.any(Number) });
    expect((await login({}, { ip: '198.51.100.1' })).user).not.toBeNull();
  });

  it('leaves no e-mail in the table of limits', async () => {
    await login();

    const { rows } = await shop.database.pool.query('SELECT key FROM rate_limit');

    expect(rows.length).toBeGreaterThan(1);
    for (const { key } of rows as { key: string }[]) expect(key).toMatch(/^[\w-]{43}$/);
  });
});

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
