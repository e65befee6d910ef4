import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CHECKS } from '../../src/domains/integrity/index.js';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

const MAIL_SENT = CHECKS.find(({ code }) => code === 'MAIL_SENT') as (typeof CHECKS)[number];
const OWNER = 'owner@example.test';
const SIGN_UP = `mutation($email: EmailAddress!, $password: String!) { signUp(input: {
  email: $email, password: $password, firstName: "Eva", lastName: "Pop", tokenDelivery: BODY }) {
  tokens { accessToken refreshToken } errors { code } } }`;
const LOGIN = `mutation($email: EmailAddress!, $password: String!) { login(input: { email: $email, password: $password }) { errors { code } } }`;
const REFRESH = `mutation($token: String!) { tokenRefresh(input: { refreshToken: $token }) { errors { code } } }`;
const CHANGE = `mutation($old: String!, $new: String!) { passwordChange(input: { currentPassword: $old, newPassword: $new }) { ok errors { code path } } }`;
const RESET = `mutation($token: String!, $new: String!) { passwordReset(input: { token: $token, newPassword: $new }) { ok errors { code path } } }`;

interface Mail {
  readonly template: string;
  readonly language: string;
  readonly status: string;
  readonly model: { alert?: string; about?: string; subject?: string; count?: number; link?: string };
}

let shop: TestShop;
let people = 0;
const mailsTo = (email: string): Promise<Mail[]> =>
  shop.sql<Mail>(
    'SELECT template, language, status, model FROM email WHERE recipient = $1 ORDER BY created_at',
    [email],
  );
const sent = (email: string, template: string): Promise<Mail> =>
  shop.eventually(async () =>
    (await mailsTo(email)).find((mail) => mail.template === template && mail.status === 'SENT'),
  );
const toOwner = async (alert: string): Promise<Mail['model'][]> =>
  (await mailsTo(OWNER)).map(({ model }) => model).filter((model) => model.alert === alert);
/** Until all events were passed on and no job of ours is left: what was not mailed by then is not mailed. */
const allRecipients = (): Promise<unknown> =>
  shop.eventually(async () => {
    const [left] = await shop.sql<{ events: number; jobs: number }>(
      `SELECT (SELECT count(*)::int FROM outbox WHERE published_at IS NULL) AS events,
         (SELECT count(*)::int FROM pgboss.job WHERE name LIKE 'notifications.%' AND state IN ('created', 'retry', 'active')
            AND data <> '{}') AS jobs`,
    );
    return left?.events === 0 && left.jobs === 0;
  });
const words = async (email: string, subject: RegExp): Promise<string> => {
  const inbox = await shop.sql<{ subject: string; text: string }>(
    'SELECT subject, text FROM dev_inbox WHERE recipient = $1',
    [email],
  );
  return inbox.find((mail) => subject.test(mail.subject))?.text ?? '';
};

/** Somebody with an account and a device that is signed in to it. */
async function somebody(language = 'ro') {
  const email = `eva${++people}@shop.test`;
  const password = 'castane coapte';
  const { tokens } = (await shop.guest({ 'accept-language': language }).ask(SIGN_UP, { email, password }))
    .signUp;
  const app = shop.guest({ authorization: `Bearer ${tokens.accessToken}` });
  return { email, password, app, refreshToken: tokens.refreshToken as string };
}

/** Their refresh token is used, and later used again by whoever copied it. */
async function stolenFrom({ refreshToken }: { refreshToken: string }): Promise<Answer> {
  await shop.guest().ask(REFRESH, { token: refreshToken });
  await shop.sql(`UPDATE user_session SET rotated_at = now() - interval '11 seconds'`);
  return shop.guest().ask(REFRESH, { token: refreshToken });
}

beforeAll(async () => {
  shop = await TestShop.open({
    env: {
      ADMIN_ALERT_EMAIL: OWNER,
      REFUSED_LOGINS_PER_HOUR: '30',
      REFUSED_LOGINS_PER_HOUR_PER_ACCOUNT: '4',
      MAILS_PER_DAY_PER_ADDRESS: '2',
    },
  });
});
afterEach(() => shop.sql('DELETE FROM rate_limit'));
afterAll(() => shop.close());

describe('whoever has an account gets a mail, in its language', () => {
  it('when its password was changed', async () => {
    const eva = await somebody('fr');

    await eva.app.ask(CHANGE, { old: eva.password, new: 'marrons chauds' });

    expect(await sent(eva.email, 'password-changed')).toMatchObject({ language: 'fr' });
    const text = await words(eva.email, /mot de passe de votre compte a été changé/);
    expect(text).toContain('Bonjour Eva');
    // To the page that asks for a link: whoever reads the mail is not signed in by it.
    expect(text).toMatch(/\/fr\/forgot-password\s/);
  });

  it('when somebody chose a new one by the mailed link', async () => {
    const eva = await somebody('en');
    await shop
      .guest()
      .ask('mutation($email: EmailAddress!) { passwordResetRequest(input: { email: $email }) { ok } }', {
        email: eva.email,
      });
    await sent(eva.email, 'password-reset');
    const [, token] = /token=([\w.-]+)/.exec(await words(eva.email, /Choose a new password/)) ?? [];

    expect((await shop.guest().ask(RESET, { token, new: 'hot chestnuts' })).passwordReset.ok).toBe(true);

    await sent(eva.email, 'password-changed');
  });

  it('although somebody filled the mailbox first, and not without bound', async () => {
    const eva = await somebody();
    await shop.sql(
      `INSERT INTO email (id, dedupe_key, recipient, template, language, model, status, next_attempt_at, created_at, updated_at)
       SELECT new_id(), 'filled:' || n, $1, 'order-confirmation', 'ro', '{}', 'SENT', now(), now(), now() FROM generate_series(1, 50) n`,
      [eva.email],
    );
    let password = eva.password;
    for (let i = 0; i < 12; i++) {
      const next = `castane numarul ${i}`;
      expect((await eva.app.ask(CHANGE, { old: password, new: next })).passwordChange.ok).toBe(true);
      password = next;
      await shop.sql('DELETE FROM rate_limit');
    }

    await allRecipients();
    const mails = (await mailsTo(eva.email)).filter(({ template }) => template === 'password-changed');
    expect(mails.filter(({ status }) => status === 'SENT')).toHaveLength(10);
    expect(mails.filter(({ status }) => status === 'FAILED')).toHaveLength(2);
  });
});

it('a stranger who asks for links all day keeps nobody from a new password', async () => {
  const eva = await somebody('en');
  const ask = () =>
    shop
      .guest()
      .ask('mutation($email: EmailAddress!) { passwordResetRequest(input: { email: $email }) { ok } }', {
        email: eva.email,
      });
  const halfAnHour = (column: string) => `${column} = ${column} - interval '30 minutes'`;

  for (let times = 0; times < 30; times++) {
    for (let i = 0; i < 3; i++) await ask();
    await allRecipients();
    await shop.sql(`UPDATE rate_limit SET ${halfAnHour('updated_at')}`);
    await shop.sql(`UPDATE one_time_token SET ${halfAnHour('expires_at')}`);
    await shop.sql(`UPDATE email SET ${halfAnHour('created_at')}`);
    await shop.sql(`UPDATE dev_inbox SET ${halfAnHour('received_at')}`);
  }
  await ask();
  await allRecipients();

  const inbox = await shop.sql<{ text: string }>(
    'SELECT text FROM dev_inbox WHERE recipient = $1 ORDER BY received_at DESC LIMIT 1',
    [eva.email],
  );
  const [, token] = /token=([\w.-]+)/.exec(inbox[0]?.text ?? '') ?? [];
  expect((await shop.guest().ask(RESET, { token, new: 'hot chestnuts' })).passwordReset.errors).toEqual([]);
});

describe('a refresh token that comes back', () => {
  it('is told to whoever has the account and to the owner, once a day', async () => {
    const eva = await somebody('en');
    expect((await stolenFrom(eva)).tokenRefresh.errors).toEqual([{ code: 'INVALID_TOKEN' }]);

    await sent(eva.email, 'session-ended');
    await shop.eventually(async () =>
      (await toOwner('token-reused')).find(({ subject }) => subject === eva.email),
    );
    expect(await words(eva.email, /signed a device out/)).toContain('Your password has not changed');

    const again = await shop
      .guest()
      .ask(SIGN_UP.replace('signUp', 'login').replace(/firstName.*?Pop", /, ''), {
        email: eva.email,
        password: eva.password,
      });
    await stolenFrom(again.login.tokens);
    await allRecipients();
    expect((await mailsTo(eva.email)).filter(({ template }) => template === 'session-ended')).toHaveLength(1);
    expect((await toOwner('token-reused')).filter(({ subject }) => subject === eva.email)).toHaveLength(1);
  });

  it('fills no mailbox of the owner, however many accounts somebody makes for it', async () => {
    const before = (await toOwner('token-reused')).length;

    // Within one moment: the six hours of a digest may end at any time of the day.
    await shop.clock.whileStopped(async () => {
      for (let i = 0; i < 6; i++) await stolenFrom(await somebody());
      await allRecipients();
    });

    expect((await toOwner('token-reused')).length).toBe(3);
    // The others wait for one mail at the end of the six hours.
    const digests = (await toOwner('digest')).filter(({ about }) => about === 'token-reused');
    expect(digests).toMatchObject([{ count: before + 6 - 3 }]);
    const abandoned = async () =>
      (await shop.sql<{ violations: number }>(MAIL_SENT.statement.text, ['1 hour']))[0]?.violations;
    await shop.sql(
      `UPDATE email SET created_at = now() - interval '2 hours' WHERE dedupe_key LIKE 'owner-digest:%'`,
    );
    expect(await abandoned()).toBe(0);
    await shop.sql(
      `UPDATE email SET next_attempt_at = now() - interval '2 hours' WHERE dedupe_key LIKE 'owner-digest:%'`,
    );
    expect(await abandoned()).toBe(1);
  });
});

describe('a burst of refused logins', () => {
  const wrong = (email: string, i: number) =>
    shop.guest({ 'x-forwarded-for': `203.0.113.${i}` }).ask(LOGIN, { email, password: `a guess ${i}` });

  it('of one account is told to the owner once, whichever networks it comes from', async () => {
    const eva = await somebody();
    for (let i = 0; i < 12; i++) await wrong(eva.email.toUpperCase(), i);

    await allRecipients();
    expect(await toOwner('logins-refused')).toMatchObject([{ subject: eva.email, count: 4 }]);
  });

  it('of addresses without an account is none of an account', async () => {
    const before = (await toOwner('logins-refused')).length;

    for (let i = 0; i < 12; i++) await wrong('nobody@shop.test', i);

    await allRecipients();
    expect(await toOwner('logins-refused')).toHaveLength(before);
  });

  it('on many accounts is told as one of the shop, and no login that went well counts', async () => {
    const eva = await somebody();
    for (let i = 0; i < 40; i++)
      expect(
        (await shop.guest({ 'x-forwarded-for': `198.51.100.${i}` }).ask(LOGIN, eva)).login.errors,
      ).toEqual([]);
    await allRecipients();
    expect((await toOwner('logins-refused')).filter(({ subject }) => subject === '')).toEqual([]);

    for (let i = 0; i < 40; i++) await wrong(`nobody${i}@shop.test`, i);

    await allRecipients();
    expect((await toOwner('logins-refused')).filter(({ subject }) => subject === '')).toMatchObject([
      { count: 30 },
    ]);
    expect(await words(OWNER, /Many wrong passwords in the shop|Multe parole greșite în magazin/)).toMatch(
      /30/,
    );
  });
});

describe('a password of staff', () => {
  const SHORT = { code: 'STAFF_PASSWORD_TOO_SHORT', path: ['newPassword'] };

  it('needs twelve characters when it is changed; that of a customer eight', async () => {
    const [staff, eva] = [await shop.staff(), await somebody()];

    const refused = await staff.ask(CHANGE, { old: 'Admin@123', new: 'elevenchars' });
    expect(refused.passwordChange).toEqual({ ok: false, errors: [SHORT] });
    const taken = await staff.ask(CHANGE, { old: 'Admin@123', new: 'twelve chars' });
    expect(taken.passwordChange.errors).toEqual([]);
    expect((await eva.app.ask(CHANGE, { old: eva.password, new: '8 chars!' })).passwordChange.errors).toEqual(
      [],
    );
  });

  it('also when it is chosen by a link, which stays good', async () => {
    const { passwordLink } = await shop.shop.identity.owners.appoint({
      email: 'ana@shop.test',
      firstName: 'Ana',
      lastName: 'Pop',
      language: 'en',
    });
    const token = passwordLink?.split('token=')[1];

    expect((await shop.guest().ask(RESET, { token, new: 'elevenchars' })).passwordReset.errors).toEqual([
      SHORT,
    ]);
    expect((await shop.guest().ask(RESET, { token, new: 'twelve chars' })).passwordReset.ok).toBe(true);
    await shop.staff({ email: 'ana@shop.test', password: 'twelve chars' });
  });
});
