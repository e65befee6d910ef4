import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser, IdentityDriver, type Visit } from '@vitrine/testing/drivers/identity-driver.js';
import { hashPassword } from './password.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

interface Done {
  ok: boolean;
  errors: { code: string; path: string[] | null }[];
}

const DONE = '{ ok errors { code path } }';
const SIGN_UP = `mutation ($input: SignUpInput!) { signUp(input: $input) { errors { code } } }`;
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } } }';
const REFRESH = 'mutation { tokenRefresh(input: {}) { errors { code } } }';
const CHANGE = `mutation ($input: PasswordChangeInput!) { passwordChange(input: $input) ${DONE} }`;
const REQUEST = `mutation ($input: PasswordResetRequestInput!) { passwordResetRequest(input: $input) ${DONE} }`;
const RESET = `mutation ($input: PasswordResetInput!) { passwordReset(input: $input) ${DONE} }`;
const DAN = { email: 'dan@shop.example', password: 'castane coapte', firstName: 'Dan', lastName: 'Radu' };
const NEW = 'nuci verzi din Ardeal';

let shop: TestDatabase;
let driver: IdentityDriver;
beforeAll(async () => {
  shop = await testDatabase();
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.database.pool.query('TRUNCATE app_user, rate_limit, outbox CASCADE');
  driver = new IdentityDriver(shop.database);
  await driver.answer(SIGN_UP, { input: DAN });
  await shop.database.pool.query('TRUNCATE outbox');
});

const request = (email: string) => driver.answer<Done>(REQUEST, { input: { email } });
const reset = (token: string, newPassword = NEW) =>
  driver.answer<Done>(RESET, { input: { token, newPassword } });
const canLogin = async (password: string, browser = new Browser()) =>
  (
    await driver.answer<{ user: object | null }>(
      LOGIN,
      { input: { email: DAN.email, password } },
      { browser },
    )
  ).user !== null;
const staysSignedIn = async (browser: Browser) =>
  (await driver.answer<{ errors: object[] }>(REFRESH, {}, { browser })).errors.length === 0;
const change = (input: object, visit: Visit) => driver.answer<Done>(CHANGE, { input }, visit);
const events = async () =>
  (await shop.database.pool.query('SELECT kind, payload FROM outbox')).rows as {
    kind: string;
    payload: { tokenId: string };
  }[];

const mailedLink = (tokenId: string) => driver.identity.passwordResetLink({ id: tokenId, language: 'ro' });

/** The token in the mail that the mail job would send. */
async function mailedToken(): Promise<string> {
  await request(DAN.email);
  const tokenId = (await events()).at(-1)?.payload.tokenId as string;
  return new URL((await mailedLink(tokenId)) as string).searchParams.get('token') as string;
}

/** Resolves once so many statements of this database wait for a lock of another. */
async function waitingForALock(atLeast = 1): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rowCount } = await shop.database.pool.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      );
      expect(rowCount).toBeGreaterThanOrEqual(atLeast);
    },
    { timeout: 60_000 },
  );
}

describe('a forgotten password', () => {
  it('is answered alike for a customer and for a stranger, but only the customer gets mail', async () => {
    const known = await request('DAN@shop.example');
    const unknown = await request('nobody@shop.example');

    expect(known).toEqual({ ok: true, errors: [] });
    expect(unknown).toEqual(known);
    expect((await events()).map(({ kind }) => kind)).toEqual(['identity.password-reset-requested']);
  });

  it('is replaced by the mailed link, once', async () => {
    const token = await mailedToken();

    expect(await reset(token)).toEqual({ ok: true, errors: [] });
    expect(await reset(token, 'another password')).toMatchObject({
      ok: false,
      errors: [{ code: 'INVALID_TOKEN' }],
    });
    expect([await canLogin(NEW), await canLogin(DAN.password)]).toEqual([true, false]);
  });

  it('is replaced once even by a link that is used ten times at once', async () => {
    const token = await mailedToken();

    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => reset(token, `parallel password ${i}`)),
    );

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is mailed with name, language and a link to the shop', async () => {
    await request(DAN.email);

    const tokenId = (await events())[0]?.payload.tokenId as string;
    const mail = await driver.identity.passwordResetMail(tokenId);

    expect(mail).toMatchObject({ email: DAN.email, firstName: 'Dan', language: 'ro' });
    expect(await mailedLink(tokenId)).toMatch(/^https:\/\/shop\.example\/reset-password\?token=[\w-]{54}$/);
  });

  it('leaves nothing in the database that would open the account', async () => {
    const token = await mailedToken();

    const { rows } = await shop.database.pool.query(
      'SELECT one_time_token::text || outbox::text AS everything FROM one_time_token, outbox',
    );

    expect((rows as { everything: string }[]).map(({ everything }) => everything).join()).not.toContain(
      token,
    );
  });

  it('ends every session and every other link, and shows that the mailbox is theirs', async () => {
    const browser = new Browser();
    await canLogin(DAN.password, browser);
    const [first, second] = [await mailedToken(), await mailedToken()];

    await reset(second);

    expect(await staysSignedIn(browser)).toBe(false);
    expect((await reset(first)).errors).toMatchObject([{ code: 'INVALID_TOKEN', path: ['token'] }]);
    expect(
      (await shop.database.pool.query('SELECT 1 FROM app_user WHERE email_verified_at IS NOT NULL')).rowCount,
    ).toBe(1);
  });

  it('cannot be replaced by a link that is forged or an hour old', async () => {
    const token = await mailedToken();
    const forged = Buffer.from(token, 'base64url');
    forged[39] = (forged[39] as number) ^ 1;

    expect((await reset(forged.toString('base64url'))).errors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
    await shop.database.pool.query('UPDATE one_time_token SET expires_at = now()');
    expect((await reset(token)).errors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
    const [event] = await events();
    expect(await driver.identity.passwordResetMail(event?.payload.tokenId as string)).toBeNull();
  });

  it('keeps the link good when the new password is refused', async () => {
    const token = await mailedToken();

    expect((await reset(token, 'password')).errors).toMatchObject([
      { code: 'WEAK_PASSWORD', path: ['newPassword'] },
    ]);
    expect((await reset(token)).ok).toBe(true);
  });

  it('does not fill a mailbox: after three mails there is a pause, which keeps nobody from a new password', async () => {
    // A stranger requests first, repeatedly, from another network.
    for (let i = 0; i < 4; i++)
      await driver.ask(REQUEST, { input: { email: DAN.email } }, { ip: '203.0.113.7' });

    const asked = await driver.ask(REQUEST, { input: { email: DAN.email } });

    expect(asked.errors).toBeUndefined();
    expect(await events()).toHaveLength(3);
    const tokenId = (await events()).at(-1)?.payload.tokenId as string;
    const link = (await mailedLink(tokenId)) ?? '';
    expect((await reset(new URL(link).searchParams.get('token') ?? '')).ok).toBe(true);
  });
});

describe('changing the password', () => {
  it('keeps this device signed in and no other, and voids links that are under way', async () => {
    const [here, elsewhere] = [new Browser(), new Browser()];
    await canLogin(DAN.password, here);
    await canLogin(DAN.password, elsewhere);
    const token = await mailedToken();

    const { ok } = await change({ currentPassword: DAN.password, newPassword: NEW }, { browser: here });

    expect(ok).toBe(true);
    expect([await staysSignedIn(here), await staysSignedIn(elsewhere)]).toEqual([true, false]);
    expect((await reset(token)).ok).toBe(false);
    expect(await canLogin(NEW)).toBe(true);
  });

  it('is chosen once of eight times at once: who knows only the old one cannot overwrite the new', async () => {
    const browser = new Browser();
    await canLogin(DAN.password, browser);
    const chosen = Array.from({ length: 8 }, (_, i) => `parallel password ${i}`);

    const answers = await Promise.all(
      chosen.map((newPassword) => change({ currentPassword: DAN.password, newPassword }, { browser })),
    );
    const winner = chosen[answers.findIndex(({ ok }) => ok)];

    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter(({ ok }) => !ok).map(({ errors }) => errors[0]?.code)).toEqual(
      Array(7).fill('INVALID_CREDENTIALS'),
    );
    expect([await canLogin(String(winner)), await canLogin(DAN.password)]).toEqual([true, false]);
  });

  it('leaves no session to a login that compared the old one just before', async () => {
    const hash = await hashPassword(NEW);
    const connection = await shop.database.pool.connect();
    await connection.query('BEGIN');
    await connection.query('UPDATE app_user SET password_hash = $1', [hash]);

    // It reads the old password, and finds it right, before the change is committed.
    const login = canLogin(DAN.password);
    await waitingForALock();
    await connection.query('UPDATE user_session SET revoked_at = now() WHERE revoked_at IS NULL');
    await connection.query('COMMIT');
    connection.release();

    expect(await login).toBe(false);
    const live = await shop.database.pool.query('SELECT FROM user_session WHERE revoked_at IS NULL');
    expect(live.rowCount).toBe(0);
  });

  it('ends the session of a login that was a moment earlier', async () => {
    const { rows } = await shop.database.pool.query('SELECT id, password_hash FROM app_user');
    const [account] = rows as { id: string; password_hash: string }[];
    const earlier = await shop.database.pool.connect();
    await earlier.query('BEGIN');
    await earlier.query('SELECT FROM app_user WHERE password_hash = $1 FOR SHARE', [account?.password_hash]);
    const changed = reset(await mailedToken());
    await waitingForALock();
    await earlier.query(
      "INSERT INTO user_session (id, user_id, refresh_hash, expires_at) VALUES (gen_random_uuid(), $1, 'x', now() + interval '1 day')",
      [account?.id],
    );
    await earlier.query('COMMIT');
    earlier.release();

    expect((await changed).ok).toBe(true);
    const live = await shop.database.pool.query('SELECT FROM user_session WHERE revoked_at IS NULL');
    expect(live.rowCount).toBe(0);
  });

  it('is long enough for staff also where its holder becomes staff while it is being changed', async () => {
    const short = 'nuci 2026';
    const browser = new Browser();
    await canLogin(DAN.password, browser);
    const token = await mailedToken();
    const promotion = await shop.database.pool.connect();
    await promotion.query('BEGIN');
    await promotion.query(`UPDATE app_user SET role = 'SUPPORT'`);

    // Both found the short password good enough for a customer, and wait for the row of the account.
    const changed = change({ currentPassword: DAN.password, newPassword: short }, { browser });
    const replaced = reset(token, short);
    await waitingForALock(2);
    await promotion.query('COMMIT');
    promotion.release();

    expect((await changed).errors.map(({ code }) => code)).toEqual(['INVALID_CREDENTIALS']);
    expect((await replaced).errors.map(({ code }) => code)).toEqual(['INVALID_TOKEN']);
    expect([await canLogin(short), await canLogin(DAN.password)]).toEqual([false, true]);
    // The link is still good, for a password of staff.
    expect((await reset(token, short)).errors.map(({ code }) => code)).toEqual(['STAFF_PASSWORD_TOO_SHORT']);
    expect((await reset(token, NEW)).ok).toBe(true);
  });

  it('asks for the present password, and for a good new one', async () => {
    const browser = new Browser();
    await canLogin(DAN.password, browser);

    const wrong = await change({ currentPassword: 'guess', newPassword: NEW }, { browser });
    const weak = await change({ currentPassword: DAN.password, newPassword: DAN.email }, { browser });

    expect(wrong.errors).toEqual([{ code: 'INVALID_CREDENTIALS', path: ['currentPassword'] }]);
    expect(weak.errors).toEqual([{ code: 'WEAK_PASSWORD', path: ['newPassword'] }]);
    expect(await canLogin(DAN.password)).toBe(true);
  });

  it('is only for the signed-in', async () => {
    const { errors } = await driver.ask(CHANGE, { input: { currentPassword: 'x', newPassword: NEW } });

    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});
