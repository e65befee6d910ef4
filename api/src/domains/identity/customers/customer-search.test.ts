import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser, IdentityDriver } from '@vitrine/testing/drivers/identity-driver.js';
import { countStatements, type Counted } from '@vitrine/testing/shop/statement-counter.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { globalId, newId } from '../../../kernel/ids.js';
import { identityModule } from '../identity.module.js';
import { seedDemoUsers } from '../index.js';

interface Page {
  nodes: { email: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  totalCount?: number;
}

const CUSTOMERS = `query ($first: Int, $after: String, $last: Int, $before: String, $search: String, $filter: CustomerFilter, $sort: CustomerSort) {
  customers(first: $first, after: $after, last: $last, before: $before, search: $search, filter: $filter, sort: $sort) {
    nodes { email } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } COUNT
  }
}`;
const LIST = CUSTOMERS.replace('COUNT', '');
const COUNTED = CUSTOMERS.replace('COUNT', 'totalCount');
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { user { id } } }';

// Given and family name; the e-mail is derived from the position. Several share a time, a name, an accent.
const NAMES = [
  ['Ștefan', 'Țăranu'],
  ['Stefan', 'Taranu'],
  ['Ana', 'Ionescu'],
  ['Ion', 'Anghel'],
  ['100%', 'Sigur'],
  ['a_b', 'Linie'],
  ['Back\\slash', 'Bar'],
  ["O'Neill;--", 'Sean'],
  ['Ana', 'Ionescu'],
  ['Élodie', 'Brâncuși'],
];

let shop: TestDatabase;
let driver: IdentityDriver;
let admin: Browser;
let alice: Browser;
beforeAll(async () => {
  shop = await testDatabase();
  driver = new IdentityDriver(shop.database);
  await seedDemoUsers(shop.database, { isProduction: false });
  admin = await signedIn('admin@example.com', 'Admin@123');
  alice = await signedIn('alice@example.com', 'Alice@123');
  for (const [i, [firstName, lastName]] of NAMES.entries()) {
    await shop.database.pool.query(
      `INSERT INTO app_user (id, email, password_hash, first_name, last_name, marketing_opt_in, created_at)
       VALUES ($1, $2, '-', $3, $4, $5, '2026-01-01T00:00:00.000Z'::timestamptz + make_interval(secs => $6 * 0.000001))`,
      [newId(), `c${i}@shop.example`, firstName, lastName, i % 2 === 0, Math.floor(i / 3)],
    );
  }
});
afterAll(() => shop.close());

async function signedIn(email: string, password: string): Promise<Browser> {
  const browser = new Browser();
  await driver.answer(LOGIN, { input: { email, password } }, { browser });
  return browser;
}

const list = (variables: object = {}) => driver.answer<Page>(LIST, { ...variables }, { browser: admin });
const emails = ({ nodes }: Page) => nodes.map(({ email }) => email.replace('@shop.example', ''));
const found = async (search: string) => emails(await list({ search, sort: 'EMAIL_ASC' }));

/** Number of statements of the list itself, without those that check the session. */
const asked = ({ texts }: Counted<unknown>): number =>
  texts.filter((text) => !text.includes('user_session')).length;

describe('the list of customers', () => {
  it('is for staff alone', async () => {
    const { user } = await driver.answer<{ user: { id: string } }>(LOGIN, {
      input: { email: 'bob@example.com', password: 'Bob@123' },
    });
    const guest = await driver.ask(LIST);
    const customer = await driver.ask(LIST, {}, { browser: alice });
    const one = await driver.ask(`{ customer(id: "${user.id}") { email } }`, {}, { browser: alice });

    expect(guest.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(customer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    expect(one.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('does not show staff', async () => {
    expect(await found('example.com')).toEqual(['alice@example.com', 'bob@example.com']);
  });

  it.each(['NEWEST', 'OLDEST', 'NAME_ASC', 'EMAIL_ASC'])(
    'shows everybody once by %s, page by page, there and back',
    async (sort) => {
      const whole = emails(await list({ sort, first: 100 }));
      const there: string[] = [];
      const back: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page: Page = await list({ sort, first: 2, after });
        there.push(...emails(page));
        [after, more] = [page.pageInfo.endCursor, page.pageInfo.hasNextPage];
      }
      for (let before: string | null = null, more = true; more;) {
        const page: Page = await list({ sort, last: 5, before });
        back.unshift(...emails(page));
        [before, more] = [page.pageInfo.startCursor, page.pageInfo.hasPreviousPage];
      }

      expect(whole).toHaveLength(12);
      expect(new Set(whole).size).toBe(12);
      expect(there).toEqual(whole);
      expect(back).toEqual(whole);
    },
  );

  it('puts Ț beside T when it goes by name', async () => {
    const order = emails(await list({ sort: 'NAME_ASC' }));

    expect(order.slice(-2).sort()).toEqual(['c0', 'c1']);
    expect(order[0]).toBe('c3');
  });

  it('refuses a cursor of another order or of somebody’s own making', async () => {
    const { pageInfo } = await list({ sort: 'OLDEST', first: 1 });

    for (const variables of [
      { sort: 'NAME_ASC', after: pageInfo.endCursor },
      { after: 'WyJ4IiwieSJd.AAAA' },
      { first: 101 },
      { first: 1, last: 1 },
    ]) {
      await expect(list(variables)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    }
  });

  it('finds by parts of name and e-mail, in any order, without regard to accents and capitals', async () => {
    expect(await found('STEFAN tara')).toEqual(['c0', 'c1']);
    expect(await found('țăranu ștef')).toEqual(['c0', 'c1']);
    expect(await found('elodie c9@shop brancusi')).toEqual(['c9']);
    expect(await found('nobody')).toEqual([]);
    expect(await found('  ')).toHaveLength(12);
  });

  it.each([
    ['%', ['c4']],
    ['％', ['c4']],
    ['_', ['c5']],
    ['\\', ['c6']],
    ["'", ['c7']],
    [';--', ['c7']],
    ["%_\\';--", []],
    ['\0', 12],
    ['a\0b', 1],
    ['$1', []],
    ['\ud800', []],
    ['%'.repeat(101), []],
    [`'); DROP TABLE app_user; --`, []],
  ])('takes %j as the letters they are', async (search, expected) => {
    const hits = await found(search);

    if (typeof expected === 'number') expect(hits.length).toBeGreaterThanOrEqual(expected);
    else expect(hits).toEqual(expected);
  });

  it('narrows by consent and time', async () => {
    const filter = { marketingOptIn: true, createdTo: '2026-02-01T00:00:00Z' };

    expect(emails(await list({ filter, sort: 'EMAIL_ASC' }))).toEqual(['c0', 'c2', 'c4', 'c6', 'c8']);
    expect(await list({ filter: { createdFrom: '2026-02-01T00:00:00Z' } })).toMatchObject({
      nodes: { length: 2 },
    });
  });

  it('counts only when asked to, and reads the page in one statement', async () => {
    const plain = await countStatements(() => list({ search: 'ana' }));
    const counted = await countStatements(() =>
      driver.answer<Page>(COUNTED, { search: 'ana', first: 1 }, { browser: admin }),
    );

    expect(asked(plain)).toBe(1);
    expect(asked(counted)).toBe(2);
    expect(counted.result).toMatchObject({ totalCount: 2, nodes: { length: 1 } });
  });

  it('reads the address books of a whole page in one more statement', async () => {
    const source = '{ customers(first: 20) { nodes { email addresses { address { city } } } } }';

    const counted = await countStatements(() =>
      driver.answer<{ nodes: { email: string; addresses: { address: { city: string } }[] }[] }>(
        source,
        {},
        { browser: admin },
      ),
    );

    expect(asked(counted)).toBe(2);
    expect(counted.result.nodes.find(({ email }) => email === 'alice@example.com')?.addresses).toHaveLength(
      2,
    );
  });
});

describe('one customer', () => {
  it('is found by staff by the id that the list shows', async () => {
    const { nodes } = await driver.answer<{ nodes: { id: string }[] }>(
      '{ customers(search: "alice") { nodes { id } } }',
      {},
      { browser: admin },
    );

    const customer = await driver.answer(
      `{ customer(id: "${nodes[0]?.id}") { email language addresses { label isDefaultShipping } } }`,
      {},
      { browser: admin },
    );

    expect(customer).toMatchObject({
      email: 'alice@example.com',
      language: 'RO',
      addresses: [{ label: 'Acasă', isDefaultShipping: true }, { label: 'Birou' }],
    });
    for (const id of ['', 'nonsense', globalId('prod', newId()), globalId('user', newId())]) {
      expect(await driver.answer(`{ customer(id: "${id}") { email } }`, {}, { browser: admin })).toBeNull();
    }
  });

  it('as a node is shown to themselves and to staff', async () => {
    const find = identityModule.nodes?.user?.find;
    const ids = (
      await shop.database.pool.query(
        `SELECT id FROM app_user WHERE email IN ('alice@example.com', 'bob@example.com') ORDER BY email`,
      )
    ).rows as { id: string }[];
    const [own, other] = ids.map(({ id }) => id) as [string, string];

    expect(await find?.(own, await driver.contextOf({ browser: alice }))).toMatchObject({
      email: 'alice@example.com',
    });
    expect(await find?.(other, await driver.contextOf({ browser: alice }))).toBeNull();
    expect(await find?.(other, await driver.contextOf({ browser: admin }))).toMatchObject({
      email: 'bob@example.com',
    });
    expect(await find?.(other, await driver.contextOf({}))).toBeNull();
  });
});
