import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser, IdentityDriver, type Visit } from '@vitrine/testing/drivers/identity-driver.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { cleanUpIdentity } from './clean-up-identity.job.js';

interface Answer {
  tokens: { accessToken: string; refreshToken: string } | null;
  errors: { code: string }[];
}

const ANSWER = '{ tokens { accessToken refreshToken } errors { code } }';
const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) ${ANSWER} }`;
const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) ${ANSWER} }`;
const REFRESH = `mutation ($input: TokenRefreshInput!) { tokenRefresh(input: $input) ${ANSWER} }`;
const CARLA = { email: 'carla@shop.example', password: 'trandafir verde' };

let shop: TestDatabase;
let driver: IdentityDriver;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.database.pool.query('TRUNCATE app_user, rate_limit, outbox CASCADE');
  driver = new IdentityDriver(shop.database);
  await driver.answer(SIGN_UP, { input: { ...CARLA, firstName: 'Carla', lastName: 'Pop' } });
});

const login = (input: object = {}, visit: Visit = {}) =>
  driver.answer<Answer>(LOGIN, { input: { ...CARLA, ...input } }, visit);
const refresh = (input: object, visit: Visit = {}) => driver.answer<Answer>(REFRESH, { input }, visit);
const me = (visit: Visit) => driver.answer<{ role: string } | null>('{ me { role } }', {}, visit);
const withTokens = async () =>
  (await login({ tokenDelivery: 'BODY' })).tokens as NonNullable<Answer['tokens']>;
const codes = ({ errors }: Answer) => errors.map(({ code }) => code);

describe('staying signed in', () => {
  it('goes on from token to token', async () => {
    let { refreshToken } = await withTokens();
    for (let i = 0; i < 3; i++) {
      const { tokens, errors } = await refresh({ refreshToken, tokenDelivery: 'BODY' });
      expect(errors).toEqual([]);
      expect(tokens?.refreshToken).not.toBe(refreshToken);
      refreshToken = tokens?.refreshToken as string;
    }
  });

  it('goes on when two tabs refresh at once, whichever answer the browser keeps', async () => {
    const browser = new Browser();
    await login({}, { browser });
    const tabs = [browser, browser.copy(), browser.copy()];

    const answers = await Promise.all(tabs.map((tab) => refresh({}, { browser: tab })));

    expect(answers.flatMap(codes)).toEqual([]);
    expect(new Set(tabs.map((tab) => tab.get('vitrine_refresh'))).size).toBe(1);
    expect(codes(await refresh({}, { browser: tabs[2] as Browser }))).toEqual([]);
  });

  it.each([1, 2, 3])(
    'ends for thief and owner when a token comes back that was spent %i times ago',
    async (ago) => {
      const stolen = await withTokens();
      let latest = stolen.refreshToken;
      for (let i = 0; i < ago; i++)
        latest = (await refresh({ refreshToken: latest, tokenDelivery: 'BODY' })).tokens
          ?.refreshToken as string;
      await shop.database.pool.query(`UPDATE user_session SET rotated_at = now() - interval '11 seconds'`);

      const thief = await refresh({ refreshToken: stolen.refreshToken, tokenDelivery: 'BODY' });
      const owner = await refresh({ refreshToken: latest, tokenDelivery: 'BODY' });

      expect(codes(thief)).toEqual(['INVALID_TOKEN']);
      expect(codes(owner)).toEqual(['INVALID_TOKEN']);
    },
  );

  it('does not end for a token that somebody made up', async () => {
    const { refreshToken } = await withTokens();
    const bytes = Buffer.from(refreshToken, 'base64url');
    bytes[40] = (bytes[40] as number) ^ 1;

    for (const forged of [bytes.toString('base64url'), `${refreshToken}=`, 'nonsense', '']) {
      expect(codes(await refresh({ refreshToken: forged, tokenDelivery: 'BODY' }))).toEqual([
        'INVALID_TOKEN',
      ]);
    }
    expect(codes(await refresh({ refreshToken, tokenDelivery: 'BODY' }))).toEqual([]);
  });

  it('ends when it has not been used for the whole lifetime, and clears the cookies', async () => {
    const browser = new Browser();
    await login({}, { browser });
    await shop.database.pool.query(`UPDATE user_session SET expires_at = now()`);

    expect(codes(await refresh({}, { browser }))).toEqual(['INVALID_TOKEN']);
    expect(Object.values(browser.cookies)).toEqual([undefined, undefined]);
  });

  it('ends by logging out, also when the access token has run out', async () => {
    const browser = new Browser();
    await login({}, { browser });
    const spare = browser.copy();
    browser.kept.delete('vitrine_access');

    const { ok } = await driver.answer<{ ok: boolean }>('mutation { logout { ok } }', {}, { browser });

    expect(ok).toBe(true);
    expect(codes(await refresh({}, { browser: spare }))).toEqual(['INVALID_TOKEN']);
    expect(await driver.answer('mutation { logout { ok } }')).toEqual({ ok: true });
  });

  it('takes a new role along from the next refresh on', async () => {
    const browser = new Browser();
    await login({}, { browser });
    await shop.database.pool.query(`UPDATE app_user SET role = 'MANAGER'`);

    await refresh({}, { browser });

    expect(await me({ browser })).toMatchObject({ role: 'MANAGER' });
    const context = await driver.contextOf({ browser });
    expect(context.viewer?.permissions.has('CATALOG_WRITE' as never)).toBe(true);
  });
});

describe('an access token', () => {
  it('is good until it runs out', async () => {
    const { accessToken } = await withTokens();
    const later = (minutes: number) => ({ now: () => new Date(Date.now() + minutes * 60_000) });

    driver = new IdentityDriver(shop.database, { clock: later(29) });
    expect(await me({ bearer: accessToken })).not.toBeNull();
    driver = new IdentityDriver(shop.database, { clock: later(31) });
    expect(await me({ bearer: accessToken })).toBeNull();
  });

  it('is worth nothing when it was changed, unsigned or signed by somebody else', async () => {
    const { accessToken } = await withTokens();
    const [header = '', body = '', signature = ''] = accessToken.split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'OWNER' };
    const promoted = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url');

    for (const forged of [
      `${header}.${promoted}.${signature}`,
      `${unsigned}.${promoted}.`,
      `${unsigned}.${promoted}.x`,
      `${header}.${body}.AAAA`,
    ]) {
      expect(await me({ bearer: forged })).toBeNull();
    }
  });

  it('is good no longer than its session', async () => {
    const { accessToken } = await withTokens();
    await shop.database.pool.query('DELETE FROM user_session');

    expect((await driver.contextOf({ bearer: accessToken })).viewer).toBeNull();
  });
});

describe('the nightly clean-up', () => {
  it('throws away what nobody can use any more, and only that', async () => {
    const browser = new Browser();
    await login({}, { browser });
    await shop.database.pool.query(
      `UPDATE user_session SET expires_at = now() - interval '31 days' WHERE id = (SELECT min(id::text)::uuid FROM user_session)`,
    );
    await shop.database.pool.query(
      `INSERT INTO rate_limit (key, tokens, updated_at) VALUES ('old', 0, now() - interval '25 hours')`,
    );

    await cleanUpIdentity(shop.database).run({});

    expect((await shop.database.pool.query('SELECT 1 FROM user_session')).rowCount).toBe(1);
    expect((await shop.database.pool.query(`SELECT 1 FROM rate_limit WHERE key = 'old'`)).rowCount).toBe(0);
    expect(codes(await refresh({}, { browser }))).toEqual([]);
  });
});
