import { Secret, TOTP } from 'otpauth';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';
import { runShopCommand } from '../../src/app/shop-commands.js';
import { createLogger } from '../../src/kernel/logger.js';

const OWNER = { email: 'admin@example.com', password: 'Admin@123' };
const ALICE = { email: 'alice@example.com', password: 'Alice@123' };
const BOB = { email: 'bob@example.com', password: 'Bob@123' };

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open();
});
afterAll(() => shop.close());

/** Ana owns the shop, Alice is an administrator, Bob works in support, and nobody has a second factor. */
beforeEach(async () => {
  await workIsDone(shop);
  await shop.sql('DELETE FROM rate_limit');
  await shop.sql('DELETE FROM recovery_code');
  await shop.sql('DELETE FROM user_totp');
  await shop.sql('UPDATE staff_member SET locked_at = NULL, locked_by = NULL');
  for (const [email, role] of [
    [OWNER.email, 'OWNER'],
    [ALICE.email, 'ADMIN'],
    [BOB.email, 'SUPPORT'],
  ])
    await shop.sql('UPDATE app_user SET role = $2 WHERE email = $1', [email, role]);
});

const ME = '{ me { email } }';
const CHALLENGE = 'user { email } secondFactor { token expiresAt } errors { code path }';

/** The code that an app shows which has this secret. */
function codeOf(secret: string): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: shop.clock.now().getTime() });
}
/** Half a minute later the app shows another one. */
function nextCodeOf(secret: string): string {
  shop.clock.advance(30_000);
  return codeOf(secret);
}

async function press(by: GraphqlClient, name: string, input: Answer, fields: string): Promise<Answer> {
  const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
  return (await by.ask(`mutation($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, { input }))[
    name
  ];
}
const codes = ({ errors }: Answer): string[] => errors.map((error: Answer) => error.code);

interface WithFactor {
  readonly by: GraphqlClient;
  readonly secret: string;
  readonly recoveryCodes: string[];
}

/** Somebody switches it on, as on the page. */
async function switchedOn(account: typeof BOB): Promise<WithFactor> {
  const by = await shop.staff(account);
  const { password } = account;
  const { secret } = await press(by, 'totpStart', { password }, 'secret errors { code }');
  const { recoveryCodes } = await press(
    by,
    'totpConfirm',
    { code: codeOf(secret) },
    'recoveryCodes errors { code }',
  );
  return { by, secret, recoveryCodes };
}
const login = (account: typeof BOB, by: GraphqlClient = shop.guest()): Promise<Answer> =>
  press(by, 'login', account, CHALLENGE);
const tokenOf = async (account: typeof BOB): Promise<string> => (await login(account)).secondFactor.token;
const second = (token: string, code: string, by: GraphqlClient = shop.guest()): Promise<Answer> =>
  press(by, 'loginSecondFactor', { token, code }, CHALLENGE);

/** The mails about accounts so far, the oldest first: tests compare with those of before. */
async function mailsSoFar(email: string): Promise<string[]> {
  await workIsDone(shop);
  const text = 'SELECT template FROM email WHERE recipient = $1 ORDER BY created_at, id';
  return (await shop.sql<{ template: string }>(text, [email])).map(({ template }) => template);
}
let before: number;
beforeEach(async () => {
  before = (await mailsSoFar(BOB.email)).length;
});
/** Mails of one moment are written in any order. */
const mailsToBob = async (): Promise<string[]> => (await mailsSoFar(BOB.email)).slice(before).sort();

describe('who works in the shop', () => {
  it('switches a second factor on with the password and a code of the app; other devices are signed out', async () => {
    const [here, there] = [await shop.staff(BOB), await shop.staff(BOB)];

    const wrong = await press(here, 'totpStart', { password: 'Wrong@123' }, 'secret errors { code path }');
    const begun = await press(
      here,
      'totpStart',
      { password: BOB.password },
      'secret address errors { code }',
    );
    const typo = await press(here, 'totpConfirm', { code: '000000' }, 'recoveryCodes errors { code path }');
    const meanwhile = await here.ask('{ mySecondFactor { since } }');
    const done = await press(
      here,
      'totpConfirm',
      { code: codeOf(begun.secret) },
      'recoveryCodes errors { code }',
    );

    expect(wrong).toEqual({ secret: null, errors: [{ code: 'INVALID_CREDENTIALS', path: ['password'] }] });
    expect(begun.address).toMatch(
      new RegExp(`^otpauth://totp/[^:]+:bob%40example\\.com\\?.*secret=${begun.secret}`),
    );
    expect(typo).toEqual({ recoveryCodes: [], errors: [{ code: 'SECOND_FACTOR_WRONG', path: ['code'] }] });
    expect(meanwhile).toEqual({ mySecondFactor: null });
    expect(new Set(done.recoveryCodes).size).toBe(10);
    expect(done.recoveryCodes[0]).toMatch(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
    expect(await here.ask('{ me { email } mySecondFactor { recoveryCodesLeft } }')).toEqual({
      me: { email: BOB.email },
      mySecondFactor: { recoveryCodesLeft: 10 },
    });
    expect(await there.ask(ME)).toEqual({ me: null });
    expect(await mailsToBob()).toEqual(['second-factor-on']);
  });

  it('signs in with both from then on, in the admin and in the shop: the password alone opens nothing', async () => {
    const { secret } = await switchedOn(BOB);

    for (const client of ['admin', 'storefront']) {
      const browser = shop.guest({ 'x-vitrine-client': client });
      const first = await login(BOB, browser);
      expect(first).toMatchObject({ user: null, errors: [{ code: 'SECOND_FACTOR_REQUIRED' }] });
      expect(await browser.ask(ME)).toEqual({ me: null });

      const { token } = first.secondFactor;
      const wrong = await second(token, '123456', browser);
      const right = await second(token, nextCodeOf(secret), browser);

      expect(wrong).toMatchObject({ user: null, errors: [{ code: 'SECOND_FACTOR_WRONG', path: ['code'] }] });
      expect(right).toMatchObject({ user: { email: BOB.email }, secondFactor: null, errors: [] });
      expect(await browser.ask(ME)).toEqual({ me: { email: BOB.email } });
      expect(codes(await second(token, nextCodeOf(secret), browser))).toEqual(['INVALID_TOKEN']);
    }
  });

  it('learns nothing from a wrong password, which is answered as for anybody', async () => {
    await switchedOn(BOB);

    const refused = await login({ ...BOB, password: 'Wrong@123' });

    expect(refused).toMatchObject({ secondFactor: null, errors: [{ code: 'INVALID_CREDENTIALS' }] });
  });

  it('opens one session with one code, however many use it at once, and none with an older one', async () => {
    const { secret } = await switchedOn(BOB);
    const tokens = await Promise.all(Array.from({ length: 4 }, () => tokenOf(BOB)));
    const old = nextCodeOf(secret);
    const code = nextCodeOf(secret);

    const answers = await Promise.all(tokens.map((token) => second(token, code)));
    await shop.sql('DELETE FROM rate_limit');
    const late = await second(await tokenOf(BOB), old);

    expect(answers.map(codes).sort()).toEqual([
      [],
      ['SECOND_FACTOR_WRONG'],
      ['SECOND_FACTOR_WRONG'],
      ['SECOND_FACTOR_WRONG'],
    ]);
    expect(codes(late)).toEqual(['SECOND_FACTOR_WRONG']);
  });

  it('takes a recovery code in its place, once, as it was written down, and is told by mail', async () => {
    const { recoveryCodes } = await switchedOn(BOB);
    const [written = '', unused = ''] = recoveryCodes;
    const typed = ` ${written.toLowerCase().replaceAll('-', ' ')} `;
    const tokens = await Promise.all(Array.from({ length: 4 }, () => tokenOf(BOB)));

    const answers = await Promise.all(tokens.map((token) => second(token, typed)));
    await shop.sql('DELETE FROM rate_limit');
    const by = shop.guest({ 'x-vitrine-client': 'admin' });
    const other = await second(await tokenOf(BOB), unused, by);

    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(codes(other)).toEqual([]);
    expect(await by.ask('{ mySecondFactor { recoveryCodesLeft } }')).toEqual({
      mySecondFactor: { recoveryCodesLeft: 8 },
    });
    expect(await mailsToBob()).toEqual(['recovery-code-used', 'recovery-code-used', 'second-factor-on']);
  });

  it('is kept from guessing: after five wrong codes no code is compared for minutes, from nowhere', async () => {
    const { secret } = await switchedOn(BOB);
    await shop.sql('DELETE FROM rate_limit');
    const token = await tokenOf(BOB);
    for (let tried = 0; tried < 5; tried++) await second(token, '000000');

    const text = `mutation($input: LoginSecondFactorInput!) { loginSecondFactor(input: $input) { errors { code } } }`;
    const input = { token, code: nextCodeOf(secret) };
    const sixth = await shop.guest({ 'x-forwarded-for': '203.0.113.9' }).send(text, { input });

    expect(sixth.errors?.[0]?.extensions.code).toBe('RATE_LIMITED');
  });

  it('begins with the password again when it was changed, the account was locked, or five minutes went by', async () => {
    const { by, secret } = await switchedOn(BOB);
    const [changed, locked, old] = [await tokenOf(BOB), await tokenOf(BOB), await tokenOf(BOB)];

    await shop.sql(`UPDATE one_time_token SET expires_at = now() WHERE purpose = 'SECOND_FACTOR'
      AND id = (SELECT id FROM one_time_token WHERE purpose = 'SECOND_FACTOR' ORDER BY id DESC LIMIT 1)`);
    expect(codes(await second(old, nextCodeOf(secret)))).toEqual(['INVALID_TOKEN']);
    await shop.sql(
      'UPDATE staff_member SET locked_at = now() FROM app_user u WHERE u.id = user_id AND u.email = $1',
      [BOB.email],
    );
    expect(codes(await second(locked, nextCodeOf(secret)))).toEqual(['INVALID_TOKEN']);
    await shop.sql('UPDATE staff_member SET locked_at = NULL');
    const passwords = { currentPassword: BOB.password, newPassword: 'a-quiet-harbour-42' };
    await by.do('passwordChange', 'PasswordChangeInput', passwords);
    expect(codes(await second(changed, nextCodeOf(secret)))).toEqual(['INVALID_TOKEN']);

    await shop.sql(
      'UPDATE app_user b SET password_hash = (SELECT password_hash FROM app_user WHERE email = $2) WHERE email = $1',
      [BOB.email, ALICE.email],
    );
    const withOther = { ...BOB, password: ALICE.password };
    expect(codes(await second(await tokenOf(withOther), nextCodeOf(secret)))).toEqual([]);
    await shop.sql('UPDATE app_user SET password_hash = $2 WHERE email = $1', [BOB.email, bobsHash]);
  });
});

let bobsHash: string;
beforeAll(async () => {
  const [row] = await shop.sql<{ hash: string }>(
    'SELECT password_hash AS hash FROM app_user WHERE email = $1',
    [BOB.email],
  );
  bobsHash = row?.hash ?? '';
});

describe('switching on', () => {
  it('leaves no session that was opened beside it without a code', async () => {
    const by = await shop.staff(BOB);
    const { secret } = await press(by, 'totpStart', { password: BOB.password }, 'secret errors { code }');

    const [confirmed] = await Promise.all([
      press(by, 'totpConfirm', { code: codeOf(secret) }, 'errors { code }'),
      ...Array.from({ length: 12 }, () => login(BOB).catch(() => null)),
    ]);

    expect(codes(confirmed)).toEqual([]);
    const { mySessions } = await by.ask('{ mySessions { isCurrent } }');
    expect(mySessions).toEqual([{ isCurrent: true }]);
  });

  it('happens once, of two at once, and not a second time', async () => {
    const by = await shop.staff(BOB);
    const { secret } = await press(by, 'totpStart', { password: BOB.password }, 'secret errors { code }');
    const code = codeOf(secret);

    const both = await Promise.all([
      press(by, 'totpConfirm', { code }, 'recoveryCodes errors { code }'),
      press(by, 'totpConfirm', { code }, 'recoveryCodes errors { code }'),
    ]);
    const again = await press(by, 'totpStart', { password: BOB.password }, 'secret errors { code }');

    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(again).toEqual({ secret: null, errors: [{ code: 'SECOND_FACTOR_ON' }] });
  });

  it('is for people who work in the shop', async () => {
    await shop.sql(`UPDATE app_user SET role = 'CUSTOMER' WHERE email = $1`, [BOB.email]);
    const bob = await shop.customer(BOB.email, BOB.password);

    const refused = await press(bob, 'totpStart', { password: BOB.password }, 'secret errors { code }');

    expect(refused).toEqual({ secret: null, errors: [{ code: 'STAFF_ONLY' }] });
  });
});

describe('switching off', () => {
  it('needs a fresh code: a browser that was left open is not enough', async () => {
    const { by, secret } = await switchedOn(BOB);

    const used = await press(by, 'totpDisable', { code: codeOf(secret) }, 'ok errors { code }');
    const done = await press(by, 'totpDisable', { code: nextCodeOf(secret) }, 'ok errors { code }');

    expect(codes(used)).toEqual(['SECOND_FACTOR_WRONG']);
    expect(done).toEqual({ ok: true, errors: [] });
    expect(await login(BOB)).toMatchObject({ user: { email: BOB.email }, errors: [] });
    expect(await mailsToBob()).toEqual(['second-factor-off', 'second-factor-on']);
  });

  it('and new recovery codes need one too; the former are void', async () => {
    const { by, secret, recoveryCodes } = await switchedOn(BOB);

    const renew = (code: string) =>
      press(by, 'recoveryCodesRenew', { code }, 'recoveryCodes errors { code }');
    const refused = await renew('000000');
    const renewed = await renew(nextCodeOf(secret));

    expect(refused).toEqual({ recoveryCodes: [], errors: [{ code: 'SECOND_FACTOR_WRONG' }] });
    expect(codes(await second(await tokenOf(BOB), recoveryCodes[3] ?? ''))).toEqual(['SECOND_FACTOR_WRONG']);
    expect(codes(await second(await tokenOf(BOB), renewed.recoveryCodes[3]))).toEqual([]);
  });
});

describe('who has lost app and recovery codes', () => {
  const PEOPLE = '{ staffMembers { id email version hasSecondFactor } }';
  async function takeOff(email: string, by: GraphqlClient): Promise<Answer> {
    const { staffMembers } = await (await shop.staff(OWNER)).ask(PEOPLE);
    const { id, version } = staffMembers.find((one: Answer) => one.email === email);
    const input = { staffMemberId: id, expectedVersion: version };
    return press(by, 'staffSecondFactorRemove', input, 'staffMember { hasSecondFactor } errors { code }');
  }

  it('has it taken off by a colleague with more rights, who sees in the list that it was on', async () => {
    const { by: bob } = await switchedOn(BOB);
    const alice = await shop.staff(ALICE);

    const done = await takeOff(BOB.email, alice);

    expect(done).toEqual({ staffMember: { hasSecondFactor: false }, errors: [] });
    expect(await bob.ask(ME)).toEqual({ me: null });
    expect(await login(BOB)).toMatchObject({ user: { email: BOB.email }, errors: [] });
    expect(codes(await takeOff(BOB.email, alice))).toEqual(['SECOND_FACTOR_OFF']);
    expect(await mailsToBob()).toEqual(['second-factor-off', 'second-factor-on']);
  });

  it('not by one with less, nor by themselves', async () => {
    const { by: alice } = await switchedOn(ALICE);

    expect(codes(await takeOff(ALICE.email, alice))).toEqual(['OWN_ACCOUNT']);
    expect(codes(await takeOff(OWNER.email, alice))).toEqual(['GRANT_EXCEEDS_OWN']);
  });

  it('and owns the shop: the command on the server takes it off', async () => {
    const owner = await shop.staff(OWNER);
    const { secret } = await press(
      owner,
      'totpStart',
      { password: OWNER.password },
      'secret errors { code }',
    );
    await press(owner, 'totpConfirm', { code: codeOf(secret) }, 'errors { code }');
    const printed: string[] = [];
    const words = {
      command: 'owner:second-factor-remove' as const,
      words: [],
      print: (line: string) => printed.push(line),
    };

    await runShopCommand(words, shop.shop.env, createLogger('silent'));
    await runShopCommand(words, shop.shop.env, createLogger('silent'));

    expect(printed).toEqual([
      'admin@example.com signs in with the password alone now, and was signed out everywhere.',
      'The owner of the shop has no second factor: nothing was changed.',
    ]);
    await shop.eventually(async () => (await owner.ask(ME)).me === null);
    expect(await login(OWNER)).toMatchObject({ user: { email: OWNER.email } });
  });

  it('and leaves the shop: the account of a customer signs in with the password alone', async () => {
    await switchedOn(BOB);
    const alice = await shop.staff(ALICE);
    const { staffMembers } = await alice.ask(PEOPLE);
    const { id, version } = staffMembers.find((one: Answer) => one.email === BOB.email);

    await press(alice, 'staffRemove', { staffMemberId: id, expectedVersion: version }, 'errors { code }');

    expect(await login(BOB)).toMatchObject({ user: { email: BOB.email }, errors: [] });
  });
});

describe('the secret of the app', () => {
  it('stands nowhere to be read: not in the database, its log of changes or the events', async () => {
    const { secret, recoveryCodes } = await switchedOn(BOB);

    const [row] = await shop.sql<{ text: string }>(
      `SELECT string_agg(t::text, ' ') AS text FROM (
         SELECT to_jsonb(f) AS t FROM user_totp f UNION ALL SELECT to_jsonb(c) FROM recovery_code c
         UNION ALL SELECT to_jsonb(a) FROM audit_entry a UNION ALL SELECT to_jsonb(o) FROM outbox o
         UNION ALL SELECT to_jsonb(e) FROM email e UNION ALL SELECT to_jsonb(k) FROM one_time_token k) everything`,
    );
    const all = row?.text ?? '';
    const hex = Buffer.from(Secret.fromBase32(secret).bytes).toString('hex');

    const told = [secret, hex, Buffer.from(secret).toString('hex'), ...recoveryCodes];
    expect(all.includes('ciphertext') && all.includes('code_hash')).toBe(true);
    expect(told.filter((one) => all.includes(one))).toEqual([]);
  });

  it('is encrypted anew when the keys are, and the app goes on as before', async () => {
    const { secret } = await switchedOn(BOB);
    const keys = `the-next-key-of-secrets-of-the-shop,${shop.shop.env.secretsKeys.join(',')}`;
    const next = await shop.beside({ worker: false, env: { SECRETS_KEY: keys } });

    const first = await next.shop.store.rotateSecrets({ makesKey: false });
    const again = await next.shop.store.rotateSecrets({ makesKey: false });
    const { token } = (await login(BOB, next.guest())).secondFactor;
    next.clock.advance(shop.clock.now().getTime() - Date.now());
    const signedIn = await second(token, nextCodeOf(secret), next.guest());
    await next.close();

    expect([first.renewed, first.unreadable, again.renewed, again.current]).toEqual([1, [], 0, 1]);
    expect(codes(signedIn)).toEqual([]);
  });

  it('that no key reads any more says so, and a recovery code is taken', async () => {
    const { secret, recoveryCodes } = await switchedOn(BOB);
    await shop.sql(`UPDATE user_totp SET key_id = 'ffffffffffff'`);

    const lost = await second(await tokenOf(BOB), nextCodeOf(secret));
    const rotated = await shop.shop.store.rotateSecrets({ makesKey: false });
    const recovered = await second(await tokenOf(BOB), recoveryCodes[0] ?? '');

    expect(lost.errors).toEqual([{ code: 'SECOND_FACTOR_UNREADABLE', path: ['code'] }]);
    expect(rotated.unreadable).toMatchObject([{ integration: 'second-factor' }]);
    expect(codes(recovered)).toEqual([]);
  });
});
