import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buy } from '@vitrine/testing/drivers/checkout.js';
import type { Guest } from '@vitrine/testing/drivers/guest.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { workIsDone } from '@vitrine/testing/shop/work-is-done.js';

const PASSWORD = 'struguri copți';
const OWN = `mutation($input: AccountExportInput!) { accountExport(input: $input) { url expiresAt errors { code path } } }`;
const OF_CUSTOMER = `mutation($input: CustomerDataExportInput!) { customerDataExport(input: $input) { url errors { code path } } }`;

let shop: TestShop;
let staff: GraphqlClient;
let variantId: string;
beforeAll(async () => {
  shop = await TestShop.open();
  variantId = await shop.stock({ name: 'Cană', sku: 'KNOWN-MUG', price: 12_100, stock: 5_000 });
});
afterAll(() => shop.close());
beforeEach(async () => {
  await shop.sql('DELETE FROM rate_limit');
  staff = await shop.staff();
});

let made = 0;
const newEmail = (): string => `known${++made}@shop.test`;
const ordered = (email: string, browser = shop.guest()): Promise<Answer> =>
  buy(browser, [{ variantId, quantity: 1 }], email);

async function signedUp(email: string): Promise<Guest> {
  const browser = shop.guest();
  const input = { email, password: PASSWORD, firstName: 'Ema', lastName: 'Dima' };
  await browser.ask('mutation($input: SignUpInput!) { signUp(input: $input) { errors { code } } }', {
    input,
  });
  return browser;
}
const own = async (browser: GraphqlClient, password = PASSWORD): Promise<Answer> =>
  (await browser.ask(OWN, { input: { password } })).accountExport;
const idOf = async (email: string): Promise<string> => {
  const query = 'query($search: String!) { customers(first: 1, search: $search) { nodes { id } } }';
  return (await staff.ask(query, { search: email })).customers.nodes[0].id;
};
const ofCustomer = async (customerId: string, by = staff): Promise<Answer> =>
  (await by.ask(OF_CUSTOMER, { input: { customerId } })).customerDataExport;
const download = (url: string): Promise<Response> => fetch(`${shop.url}${url}`);
const file = async (url: string): Promise<Answer> => (await download(url)).json() as Promise<Answer>;

describe('the holder of an account', () => {
  it('downloads what the shop knows about them, and nothing of what nobody has shown to be theirs', async () => {
    const email = newEmail();
    const { number: hidden } = await ordered(email);
    const browser = await signedUp(email);
    const { number } = await ordered(email, browser);
    const id = await idOf(email);
    await staff.ask(
      'mutation($input: CustomerNoteAddInput!) { customerNoteAdd(input: $input) { errors { code } } }',
      { input: { customerId: id, body: 'Rings twice.' } },
    );
    await workIsDone(shop);

    const { url, errors } = await own(browser);
    const response = await download(url);
    const text = await response.text();
    const known = JSON.parse(text) as Answer;

    expect(errors).toEqual([]);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="personal-data-.*\.json"$/,
    );
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(known.account).toMatchObject([{ email, firstName: 'Ema', lastName: 'Dima' }]);
    expect(known.orders).toMatchObject([
      { number, email, lines: [{ product: 'Cană', quantity: 1, totalInMinorUnits: 12_100 }] },
    ]);
    expect(known.devices).toHaveLength(1);
    expect(known.mails.map(({ mail }: Answer) => mail)).toContain('welcome');
    // As a value: its digits also stand in moments and ids.
    for (const secret of [`"${hidden}"`, 'Rings twice', 'password', 'hash'])
      expect(text).not.toContain(secret);
  });

  it('gives the password, and has a file for this session alone', async () => {
    const browser = await signedUp(newEmail());

    expect((await own(browser, 'wrong password')).errors).toEqual([
      { code: 'INVALID_CREDENTIALS', path: ['password'] },
    ]);
    const { url } = await own(browser);
    expect((await download(url)).status).toBe(200);
    await browser.ask('mutation { logout { ok } }');

    expect((await download(url)).status).toBe(404);
    expect((await download(`${String(url).slice(0, -3)}AAA`)).status).toBe(404);
  });
});

describe('staff', () => {
  it('hand over what is known about a guest, with the notes; the audit log has who did', async () => {
    const email = newEmail();
    const { number } = await ordered(email);
    const id = await idOf(email);
    await staff.ask(
      'mutation($input: CustomerNoteAddInput!) { customerNoteAdd(input: $input) { errors { code } } }',
      { input: { customerId: id, body: 'Rings twice.' } },
    );

    const { url, errors } = await ofCustomer(id);
    const known = await file(url);

    expect(errors).toEqual([]);
    expect(known).toMatchObject({
      account: [],
      customers: [{ email, firstName: 'Ana' }],
      notesOfTheShop: [{ text: 'Rings twice.' }],
      orders: [{ number }],
    });
    const { customer } = await staff.ask(
      'query($id: ID!) { customer(id: $id) { history(first: 1) { nodes { operation } } } }',
      { id },
    );
    expect(customer.history.nodes).toEqual([{ operation: 'customerDataExport' }]);
  });

  it('of an account, the orders that were merged into it, too', async () => {
    const [email, other] = [newEmail(), newEmail()];
    const { number } = await ordered(other);
    const browser = await signedUp(email);
    const id = await idOf(email);
    const { customer } = await staff.ask('query($id: ID!) { customer(id: $id) { version } }', {
      id: await idOf(other),
    });
    const input = { customerId: await idOf(other), expectedVersion: customer.version, intoCustomerId: id };
    await staff.ask(
      'mutation($input: CustomerMergeInput!) { customerMerge(input: $input) { errors { code } } }',
      { input },
    );

    const known = await file((await ofCustomer(id)).url);

    expect(known.orders).toMatchObject([{ number, email: other }]);
    expect(known.customers.map(({ email: known_ }: Answer) => known_).sort()).toEqual([email, other].sort());
    expect((await file((await own(browser)).url)).orders).toEqual([]);
  });

  it('without the permission get nothing, nor does the address of somebody who had it', async () => {
    const email = newEmail();
    await ordered(email);
    const id = await idOf(email);
    const buyer = await signedUp(newEmail());

    await expect(ofCustomer(id, buyer)).rejects.toThrow(/FORBIDDEN|permission/i);
    expect((await ofCustomer('cust_nobody')).errors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { url } = await ofCustomer(id);
    await staff.ask('mutation { logout { ok } }');
    expect((await download(url)).status).toBe(404);
  });
});
