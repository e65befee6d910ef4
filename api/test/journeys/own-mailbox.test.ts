import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const PASSWORD = 'struguri copți';
const VERIFY = `mutation($input: EmailVerifyInput!) { emailVerify(input: $input) {
  user { emailVerified } joinedOrderCount errors { code path } } }`;

let shop: TestShop;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Cană', sku: 'MAILBOX-MUG', price: 12_100, stock: 5_000 });
});
afterAll(() => shop.close());
beforeEach(() => shop.sql('DELETE FROM rate_limit'));

let made = 0;
/** An address that nobody has written yet. */
const newEmail = (): string => `Holder${++made}@shop.test`;
const ordered = (email: string): Promise<Answer> => buy(shop.guest(), [{ variantId, quantity: 1 }], email);

async function signedUp(email: string): Promise<GraphqlClient> {
  const browser = shop.guest({ 'accept-language': 'en' });
  const input = { email, password: PASSWORD, firstName: 'Ema', lastName: 'Dima' };
  await browser.ask('mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }', {
    input,
  });
  return browser;
}
const ownOrders = async (browser: GraphqlClient): Promise<string[]> =>
  (await browser.ask('{ myOrders(first: 20) { nodes { number } } }')).myOrders.nodes.map(
    ({ number }: Answer) => number,
  );
const verify = async (browser: GraphqlClient, token: string): Promise<Answer> =>
  (await browser.ask(VERIFY, { input: { token } })).emailVerify;
const askAgain = async (browser: GraphqlClient): Promise<Answer> =>
  (await browser.ask('mutation { emailVerifyResend { ok errors { code } } }')).emailVerifyResend;

/** The tokens of all links that were mailed to this address, the latest last. */
async function links(email: string): Promise<string[]> {
  await workIsDone(shop);
  const mails = await shop.sql<{ text: string }>(
    'SELECT text FROM dev_inbox WHERE lower(recipient) = lower($1) ORDER BY received_at, id',
    [email],
  );
  return mails.flatMap(({ text }) => /verify-email\?token=([\w-]+)/.exec(text)?.[1] ?? []);
}
const latestLink = async (email: string): Promise<string> => (await links(email)).at(-1)!;

describe('somebody who makes an account', () => {
  it('is welcomed with a link that shows whose mailbox it is, and then sees what they ordered as a guest', async () => {
    const email = newEmail();
    const { number } = await ordered(email.toUpperCase());
    const browser = await signedUp(email);
    expect(await browser.ask('{ me { emailVerified } }')).toEqual({ me: { emailVerified: false } });
    expect(await ownOrders(browser)).toEqual([]);

    const token = await latestLink(email);
    const done = await verify(browser, token);

    expect(done).toEqual({ user: { emailVerified: true }, joinedOrderCount: 1, errors: [] });
    expect(await ownOrders(browser)).toEqual([number]);
    const welcomes = await shop.sql(`SELECT 1 FROM dev_inbox WHERE recipient = $1 AND subject = 'Welcome'`, [
      email,
    ]);
    expect(welcomes).toHaveLength(1);
    expect(await verify(browser, token)).toEqual({ ...done, joinedOrderCount: 0 });
  });

  it('with the address of a buyer learns nothing about the buyer, though the buyer opens the link', async () => {
    const email = newEmail();
    await ordered(email);
    const stranger = await signedUp(email);
    const token = await latestLink(email);

    await expect(shop.guest().ask(VERIFY, { input: { token } })).rejects.toThrow(/UNAUTHENTICATED|sign/i);
    const buyer = await signedUp(newEmail());
    expect((await verify(buyer, token)).errors).toEqual([{ code: 'INVALID_TOKEN', path: ['token'] }]);

    expect(await ownOrders(stranger)).toEqual([]);
    expect(await ownOrders(buyer)).toEqual([]);
    expect(await stranger.ask('{ me { emailVerified } }')).toEqual({ me: { emailVerified: false } });
  });

  it('gets no more links than a mailbox should, and is answered alike all the same', async () => {
    const email = newEmail();
    const browser = await signedUp(email);

    for (let times = 0; times < 6; times++) expect(await askAgain(browser)).toEqual({ ok: true, errors: [] });

    expect(await links(email)).toHaveLength(1 + 3);
  });

  it('opens no link that is old, forged or stored', async () => {
    const email = newEmail();
    const browser = await signedUp(email);
    const token = await latestLink(email);
    const kept = await shop.sql(
      `SELECT row_to_json(m)::text AS row FROM email m WHERE recipient = $1
       UNION ALL SELECT payload::text FROM outbox UNION ALL SELECT data::text FROM pgboss.job`,
      [email],
    );
    expect(JSON.stringify(kept)).not.toContain(token);

    const { emailVerify } = await browser.ask(VERIFY, { input: { token: `${token.slice(0, -4)}AAAA` } });
    await shop.sql(`UPDATE one_time_token SET expires_at = now() - interval '1 second' WHERE mailbox = $1`, [
      email,
    ]);
    const late = await verify(browser, token);

    for (const refused of [emailVerify, late])
      expect(refused).toEqual({
        user: { emailVerified: false },
        joinedOrderCount: null,
        errors: [{ code: 'INVALID_TOKEN', path: ['token'] }],
      });
  });

  it('who orders as a guest later brings that order in with another link', async () => {
    const email = newEmail();
    const browser = await signedUp(email);
    await verify(browser, await latestLink(email));
    const { number } = await ordered(email);
    expect(await ownOrders(browser)).toEqual([]);

    await askAgain(browser);
    expect(await verify(browser, await latestLink(email))).toMatchObject({ joinedOrderCount: 1, errors: [] });

    expect(await ownOrders(browser)).toEqual([number]);
  });
});

describe('at once', () => {
  it('two presses of the link bring the orders in once', async () => {
    const email = newEmail();
    await ordered(email);
    const browser = await signedUp(email);
    const token = await latestLink(email);

    const both = await Promise.all([verify(browser, token), verify(browser, token)]);

    expect(both.map(({ errors }) => errors)).toEqual([[], []]);
    expect(both.map(({ joinedOrderCount }) => joinedOrderCount).sort()).toEqual([0, 1]);
    expect(await ownOrders(browser)).toHaveLength(1);
  });

  it('a verification and an order of the guest lose no order: it comes in now or with the next link', async () => {
    for (let round = 0; round < 3; round++) {
      const email = newEmail();
      const { number: first } = await ordered(email);
      const browser = await signedUp(email);
      const token = await latestLink(email);
      const guest = shop.guest();
      const cart = await readyCart(guest, [{ variantId, quantity: 1 }], email);

      const [{ order }, verified] = await Promise.all([complete(guest, cart), verify(browser, token)]);

      expect(verified.errors).toEqual([]);
      const lost = await shop.sql(
        'SELECT o.id FROM shop_order o JOIN customer c ON c.id = o.customer_id WHERE c.merged_into IS NOT NULL',
      );
      expect(lost).toEqual([]);
      await askAgain(browser);
      await verify(browser, await latestLink(email));
      expect((await ownOrders(browser)).sort()).toEqual([first, order.number].sort());
    }
  });
});

describe('another address', () => {
  const REQUEST = `mutation($input: EmailChangeRequestInput!) { emailChangeRequest(input: $input) { ok errors { code path } } }`;
  const CONFIRM = `mutation($input: EmailChangeConfirmInput!) { emailChangeConfirm(input: $input) {
    user { email emailVerified } joinedOrderCount errors { code path } } }`;
  const request = async (browser: GraphqlClient, email: string, password = PASSWORD): Promise<Answer> =>
    (await browser.ask(REQUEST, { input: { email, password } })).emailChangeRequest;
  const confirm = async (browser: GraphqlClient, token: string): Promise<Answer> =>
    (await browser.ask(CONFIRM, { input: { token } })).emailChangeConfirm;
  const mails = async (email: string): Promise<{ subject: string; text: string }[]> => {
    await workIsDone(shop);
    return shop.sql('SELECT subject, text FROM dev_inbox WHERE recipient = $1 ORDER BY received_at, id', [
      email,
    ]);
  };
  const subjects = async (email: string): Promise<string[]> =>
    (await mails(email)).map(({ subject }) => subject);
  const changeLink = async (email: string): Promise<string> =>
    (await mails(email)).flatMap(({ text }) => /change-email\?token=([\w-]+)/.exec(text)?.[1] ?? []).at(-1)!;
  const signedIn = async (email: string): Promise<GraphqlClient> => {
    const browser = shop.guest({ 'accept-language': 'en' });
    await browser.ask('mutation($input: LoginInput!) { login(input: $input) { errors { code } } }', {
      input: { email, password: PASSWORD },
    });
    return browser;
  };
  const me = async (browser: GraphqlClient): Promise<Answer> => (await browser.ask('{ me { email } }')).me;

  it('is the one of the account once its link is opened: both are told, other devices are signed out', async () => {
    const [before, after] = [newEmail(), newEmail()];
    const { number } = await ordered(after);
    const browser = await signedUp(before);
    const other = await signedIn(before);

    expect(await request(browser, after)).toEqual({ ok: true, errors: [] });
    const token = await changeLink(after);
    expect(await me(browser)).toEqual({ email: before });
    expect(await subjects(before)).toContain('Your account is to have another address');
    const done = await confirm(browser, token);

    const user = { email: after, emailVerified: true };
    expect(done).toEqual({ user, joinedOrderCount: 1, errors: [] });
    expect(await ownOrders(browser)).toEqual([number]);
    expect(await me(other)).toBeNull();
    expect(await subjects(before)).toContain('Your account has another address');
    expect(await me(await signedIn(before))).toBeNull();
    expect(await me(await signedIn(after))).toEqual({ email: after });
    expect(await confirm(browser, token)).toEqual({ ...done, joinedOrderCount: 0 });
  });

  it('needs the password, a free address and another one than now', async () => {
    const [email, taken] = [newEmail(), newEmail()];
    const browser = await signedUp(email);
    await signedUp(taken);

    const refused = [
      await request(browser, newEmail(), 'wrong password'),
      await request(browser, taken.toUpperCase()),
      await request(browser, email),
    ];

    expect(refused.map(({ errors }) => errors)).toEqual([
      [{ code: 'INVALID_CREDENTIALS', path: ['password'] }],
      [{ code: 'EMAIL_TAKEN', path: ['email'] }],
      [{ code: 'INVALID_INPUT', path: ['email'] }],
    ]);
    expect(await mails(email)).toHaveLength(1);
  });

  it('is nothing that a stranger takes a buyer’s orders with, nor keeps after a new password', async () => {
    const [stranger, buyer] = [newEmail(), newEmail()];
    await ordered(buyer);
    const browser = await signedUp(stranger);
    await request(browser, buyer);
    const token = await changeLink(buyer);

    await expect(shop.guest().ask(CONFIRM, { input: { token } })).rejects.toThrow(/UNAUTHENTICATED|sign/i);
    expect((await confirm(await signedUp(newEmail()), token)).errors).toMatchObject([
      { code: 'INVALID_TOKEN' },
    ]);
    await browser.ask(
      `mutation { passwordChange(input: { currentPassword: "${PASSWORD}", newPassword: "prune uscate 7" }) { ok } }`,
    );
    expect((await confirm(browser, token)).errors).toMatchObject([{ code: 'INVALID_TOKEN' }]);
    expect(await me(browser)).toEqual({ email: stranger });
  });

  it('that two accounts want at once is of one of them, and each link is used once', async () => {
    const wanted = newEmail();
    const browsers = [await signedUp(newEmail()), await signedUp(newEmail())];
    const tokens: string[] = [];
    for (const browser of browsers) {
      await request(browser, wanted);
      tokens.push(await changeLink(wanted));
    }

    const answers = await Promise.all([
      ...browsers.map((browser, at) => confirm(browser, tokens[at]!)),
      ...browsers.map((browser, at) => confirm(browser, tokens[at]!)),
    ]);

    const codes = answers.map(({ errors }) => errors.map(({ code }: Answer) => code).join());
    expect(codes.sort()).toEqual(['', '', 'EMAIL_TAKEN', 'EMAIL_TAKEN']);
    expect((await Promise.all(browsers.map(me))).filter(({ email }) => email === wanted)).toHaveLength(1);
  });
});
