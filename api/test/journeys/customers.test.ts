import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buy, complete, readyCart } from '@vitrine/testing/drivers/checkout.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { localId } from '../../src/kernel/ids.js';
import { ImportDriver } from '../support/imports/import-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const CUSTOMER = `id email firstName lastName hasAccount emailVerified status tags version orderCount totalSpent { amount }
  notes { id body authorName }`;
const PASSWORD = 'struguri copți';

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Cană', sku: 'CUSTOMER-MUG', price: 12_100, stock: 5_000 });
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sql('DELETE FROM rate_limit');
  staff = await shop.staff();
});

let made = 0;
/** An address that nobody has written yet. */
const newEmail = (): string => `Buyer${++made}@shop.test`;
const inCart = (browser: GraphqlClient, email: string) =>
  readyCart(browser, [{ variantId, quantity: 1 }], email);
const ordered = (email: string): Promise<Answer> => buy(shop.guest(), [{ variantId, quantity: 1 }], email);

async function found(search: string): Promise<Answer[]> {
  const query = `query($search: String!) { customers(first: 10, search: $search) { nodes { ${CUSTOMER} } } }`;
  return (await staff.ask(query, { search })).customers.nodes;
}
async function customer(id: string): Promise<Answer> {
  return (await staff.ask(`query($id: ID!) { customer(id: $id) { ${CUSTOMER} } }`, { id })).customer;
}
async function change(mutation: string, input: Answer, by = staff): Promise<Answer> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { customer { ${CUSTOMER} } errors { code path message } } }`;
  return (await by.ask(text, { input }))[mutation];
}
/** One of the mutations about a customer, on the version of now. */
async function to(mutation: string, id: string, more: Answer = {}): Promise<Answer> {
  return change(mutation, { customerId: id, expectedVersion: (await customer(id)).version, ...more });
}
const codes = ({ errors }: Answer): string[] => errors.map(({ code }: Answer) => code);

async function signedUp(email: string): Promise<GraphqlClient> {
  const browser = shop.guest();
  const input = { email, password: PASSWORD, firstName: 'Ema', lastName: 'Dima' };
  await browser.ask('mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }', {
    input,
  });
  return browser;
}
async function guest(): Promise<Answer> {
  const email = newEmail();
  await ordered(email);
  const [row] = await found(email);
  return row!;
}
const ownOrders = async (browser: GraphqlClient): Promise<Answer[]> =>
  (await browser.ask('{ myOrders(first: 10) { nodes { number } } }')).myOrders.nodes;

/** Clicks the link of the mail that staff had sent, and chooses a password. */
async function chosenPassword(email: string): Promise<void> {
  const [row] = await found(email);
  expect(await change('customerPasswordResetSend', { customerId: row!.id })).toMatchObject({ errors: [] });
  await workIsDone(shop);
  const [mail] = await shop.sql<{ text: string }>(
    `SELECT text FROM dev_inbox WHERE lower(recipient) = lower($1) AND text LIKE '%reset-password?token=%'`,
    [email],
  );
  const token = /token=([^\s&]+)/.exec(mail!.text)![1];
  const reset =
    'mutation($input: PasswordResetInput!) { passwordReset(input: $input) { ok errors { code } } }';
  expect(
    (await shop.guest().ask(reset, { input: { token, newPassword: 'prune uscate 7' } })).passwordReset,
  ).toEqual({
    ok: true,
    errors: [],
  });
}

describe('a guest who has ordered', () => {
  it('is one customer under the e-mail, however it is written, with what was ordered and spent', async () => {
    const email = newEmail();
    const { total } = await ordered(email);
    await ordered(email.toUpperCase());

    const all = await found(email);

    expect(all).toEqual([
      expect.objectContaining({ hasAccount: false, orderCount: 2, firstName: 'Ana', lastName: 'Pop' }),
    ]);
    expect(all[0]!.totalSpent.amount).toBe(2 * total.gross.amount);
  });

  it('stands at each order, which is found by them', async () => {
    const { id } = await guest();
    const query =
      'query($id: ID!) { orders(first: 5, filter: { customerId: $id }) { nodes { customer { id hasAccount } } } }';

    expect((await staff.ask(query, { id })).orders.nodes).toEqual([{ customer: { id, hasAccount: false } }]);
  });

  it('stays apart from an account with the same e-mail until its holder opens a mailed link', async () => {
    const email = newEmail();
    const { number } = await ordered(email);
    const account = await signedUp(email);

    expect(await ownOrders(account)).toEqual([]);
    expect((await found(email)).map(({ hasAccount }) => hasAccount).sort()).toEqual([false, true]);
    await chosenPassword(email);

    const [joined, ...more] = await found(email);
    expect(more).toEqual([]);
    expect(joined).toMatchObject({ hasAccount: true, emailVerified: true, orderCount: 1 });
    const again = shop.guest();
    await again.ask('mutation($input: LoginInput!) { login(input: $input) { errors { code } } }', {
      input: { email, password: 'prune uscate 7' },
    });
    expect(await ownOrders(again)).toEqual([{ number }]);
  });

  it('may go on ordering with the e-mail of an account, and is a guest of their own', async () => {
    const email = newEmail();
    await signedUp(email);
    await ordered(email);

    const all = await found(email);
    expect(all.map(({ hasAccount, orderCount }) => [hasAccount, orderCount]).sort()).toEqual([
      [false, 1],
      [true, 0],
    ]);
  });

  it('is one customer even when the first orders come at once', async () => {
    const email = newEmail();
    const browsers = Array.from({ length: 6 }, () => shop.guest());
    const carts = await Promise.all(browsers.map((browser) => inCart(browser, email)));
    await shop.sql('DELETE FROM checkout_attempt');

    const answers = await Promise.all(browsers.map((browser, at) => complete(browser, carts[at]!)));

    const orders = answers.filter(({ order }) => order).length;
    expect(orders).toBeGreaterThan(0);
    const rows = await shop.sql<{ count: number }>(
      `SELECT count(*)::int AS count FROM shop_order o JOIN customer c ON c.id = o.customer_id WHERE c.email_key = lower($1) GROUP BY c.id`,
      [email],
    );
    expect(rows).toEqual([{ count: orders }]);
  });
});

describe('what staff keep about a customer', () => {
  it('adds one who ordered by telephone, once for each key and each e-mail', async () => {
    const email = newEmail();
    const input = {
      email,
      firstName: 'Ion',
      phone: '0722 333 444',
      tags: ['Wholesale', ' wholesale '],
      idempotencyKey: randomUUID(),
    };

    const { customer: first, errors } = await change('customerCreate', input);
    expect(errors).toEqual([]);
    expect(first).toMatchObject({
      email,
      firstName: 'Ion',
      lastName: '',
      tags: ['wholesale'],
      hasAccount: false,
    });
    expect((await change('customerCreate', input)).customer.id).toBe(first.id);
    const again = await change('customerCreate', { email: email.toUpperCase() });
    expect(codes(again)).toEqual(['EMAIL_TAKEN']);
  });

  it('changes the name of an account where it is kept, and refuses what a colleague changed meanwhile', async () => {
    const email = newEmail();
    const account = await signedUp(email);
    const [row] = await found(email);

    const done = await to('customerUpdate', row!.id, { firstName: 'Emilia', language: 'FR' });

    expect(done).toMatchObject({ errors: [], customer: { firstName: 'Emilia', lastName: 'Dima' } });
    expect(await account.ask('{ me { firstName language } }')).toEqual({
      me: { firstName: 'Emilia', language: 'FR' },
    });
    const late = { customerId: row!.id, expectedVersion: row!.version, lastName: 'X' };
    expect(await change('customerUpdate', late)).toMatchObject({
      errors: [{ code: 'STALE_VERSION' }],
      customer: { firstName: 'Emilia', lastName: 'Dima' },
    });
    expect(codes(await to('customerUpdate', row!.id, { phone: '12' }))).toEqual(['INVALID_PHONE']);
  });

  it('writes to nobody in a language that the shop does not speak, yet keeps that of whoever was written to in it', async () => {
    const { id } = await guest();
    expect(codes(await to('customerUpdate', id, { language: 'JA' }))).toEqual(['LANGUAGE_NOT_OFFERED']);
    expect(codes(await change('customerCreate', { email: newEmail(), language: 'JA' }))).toEqual([
      'LANGUAGE_NOT_OFFERED',
    ]);
    await shop.sql(`UPDATE customer SET language = 'ja' WHERE id = $1`, [localId('cust', id)]);
    expect(await to('customerUpdate', id, { language: 'JA', firstName: 'Aiko' })).toMatchObject({
      errors: [],
      customer: { firstName: 'Aiko' },
    });
  });

  it('keeps notes for staff, with who wrote them, and tags to find customers by', async () => {
    const { id } = await guest();
    const key = randomUUID();
    await change('customerNoteAdd', { customerId: id, body: ' Rings twice. ', idempotencyKey: key });
    await change('customerNoteAdd', { customerId: id, body: ' Rings twice. ', idempotencyKey: key });
    const { customer: noted } = await change('customerNoteAdd', { customerId: id, body: 'Likes blue.' });

    expect(noted.notes.map(({ body, authorName }: Answer) => [body, typeof authorName])).toEqual([
      ['Likes blue.', 'string'],
      ['Rings twice.', 'string'],
    ]);
    const left = await change('customerNoteDelete', { customerId: id, noteId: noted.notes[0].id });
    expect(left.customer.notes).toHaveLength(1);
    expect(codes(await change('customerNoteDelete', { customerId: id, noteId: noted.notes[0].id }))).toEqual([
      'NOT_FOUND',
    ]);

    const tag = `press ${made}`;
    // As typed, with capitals and blanks; a comma separates tags.
    expect(await to('customerTagsSet', id, { tags: ['Blue, GREEN', ' red\u200B '] })).toMatchObject({
      errors: [],
      customer: { tags: ['blue', 'green', 'red'] },
    });
    const many = Array.from({ length: 20 }, (_, n) => `a${n},b${n}`);
    expect(codes(await to('customerTagsSet', id, { tags: many }))).toEqual(['INVALID_INPUT']);
    expect(await to('customerTagsSet', id, { tags: [tag, 'Blue'] })).toMatchObject({ errors: [] });
    const query = `query($tags: [String!]) { customers(first: 10, filter: { tags: $tags }) { nodes { id } totalCount } customerTags }`;
    const { customers, customerTags } = await staff.ask(query, { tags: [' Blue', tag] });
    expect(customers).toEqual({ nodes: [{ id }], totalCount: 1 });
    expect(customerTags).toContain(tag);
  });

  it('is in the history of the customer without a name, an address or the text of a note', async () => {
    const { id } = await guest();
    await to('customerUpdate', id, { firstName: 'Secretname' });
    await change('customerNoteAdd', { customerId: id, body: 'Secretnote' });

    const { customer: read } = await staff.ask(
      'query($id: ID!) { customer(id: $id) { history(first: 10) { nodes { operation changes { kind record fields { field before after } } } } } }',
      { id },
    );
    expect(read.history.nodes.map(({ operation }: Answer) => operation)).toEqual([
      'customerNoteAdd',
      'customerUpdate',
    ]);
    expect(JSON.stringify(read)).not.toContain('Secret');
  });
});

describe('a customer who is locked', () => {
  it('is signed out, neither signs in nor orders, and is told what anybody is told; until unlocked', async () => {
    const email = newEmail();
    const account = await signedUp(email);
    const cart = await inCart(shop.guest(), email);
    const [row] = await found(email);
    expect(await to('customerLock', row!.id)).toMatchObject({ errors: [], customer: { status: 'LOCKED' } });

    expect(await account.ask('{ me { id } }')).toEqual({ me: null });
    const login = 'mutation($input: LoginInput!) { login(input: $input) { errors { code message } } }';
    const [wrong, right] = await Promise.all(
      ['wrong password', PASSWORD].map((password) => shop.guest().ask(login, { input: { email, password } })),
    );
    expect(right).toEqual(wrong);
    expect(codes(wrong!.login)).toEqual(['INVALID_CREDENTIALS']);
    expect(cart.id).toBeDefined();
    const browser = shop.guest();
    expect(codes(await complete(browser, await inCart(browser, email.toUpperCase())))).toEqual([
      'CHECKOUT_BLOCKED',
    ]);
    expect(codes(await change('customerPasswordResetSend', { customerId: row!.id }))).toEqual([
      'CUSTOMER_LOCKED',
    ]);

    expect(await to('customerUnlock', row!.id)).toMatchObject({ customer: { status: 'ACTIVE' } });
    expect(codes(await complete(browser, await inCart(browser, email)))).toEqual([]);
  });

  it('loses nothing that was ordered before, as a guest too, and keeps the cart', async () => {
    const { id, email } = await guest();
    const browser = shop.guest();
    const cart = await inCart(browser, email);
    await to('customerLock', id);

    expect(codes(await complete(browser, cart))).toEqual(['CHECKOUT_BLOCKED']);
    expect(await customer(id)).toMatchObject({ status: 'LOCKED', orderCount: 1 });
    await to('customerUnlock', id);
    expect(codes(await complete(browser, cart))).toEqual([]);
  });

  it('has ordered or has not, when lock and order come at once', async () => {
    const { id, email } = await guest();
    for (let round = 0; round < 2; round++) {
      const browser = shop.guest();
      const cart = await inCart(browser, email);
      const [answer] = await Promise.all([complete(browser, cart), to('customerLock', id)]);

      expect([[], ['CHECKOUT_BLOCKED']]).toContainEqual(codes(answer));
      expect((await customer(id)).status).toBe('LOCKED');
      const other = shop.guest();
      expect(codes(await complete(other, await inCart(other, email)))).toEqual(['CHECKOUT_BLOCKED']);
      await to('customerUnlock', id);
    }
  });
});

describe('a merge', () => {
  const joined = async (from: Answer, into: Answer): Promise<void> => {
    const merged = await to('customerMerge', from.id, { intoCustomerId: into.id });
    expect(codes(merged)).toEqual([]);
  };
  const preview = async (customerId: string, intoCustomerId: string): Promise<Answer> =>
    (
      await staff.ask(
        `query($customerId: ID!, $intoCustomerId: ID!) { customerMergePreview(customerId: $customerId, intoCustomerId: $intoCustomerId) {
           moved { orders notes tags } errors { code path } } }`,
        { customerId, intoCustomerId },
      )
    ).customerMergePreview;

  it('moves what it said before, and old links lead to the one who is left', async () => {
    const [from, into] = [await guest(), await guest()];
    await change('customerNoteAdd', { customerId: from.id, body: 'Likes blue.' });
    await to('customerTagsSet', from.id, { tags: ['a', 'b'] });
    await to('customerTagsSet', into.id, { tags: ['b'] });

    expect(await preview(from.id, into.id)).toEqual({ moved: { orders: 1, notes: 1, tags: 1 }, errors: [] });
    expect(await customer(from.id)).toMatchObject({ id: from.id, orderCount: 1, tags: ['a', 'b'] });

    expect(await to('customerMerge', from.id, { intoCustomerId: into.id })).toMatchObject({
      errors: [],
      customer: { id: into.id, orderCount: 2, tags: ['a', 'b'], notes: [{ body: 'Likes blue.' }] },
    });
    expect((await customer(from.id)).id).toBe(into.id);
    expect((await found(from.email)).map(({ id }) => id)).toEqual([into.id]);
  });

  it('into an account shows its holder nothing that was not proved to be theirs', async () => {
    const from = await guest();
    const email = newEmail();
    const account = await signedUp(email);
    const [into] = await found(email);

    await to('customerMerge', from.id, { intoCustomerId: into!.id });

    expect(await customer(into!.id)).toMatchObject({ orderCount: 1 });
    expect(await ownOrders(account)).toEqual([]);
  });

  it('of an account into anybody, of somebody into themselves and with nobody is refused', async () => {
    const other = await guest();
    const email = newEmail();
    await signedUp(email);
    const [account] = await found(email);

    expect(await preview(account!.id, other.id)).toEqual({
      moved: null,
      errors: [{ code: 'MERGE_DIRECTION', path: ['customerId'] }],
    });
    const refused = await to('customerMerge', account!.id, { intoCustomerId: other.id });
    expect(codes(refused)).toEqual(['MERGE_DIRECTION']);
    expect(codes(await preview(other.id, other.id))).toEqual(['INVALID_INPUT']);
    expect(await preview(other.id, 'cust_nobody')).toMatchObject({
      errors: [{ code: 'NOT_FOUND', path: ['intoCustomerId'] }],
    });
  });

  it('shows its holder the orders of the e-mail that is proved afterwards, or was before, and no others', async () => {
    const email = newEmail();
    const { number } = await ordered(email);
    const [from] = await found(email);
    const another = await guest();
    const account = await signedUp(email);
    const into = (await found(email)).find(({ hasAccount }) => hasAccount)!;
    await joined(another, from!);
    await joined(from!, into);
    expect(await ownOrders(account)).toEqual([]);

    await chosenPassword(email);
    const again = shop.guest();
    await again.ask('mutation($input: LoginInput!) { login(input: $input) { errors { code } } }', {
      input: { email, password: 'prune uscate 7' },
    });
    expect(await ownOrders(again)).toEqual([{ number }]);

    const later = await ordered(email);
    const guestAgain = (await found(email)).find(({ hasAccount }) => !hasAccount)!;
    await joined(guestAgain, into);
    expect(await ownOrders(again)).toEqual([{ number: later.number }, { number }]);
    expect(await customer(into.id)).toMatchObject({ orderCount: 3 });
  });

  it('unlocks nobody: who is locked is merged with nobody, and a lock holds for every e-mail of a customer', async () => {
    const [first, second, last] = [await guest(), await guest(), await guest()];
    await to('customerLock', first.id);
    expect(codes(await preview(first.id, second.id))).toEqual(['CUSTOMER_LOCKED']);
    expect(await to('customerMerge', second.id, { intoCustomerId: first.id })).toMatchObject({
      errors: [{ code: 'CUSTOMER_LOCKED', path: ['intoCustomerId'] }],
    });
    await to('customerUnlock', first.id);
    await joined(first, second);
    await joined(second, last);

    await to('customerLock', last.id);
    const browser = shop.guest();
    const cart = await inCart(browser, first.email.toUpperCase());
    expect(codes(await complete(browser, cart))).toEqual(['CHECKOUT_BLOCKED']);
    await to('customerUnlock', last.id);
    expect(codes(await complete(browser, cart))).toEqual([]);
  });

  it('and an order of the guest at once leave no order with who is gone', async () => {
    for (let round = 0; round < 2; round++) {
      const [from, into] = [await guest(), await guest()];
      const browser = shop.guest();
      const cart = await inCart(browser, from.email);

      const [answer, merged] = await Promise.all([
        complete(browser, cart),
        to('customerMerge', from.id, { intoCustomerId: into.id }),
      ]);

      expect([codes(answer), codes(merged)]).toEqual([[], []]);
      const lost = await shop.sql(
        'SELECT o.id FROM shop_order o JOIN customer c ON c.id = o.customer_id WHERE c.merged_into IS NOT NULL',
      );
      expect(lost).toEqual([]);
    }
  });
});

describe('a list of customers', () => {
  const FILE = ['EMAIL', 'FIRST_NAME', 'LAST_NAME', 'PHONE', 'LANGUAGE', 'TAGS'];
  const imports = (): ImportDriver => new ImportDriver(shop, staff, 'CUSTOMERS');
  /** The file that the list exports of these customers. */
  async function exported(search: string): Promise<string> {
    const create = `mutation($input: CustomerExportCreateInput!) { customerExportCreate(input: $input) { job { id } errors { code } } }`;
    const input = { search, columns: FILE, idempotencyKey: randomUUID() };
    const { job } = (await staff.ask(create, { input })).customerExportCreate;
    const read = 'query($id: ID!) { job(id: $id) { status resultUrl } }';
    const { resultUrl } = await shop.eventually(async () => {
      const { job: now } = await staff.ask(read, { id: job.id });
      return now.status === 'SUCCEEDED' && now;
    });
    return (await fetch(`${shop.url}${String(resultUrl)}`)).text();
  }

  it('adds who is new, changes who is known by the e-mail, accounts too, and says what is wrong with a row', async () => {
    const [known, account, added] = [(await guest()).email as string, newEmail(), newEmail()];
    const holder = await signedUp(account);

    const run = await imports().applied(
      `E-mail,First name,Phone,Language,Tags
${known.toUpperCase()},Ioana,,fr,"press, Blue"
${account},Emilia,0722 111 222,,
${added},Dan,,,wholesale
no address,X,,,
${newEmail()},Y,12,,
admin@example.com,Z,,,
`,
    );

    expect(run).toMatchObject({ newRows: 1, changedRows: 2, wrongRows: 3, appliedRows: 3 });
    expect(run.rowErrors.map(({ line, column, code }: Answer) => [line, column, code])).toEqual([
      [5, 'email', 'INVALID_EMAIL'],
      [6, 'phone', 'INVALID_PHONE'],
      [7, 'email', 'ALREADY_STAFF'],
    ]);
    expect(await found(known)).toMatchObject([
      { firstName: 'Ioana', lastName: 'Pop', tags: ['blue', 'press'] },
    ]);
    expect(await holder.ask('{ me { firstName phone } }')).toEqual({
      me: { firstName: 'Emilia', phone: '+40722111222' },
    });
    const [dan] = await found(added);
    expect(dan).toMatchObject({ firstName: 'Dan', tags: ['wholesale'], hasAccount: false });
    // Programs that follow customers are told of each, with the version that it has.
    for (const [email, version] of [[account, 2] as const, [added, 1] as const]) {
      const [row] = await found(email);
      const told = await shop.sql<{ version: number }>(
        `SELECT (payload ->> 'version')::int AS version FROM outbox WHERE kind = 'customer.changed' AND aggregate_id = $1`,
        [localId('cust', row!.id)],
      );
      expect([told, row!.version]).toEqual([[{ version }], version]);
    }
  });

  it('that was exported is understood as it is, and changes nothing when it comes back', async () => {
    const { id, email } = await guest();
    await to('customerTagsSet', id, { tags: ['blue', '=press', "o'neill", '-5'] });
    await to('customerUpdate', id, { firstName: '=HYPERLINK("https://x.test")', lastName: `'Ana"; @SUM(1)` });
    const file = await exported(email);
    expect(file).not.toMatch(/(?:^|[,;"\t])=/m);

    const again = await imports().checked(file, 'customers.csv');
    expect(again).toMatchObject({ rowCount: 1, unchangedRows: 1, wrongRows: 0 });
  });
});
