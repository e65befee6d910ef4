import { getDirective } from '@graphql-tools/utils';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { permissionsOf, Role, type Permission } from '../../src/platform/graphql/roles.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient } from '@vitrine/testing/drivers/live-client.js';
import { publishedEvents } from '@vitrine/testing/shop/published-events.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { countStatements } from '@vitrine/testing/shop/statement-counter.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { leastRequest } from '../support/any-value.js';

const ADMIN = { email: 'admin@example.com', password: 'Admin@123' };
const ALICE = { email: 'alice@example.com', password: 'Alice@123' };
const BOB = { email: 'bob@example.com', password: 'Bob@123' };

let shop: TestShop;
let other: TestShop;
let owner: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  // A second process: what one of them is told counts in both.
  other = await shop.beside({ worker: false });
});
afterAll(async () => {
  await other.close();
  await shop.close();
});
beforeEach(async () => {
  await shop.sql('DELETE FROM rate_limit');
  await everybody({ [ALICE.email]: 'ADMIN', [BOB.email]: 'SUPPORT' });
  owner = await shop.staff(ADMIN);
});

/** Whatever a test before has done: these accounts have these roles, Ana owns the shop, and nobody is locked out. */
async function everybody(roles: Record<string, string>): Promise<void> {
  await shop.sql('UPDATE staff_member SET locked_at = NULL, locked_by = NULL');
  await shop.shop.database.transaction(async ({ client }) => {
    await client.query(`UPDATE app_user SET role = 'ADMIN' WHERE role = 'OWNER'`);
    for (const [email, role] of Object.entries({ ...roles, [ADMIN.email]: 'OWNER' }))
      await client.query('UPDATE app_user SET role = $2 WHERE email = $1', [email, role]);
  });
  await shop.sql(
    'DELETE FROM staff_role r WHERE code IS NULL AND NOT EXISTS (SELECT FROM staff_member m WHERE m.role_id = r.id)',
  );
}

const PERSON = 'id email status version isSelf canChange role { id name builtIn permissions } lockedByName';
const ROLE = 'id name builtIn permissions members canGrant canChange version';

async function person(email: string, by = owner): Promise<Answer> {
  const { staffMembers } = await by.ask(`{ staffMembers { ${PERSON} } }`);
  return staffMembers.find((one: Answer) => one.email === email);
}
async function builtIn(code: string, by = owner): Promise<Answer> {
  const { roles } = await by.ask(`{ roles { ${ROLE} } }`);
  return roles.find((one: Answer) => one.builtIn === code);
}
async function change(mutation: string, input: Answer, by = owner): Promise<Answer> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { staffMember { ${PERSON} } errors { code path } } }`;
  return (await by.ask(text, { input }))[mutation];
}
/** One of the mutations about a person, on the version of now. */
async function to(mutation: string, email: string, more: Answer = {}, by = owner): Promise<Answer> {
  const { id, version } = await person(email, owner);
  return change(mutation, { staffMemberId: id, expectedVersion: version, ...more }, by);
}
async function role(mutation: string, input: Answer, by = owner): Promise<Answer> {
  const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
  const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { role { ${ROLE} } errors { code path } } }`;
  return (await by.ask(text, { input }))[mutation];
}
let named = 0;
async function ownRole(permissions: readonly string[]): Promise<Answer> {
  return (await role('roleCreate', { name: `Own role ${++named}`, permissions })).role;
}
const code = async (by: GraphqlClient, query: string): Promise<string | null> =>
  (await by.send(query)).errors?.[0]?.extensions.code ?? null;
const codes = ({ errors }: Answer): string[] => errors.map((error: Answer) => error.code);

const ORDERS = '{ orders(first: 1) { totalCount } }';
const CUSTOMERS = '{ customers(first: 1) { totalCount } }';

interface App {
  readonly token: string;
  readonly at: (place: TestShop) => GraphqlClient;
}

/** An app with a token, which may be used at both processes. */
async function app(account: typeof BOB): Promise<App> {
  const login = `mutation($input: LoginInput!) { login(input: $input) { tokens { accessToken } errors { code } } }`;
  const { login: signedIn } = await shop.guest().ask(login, { input: { ...account, tokenDelivery: 'BODY' } });
  const token: string = signedIn.tokens.accessToken;
  return { token, at: (place) => place.guest({ authorization: `Bearer ${token}` }) };
}

describe('a role of the shop’s own', () => {
  it('allows what it lists and nothing else, and the person sees it of herself', async () => {
    const own = await ownRole(['ORDER_READ', 'ORDER_WRITE']);

    expect(await to('staffRoleUpdate', BOB.email, { roleId: own.id })).toMatchObject({ errors: [] });

    const bob = await shop.staff(BOB);
    expect(await bob.ask('{ me { role roleName permissions } }')).toEqual({
      me: { role: 'STAFF', roleName: own.name, permissions: ['ORDER_READ', 'ORDER_WRITE'] },
    });
    expect([await code(bob, ORDERS), await code(bob, CUSTOMERS)]).toEqual([null, 'FORBIDDEN']);
  });

  it('shows no order by way of a customer to who may read customers alone', async () => {
    const own = await ownRole(['CUSTOMER_READ']);
    await to('staffRoleUpdate', BOB.email, { roleId: own.id });
    const bob = await shop.staff(BOB);

    await owner.ask(
      'mutation { customerCreate(input: { email: "buyer@shop.example" }) { errors { code } } }',
    );
    const { customers } = await bob.ask(
      '{ customers(first: 1) { nodes { email orderCount orders(first: 1) { nodes { number } } } } }',
    );
    expect(customers.nodes).toMatchObject([{ email: expect.any(String) as string, orders: null }]);
  });

  it('is in force at the next click in every process when it changes, and the sockets close', async () => {
    const own = await ownRole(['ORDER_READ']);
    await to('staffRoleUpdate', BOB.email, { roleId: own.id });
    const bob = await app(BOB);
    expect([await code(bob.at(shop), ORDERS), await code(bob.at(other), ORDERS)]).toEqual([null, null]);
    const socket = liveClient(shop.url, { params: { accessToken: bob.token } });
    await socket.ready();

    const input = { roleId: own.id, expectedVersion: own.version, permissions: ['CUSTOMER_READ'] };
    expect(await role('roleUpdate', input)).toMatchObject({ errors: [], role: { version: 2 } });

    for (const place of [shop, other]) {
      await publishedEvents(place.shop);
      expect(await code(bob.at(place), ORDERS)).toBe('FORBIDDEN');
      expect(await code(bob.at(place), CUSTOMERS)).toBeNull();
    }
    await shop.eventually(async () => socket.closed() === 4403);
    await socket.close();
  });

  it('costs no statement more than a built-in one, and a customer’s request none for roles', async () => {
    const own = await ownRole(['ORDER_READ']);
    await to('staffRoleUpdate', BOB.email, { roleId: own.id });
    const count = async (by: GraphqlClient, query: string): Promise<number> => {
      await by.ask(query);
      return (await countStatements(() => by.ask(query))).texts.filter((text) =>
        /staff_|user_session/.test(text),
      ).length;
    };

    const ofOwn = await count(await shop.staff(BOB), ORDERS);
    const fixed = await count(owner, ORDERS);
    await everybody({ [BOB.email]: 'CUSTOMER' });

    expect(ofOwn).toBeLessThanOrEqual(Math.max(1, fixed));
    expect(await count(await shop.customer(BOB.email, BOB.password), '{ me { email } }')).toBeLessThanOrEqual(
      1,
    );
  });

  it('is deleted when nobody has it, and keeps its name for itself', async () => {
    const own = await ownRole(['ORDER_READ']);
    await to('staffRoleUpdate', BOB.email, { roleId: own.id });
    const seen = { roleId: own.id, expectedVersion: own.version };

    expect(codes(await role('roleDelete', seen))).toEqual(['ROLE_IN_USE']);
    expect(
      codes(await role('roleCreate', { name: own.name.toUpperCase(), permissions: ['ORDER_READ'] })),
    ).toEqual(['ROLE_NAME_TAKEN']);
    await to('staffRoleUpdate', BOB.email, { roleId: (await builtIn('SUPPORT')).id });
    expect(codes(await role('roleDelete', seen))).toEqual([]);
    expect(codes(await role('roleDelete', seen))).toEqual(['NOT_FOUND']);
  });

  it('is never a built-in one: those are fixed', async () => {
    const { id, version } = await builtIn('SUPPORT');

    expect(codes(await role('roleUpdate', { roleId: id, expectedVersion: version, name: 'Help' }))).toEqual([
      'BUILT_IN_ROLE',
    ]);
    expect(codes(await role('roleDelete', { roleId: id, expectedVersion: version }))).toEqual([
      'BUILT_IN_ROLE',
    ]);
  });
});

describe('nobody gives, takes or edits more than they have', () => {
  const FEW = ['STAFF_WRITE', 'ORDER_READ'];
  async function headOfShipping(): Promise<GraphqlClient> {
    const head = await ownRole(FEW);
    await to('staffRoleUpdate', ALICE.email, { roleId: head.id });
    return shop.staff(ALICE);
  }

  it('by a role: one above hers is neither made nor changed, given nor taken away', async () => {
    const alice = await headOfShipping();
    const money = await ownRole(['ORDER_READ', 'CUSTOMER_WRITE']);
    const small = await ownRole(['ORDER_READ']);
    const seen = { roleId: small.id, expectedVersion: small.version };

    const refused = [
      await role('roleCreate', { name: 'Everything', permissions: [...FEW, 'SETTINGS_WRITE'] }, alice),
      await role('roleUpdate', { ...seen, permissions: ['ORDER_READ', 'CUSTOMER_WRITE'] }, alice),
      await role('roleUpdate', { roleId: money.id, expectedVersion: 1, permissions: ['ORDER_READ'] }, alice),
      await role('roleUpdate', { roleId: money.id, expectedVersion: 1, name: 'Mine' }, alice),
      await role('roleDelete', { roleId: money.id, expectedVersion: 1 }, alice),
    ];

    expect(refused.map(codes)).toEqual(refused.map(() => ['GRANT_EXCEEDS_OWN']));
    expect(codes(await role('roleUpdate', { ...seen, name: 'Smaller' }, alice))).toEqual([]);
    expect(
      (await role('roleUpdate', { ...seen, expectedVersion: 1, name: 'x' }, alice)).errors,
    ).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  it('by a person: whoever has more is out of reach, and nobody is raised above her', async () => {
    const alice = await headOfShipping();
    const small = await ownRole(['ORDER_READ']);

    const above = [
      await to('staffRoleUpdate', BOB.email, { roleId: small.id }, alice),
      await to('staffLock', BOB.email, {}, alice),
      await to('staffRemove', BOB.email, {}, alice),
      await to('staffLock', ADMIN.email, {}, alice),
    ];
    await to('staffRoleUpdate', BOB.email, { roleId: small.id });
    const raised = await to('staffRoleUpdate', BOB.email, { roleId: (await builtIn('SUPPORT')).id }, alice);

    expect(above.map(codes)).toEqual(above.map(() => ['GRANT_EXCEEDS_OWN']));
    expect(codes(raised)).toEqual(['GRANT_EXCEEDS_OWN']);
    expect(await person(BOB.email, alice)).toMatchObject({ role: { id: small.id }, canChange: true });
    expect(await person(ADMIN.email, alice)).toMatchObject({ canChange: false });
    expect(codes(await to('staffLock', BOB.email, {}, alice))).toEqual([]);
  });

  it('and an administrator does not touch the owner, nor becomes one by a role', async () => {
    const alice = await shop.staff(ALICE);
    const roleId = (await builtIn('OWNER')).id;

    const refused = [
      await to('staffLock', ADMIN.email, {}, alice),
      await to('staffRemove', ADMIN.email, {}, alice),
      await to('staffRoleUpdate', ADMIN.email, { roleId: (await builtIn('SUPPORT')).id }, alice),
    ];

    expect(refused.map(codes)).toEqual(refused.map(() => ['GRANT_EXCEEDS_OWN']));
    expect(codes(await to('staffRoleUpdate', BOB.email, { roleId }, alice))).toEqual(['OWNER_BY_TRANSFER']);
    expect(codes(await to('staffRoleUpdate', BOB.email, { roleId }))).toEqual(['OWNER_BY_TRANSFER']);
    const { errors } = await alice.send(
      `mutation { ownerTransfer(input: { staffMemberId: "x", expectedVersion: 1, password: "x" }) { errors { code } } }`,
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  it('nor to themselves', async () => {
    const alice = await shop.staff(ALICE);
    const roleId = (await builtIn('SUPPORT')).id;

    const herself = [
      await to('staffRoleUpdate', ALICE.email, { roleId }, alice),
      await to('staffLock', ALICE.email, {}, alice),
      await to('staffRemove', ALICE.email, {}, alice),
    ];

    expect(herself.map(codes)).toEqual(herself.map(() => ['OWN_ACCOUNT']));
    expect(codes(await to('staffLock', ADMIN.email))).toEqual(['LAST_OWNER']);
    expect(codes(await to('staffRoleUpdate', ADMIN.email, { roleId }))).toEqual(['LAST_OWNER']);
  });
});

describe('a colleague who is locked out', () => {
  it('is out of every device and process at once, and signs in to nothing until let in again', async () => {
    const bob = await app(BOB);
    expect([await code(bob.at(shop), ORDERS), await code(bob.at(other), ORDERS)]).toEqual([null, null]);
    const asked = 'mutation { passwordResetRequest(input: { email: "bob@example.com" }) { ok } }';
    await shop.guest().ask(asked);

    expect(await to('staffLock', BOB.email)).toMatchObject({
      errors: [],
      staffMember: { status: 'LOCKED', lockedByName: 'Ana Administrator' },
    });

    for (const place of [shop, other]) {
      await publishedEvents(place.shop);
      expect(await code(bob.at(place), ORDERS)).toBe('UNAUTHENTICATED');
    }
    await expect(shop.staff(BOB)).rejects.toThrow('INVALID_CREDENTIALS');
    await expect(shop.customer(BOB.email, BOB.password)).rejects.toThrow('INVALID_CREDENTIALS');
    expect(await shop.sql(`SELECT FROM one_time_token WHERE used_at IS NULL AND expires_at > now()`)).toEqual(
      [],
    );

    expect(await to('staffUnlock', BOB.email)).toMatchObject({
      errors: [],
      staffMember: { status: 'ACTIVE' },
    });
    expect(await code(await shop.staff(BOB), ORDERS)).toBeNull();
    expect(await code(bob.at(shop), ORDERS)).toBe('UNAUTHENTICATED');
  });

  it('and one who is removed is a customer from then on, whose name the activity still knows', async () => {
    const bob = await shop.staff(BOB);

    expect(await to('staffRemove', BOB.email)).toMatchObject({ errors: [], staffMember: null });

    await publishedEvents(shop.shop);
    expect(await code(bob, ORDERS)).toBe('UNAUTHENTICATED');
    const customer = await shop.customer(BOB.email, BOB.password);
    expect(await customer.ask('{ me { role permissions } }')).toEqual({
      me: { role: 'CUSTOMER', permissions: [] },
    });
    const { auditLog } = await owner.ask(
      '{ auditLog(first: 1, filter: { operations: ["staffRemove"] }) { nodes { actorName changes { record kind } } } }',
    );
    expect(auditLog.nodes[0]).toMatchObject({ actorName: 'Ana Administrator' });
    expect(auditLog.nodes[0].changes).toContainEqual({ record: 'staff_member', kind: 'DELETED' });
  });
});

describe('at the same moment', () => {
  it('two administrators take each other’s role away: one of them succeeds', async () => {
    await everybody({ [BOB.email]: 'ADMIN' });
    const [alice, bob] = [await shop.staff(ALICE), await shop.staff(BOB)];
    const roleId = (await builtIn('SUPPORT')).id;
    const [hers, his] = [await person(ALICE.email), await person(BOB.email)];
    const attempt = (by: GraphqlClient, { id, version }: Answer): Promise<string> =>
      change('staffRoleUpdate', { staffMemberId: id, expectedVersion: version, roleId }, by).then(
        (answer) => codes(answer)[0] ?? 'done',
        (error: Error) => /FORBIDDEN|UNAUTHENTICATED/.exec(error.message)?.[0] ?? error.message,
      );

    const done = await Promise.all([attempt(alice, his), attempt(bob, hers)]);

    const left = await Promise.all([ALICE, BOB].map(({ email }) => person(email)));
    expect(done.filter((one) => one === 'done')).toHaveLength(1);
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(done.find((one) => one !== 'done'));
    expect(left.map((one) => one.role.builtIn).sort()).toEqual(['ADMIN', 'SUPPORT']);
  });

  it('the owner hands the shop on to two people: there is one owner afterwards', async () => {
    const twice = await shop.staff(ADMIN);
    const [hers, his] = [await person(ALICE.email), await person(BOB.email)];
    const attempt = (by: GraphqlClient, { id, version }: Answer): Promise<string> =>
      change(
        'ownerTransfer',
        { staffMemberId: id, expectedVersion: version, password: ADMIN.password },
        by,
      ).then(
        (answer) => codes(answer)[0] ?? 'done',
        (error: Error) => /FORBIDDEN|UNAUTHENTICATED/.exec(error.message)?.[0] ?? error.message,
      );

    const done = await Promise.all([attempt(owner, hers), attempt(twice, his)]);

    const owners = await shop.sql(`SELECT email FROM app_user WHERE role = 'OWNER'`);
    expect(done.filter((one) => one === 'done')).toHaveLength(1);
    expect(['FORBIDDEN', 'UNAUTHENTICATED']).toContain(done.find((one) => one !== 'done'));
    expect(owners).toEqual([{ email: done[0] === 'done' ? ALICE.email : BOB.email }]);
  });

  it('a role is deleted and given: either nobody has it, or it is there', async () => {
    const own = await ownRole(['ORDER_READ']);
    const { id, version } = await person(BOB.email);

    const [given, deleted] = await Promise.all([
      change('staffRoleUpdate', { staffMemberId: id, expectedVersion: version, roleId: own.id }),
      role('roleDelete', { roleId: own.id, expectedVersion: own.version }),
    ]);

    const outcome = [codes(given)[0] ?? 'done', codes(deleted)[0] ?? 'done'];
    expect([
      ['done', 'ROLE_IN_USE'],
      ['NOT_FOUND', 'done'],
    ]).toContainEqual(outcome);
  });
});

describe('the shop is handed on', () => {
  it('with the owner’s password, who is an administrator from then on', async () => {
    expect(codes(await to('ownerTransfer', ALICE.email, { password: 'a guess' }))).toEqual([
      'INVALID_CREDENTIALS',
    ]);
    await to('staffLock', ALICE.email);
    expect(codes(await to('ownerTransfer', ALICE.email, { password: ADMIN.password }))).toEqual([
      'MEMBER_LOCKED',
    ]);
    await to('staffUnlock', ALICE.email);
    expect(codes(await to('ownerTransfer', ADMIN.email, { password: ADMIN.password }))).toEqual([
      'OWN_ACCOUNT',
    ]);

    expect(codes(await to('ownerTransfer', ALICE.email, { password: ADMIN.password }))).toEqual([]);

    // Whoever is told of it is told which version each of both has now.
    const told = await shop.sql<{ version: number }>(
      `SELECT (o.payload ->> 'version')::int AS version FROM outbox o JOIN staff_member m ON m.user_id = o.aggregate_id
       AND m.version = (o.payload ->> 'version')::int JOIN app_user u ON u.id = m.user_id
       WHERE o.kind = 'staff.changed' AND o.payload ->> 'change' = 'ROLE' AND u.email = ANY($1)`,
      [[ALICE.email, ADMIN.email]],
    );
    expect(told).toHaveLength(2);
    const entries = await shop.sql(
      `SELECT u.email, count(*)::int AS changed FROM audit_entry e JOIN app_user u ON u.id = e.actor_id
       JOIN audit_change c ON c.entry_id = e.id AND c.record = 'staff_member' WHERE e.operation = 'ownerTransfer'
       GROUP BY e.id, u.email ORDER BY e.id DESC LIMIT 1`,
    );
    expect(entries).toEqual([{ email: ADMIN.email, changed: 2 }]);
    const alice = await shop.staff(ALICE);
    expect(await person(ALICE.email, alice)).toMatchObject({ role: { builtIn: 'OWNER' }, isSelf: true });
    expect(await person(ADMIN.email, alice)).toMatchObject({ role: { builtIn: 'ADMIN' }, canChange: true });
  });

  it('and by the command of the server also to somebody who was locked out', async () => {
    await to('staffLock', BOB.email);
    await shop.shop.identity.owners
      .appoint({ email: BOB.email, firstName: 'B', lastName: 'M', language: 'ro' })
      .catch((error: Error) => expect(error.message).toMatch(/public/));
    await shop.sql(`UPDATE app_user SET email = 'bob@shop.example' WHERE email = $1`, [BOB.email]);

    await shop.shop.identity.owners.appoint({
      ...{ email: 'bob@shop.example', firstName: 'B', lastName: 'M', language: 'ro' },
    });

    expect(await shop.sql(`SELECT email, locked_at FROM app_user WHERE role = 'OWNER'`)).toEqual([
      { email: 'bob@shop.example', locked_at: null },
    ]);
    await shop.sql(`UPDATE app_user SET email = $1 WHERE email = 'bob@shop.example'`, [BOB.email]);
  });
});

describe('an invitation', () => {
  const GOOD = 'seven grey pebbles';
  let invited = 0;
  const address = (): string => `new-${++invited}@shop.example`;
  const INVITATION = 'id email status version invitedByName askedAgainAt role { id }';

  async function asked(mutation: string, input: Answer, by = owner): Promise<Answer> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const text = `mutation($input: ${type}!) { ${mutation}(input: $input) { invitation { ${INVITATION} } errors { code path } } }`;
    return (await by.ask(text, { input }))[mutation];
  }
  async function invite(email: string, roleCode = 'SUPPORT', by = owner): Promise<Answer> {
    return asked('staffInvite', { email, roleId: (await builtIn(roleCode)).id, language: 'FR' }, by);
  }
  /** The tokens of the links that were mailed, in any order. */
  async function mailed(email: string, count = 1): Promise<string[]> {
    const mails = await shop.eventually(async () => {
      const rows = await shop.sql<{ text: string }>(
        `SELECT text FROM dev_inbox WHERE recipient = $1 AND text LIKE '%/admin/invitation?token=%'`,
        [email],
      );
      return rows.length >= count && rows;
    });
    return mails.map(({ text }) => /invitation\?token=([\w-]+)/.exec(text)![1]!);
  }
  const accept = async (input: Answer, by: GraphqlClient = shop.guest({ 'x-vitrine-client': 'admin' })) => {
    const text = `mutation($input: StaffInvitationAcceptInput!) { staffInvitationAccept(input: $input) {
      user { email role permissions } errors { code path } } }`;
    return { by, ...(await by.ask(text, { input })).staffInvitationAccept };
  };
  const offer = async (token: string): Promise<Answer> => {
    const text = `query($token: String!) { staffInvitationOffer(token: $token) { email status roleName hasAccount invitedByName askedAgainAt } }`;
    return (await shop.guest().ask(text, { token })).staffInvitationOffer;
  };

  it('comes by mail, and who accepts it chooses a name and a password, and is in', async () => {
    const email = address();
    expect(await invite(email)).toMatchObject({ errors: [], invitation: { email, status: 'OPEN' } });
    const [token] = await mailed(email);

    expect(await offer(token!)).toMatchObject({
      ...{
        email,
        status: 'OPEN',
        roleName: 'Support',
        hasAccount: false,
        invitedByName: 'Ana Administrator',
      },
    });
    const name = { firstName: 'Eva', lastName: 'Pop' };
    expect(codes(await accept({ token, password: GOOD }))).toEqual(['INVALID_INPUT']);
    expect(codes(await accept({ token, password: 'too short', ...name }))).toEqual([
      'STAFF_PASSWORD_TOO_SHORT',
    ]);
    const { by, user, errors } = await accept({ token, password: GOOD, ...name });

    expect(errors).toEqual([]);
    expect(user).toMatchObject({ email, role: 'SUPPORT' });
    expect(await code(by, ORDERS)).toBeNull();
    expect(await person(email)).toMatchObject({ role: { builtIn: 'SUPPORT' }, status: 'ACTIVE' });
    const again = await shop.staff({ email, password: GOOD });
    expect(await code(again, ORDERS)).toBeNull();
    const mail = await shop.sql<{ subject: string }>('SELECT subject FROM dev_inbox WHERE recipient = $1', [
      email,
    ]);
    expect(mail[0]?.subject).toMatch(/^Vous êtes invité/);
    const { auditLog } = await owner.ask(
      '{ auditLog(first: 1, filter: { operations: ["staffInvitationAccept"] }) { nodes { actorName changes { record } } } }',
    );
    expect(auditLog.nodes[0]).toMatchObject({ actorName: 'Eva Pop' });
    expect(JSON.stringify(await shop.sql('SELECT changes FROM audit_change'))).not.toContain(email);
  });

  it('opens one account, however many use its link at once, and nothing later', async () => {
    const email = address();
    await invite(email);
    const [token] = await mailed(email);

    const tries = await Promise.all(
      ['Eva', 'Ion', 'Lia'].map((firstName) => accept({ token, password: GOOD, firstName, lastName: 'Pop' })),
    );

    expect(tries.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(await shop.sql('SELECT FROM app_user WHERE email = $1', [email])).toHaveLength(1);
    expect(await offer(token!)).toBeNull();
    const late = await accept({ token, password: GOOD, firstName: 'Dan', lastName: 'Pop' });
    expect(codes(late)).toEqual(['INVALID_TOKEN']);
    expect(codes(await accept({ token: 'made up', password: GOOD }))).toEqual(['INVALID_TOKEN']);
    expect(codes(await invite(email))).toEqual(['ALREADY_STAFF']);
  });

  it('to a customer keeps the account: its password is asked for, a longer one where it is too short, no second user', async () => {
    const email = address();
    const signUp = { email, password: 'castane1', firstName: 'Eva', lastName: 'Radu' };
    const phone = shop.guest();
    await phone.do('signUp', 'SignUpInput', signUp);
    await invite(email);
    const [token] = await mailed(email);

    expect(await offer(token!)).toMatchObject({ hasAccount: true });
    expect(codes(await accept({ token, password: GOOD }))).toEqual(['INVALID_CREDENTIALS']);
    expect(codes(await accept({ token, password: 'castane1' }))).toEqual(['STAFF_PASSWORD_TOO_SHORT']);
    const { by, errors } = await accept({ token, password: 'castane1', newPassword: GOOD });

    expect(errors).toEqual([]);
    expect(await code(by, ORDERS)).toBeNull();
    expect((await person(email)).id).toBeTruthy();
    expect(await shop.sql('SELECT FROM app_user WHERE email = $1', [email])).toHaveLength(1);
    // Whoever was signed in to it before is not staff unseen.
    expect(await phone.ask('{ me { id } }')).toEqual({ me: null });
    await expect(shop.staff({ email, password: 'castane1' })).rejects.toThrow('INVALID_CREDENTIALS');
  });

  it('sent again has another link, and the former one opens nothing; withdrawn, none does', async () => {
    const email = address();
    const { invitation } = await invite(email);
    const [first] = await mailed(email);

    expect(
      await asked('staffInvitationResend', { invitationId: invitation.id, expectedVersion: 1 }),
    ).toMatchObject({
      errors: [],
      invitation: { version: 2 },
    });
    const second = (await mailed(email, 2)).find((token) => token !== first);
    expect(await invite(email, 'MANAGER')).toMatchObject({
      errors: [],
      invitation: { id: invitation.id, version: 3 },
    });
    const third = (await mailed(email, 3)).find((token) => token !== first && token !== second);

    expect([await offer(first!), await offer(second!)]).toEqual([null, null]);
    expect(await offer(third!)).toMatchObject({ roleName: 'Manager' });
    const seen = { invitationId: invitation.id, expectedVersion: 3 };
    expect(codes(await asked('staffInvitationRevoke', { ...seen, expectedVersion: 2 }))).toEqual([
      'STALE_VERSION',
    ]);
    expect(codes(await asked('staffInvitationRevoke', seen))).toEqual([]);
    expect(await offer(third!)).toBeNull();
    expect(codes(await asked('staffInvitationResend', seen))).toEqual(['NOT_FOUND']);
  });

  it('that ran out is no dead end: its page asks who invited for another, once a day', async () => {
    const email = address();
    const { invitation } = await invite(email);
    const [token] = await mailed(email);
    const ask = async (): Promise<Answer> =>
      (
        await shop
          .guest()
          .ask(
            'mutation($input: StaffInvitationAskAgainInput!) { staffInvitationAskAgain(input: $input) { ok errors { code } } }',
            { input: { token } },
          )
      ).staffInvitationAskAgain;
    // Nobody is mailed about a link that can be used.
    expect(codes(await ask())).toEqual(['INVALID_TOKEN']);
    await shop.sql(`UPDATE staff_invitation SET expires_at = now() - interval '1 minute' WHERE email = $1`, [
      email,
    ]);

    expect(await offer(token!)).toMatchObject({ status: 'EXPIRED', askedAgainAt: null });
    const late = await accept({ token, password: GOOD, firstName: 'Eva', lastName: 'Pop' });
    expect(codes(late)).toEqual(['INVALID_TOKEN']);
    expect([await ask(), await ask()]).toEqual(Array(2).fill({ ok: true, errors: [] }));

    const told = await shop.eventually(async () => {
      const rows = await shop.sql<{ text: string }>(
        `SELECT text FROM dev_inbox WHERE recipient = $1 AND text LIKE '%' || $2 || '%'`,
        [ADMIN.email, email],
      );
      return rows.length > 0 && rows;
    });
    expect(told[0]?.text).toContain('/admin/people');
    expect(
      await shop.sql(
        `SELECT FROM outbox WHERE kind = 'staff.invitation-asked-again' AND aggregate_id = (
        SELECT id FROM staff_invitation WHERE email = $1)`,
        [email],
      ),
    ).toHaveLength(1);
    await asked('staffInvitationResend', { invitationId: invitation.id, expectedVersion: 1 });
    const next = (await mailed(email, 2)).find((one) => one !== token);
    expect(await offer(next!)).toMatchObject({ status: 'OPEN', askedAgainAt: null });
  });

  it('is worth no more than who sent it may give when it is accepted', async () => {
    const alice = await shop.staff(ALICE);
    const email = address();
    await invite(email, 'ADMIN', alice);
    const [token] = await mailed(email);
    await to('staffRoleUpdate', ALICE.email, { roleId: (await builtIn('SUPPORT')).id });

    const answer = await accept({ token, password: GOOD, firstName: 'Eva', lastName: 'Pop' });

    expect(codes(answer)).toEqual(['INVALID_TOKEN']);
    expect(await shop.sql('SELECT FROM app_user WHERE email = $1', [email])).toEqual([]);
  });

  it('goes to no role above one’s own, nor to the owner’s', async () => {
    const head = await ownRole(['STAFF_WRITE', 'ORDER_READ']);
    await to('staffRoleUpdate', ALICE.email, { roleId: head.id });
    const alice = await shop.staff(ALICE);
    const email = address();

    expect(codes(await invite(email, 'SUPPORT', alice))).toEqual(['GRANT_EXCEEDS_OWN']);
    expect(codes(await invite(email, 'OWNER'))).toEqual(['OWNER_BY_TRANSFER']);
    const { invitation } = await invite(email, 'MANAGER');
    const seen = { invitationId: invitation.id, expectedVersion: 1 };
    expect(codes(await asked('staffInvitationRevoke', seen, alice))).toEqual(['GRANT_EXCEEDS_OWN']);
    const small = await ownRole(['ORDER_READ']);
    const instead = { email, roleId: small.id, language: 'EN' };
    expect(codes(await asked('staffInvite', instead, alice))).toEqual(['GRANT_EXCEEDS_OWN']);
    expect(codes(await asked('staffInvite', instead))).toEqual([]);
    expect(codes(await role('roleDelete', { roleId: small.id, expectedVersion: 1 }))).toEqual([
      'ROLE_IN_USE',
    ]);
  });
});

describe('the devices of an account', () => {
  const MINE = '{ mySessions { id isCurrent network } }';
  const revoke = (by: GraphqlClient, sessionId: string): Promise<Answer> =>
    by.ask(`mutation { sessionRevoke(input: { sessionId: "${sessionId}" }) { ok errors { code } } }`);

  it('are listed to their account alone, and each can be signed out from another', async () => {
    await shop.sql('UPDATE user_session SET revoked_at = now() WHERE revoked_at IS NULL');
    const [here, there] = [
      await shop.customer(BOB.email, BOB.password),
      await shop.customer(BOB.email, BOB.password),
    ];
    const alice = await shop.customer(ALICE.email, ALICE.password);
    const { mySessions } = await here.ask(MINE);

    expect(mySessions).toHaveLength(2);
    expect(mySessions.filter((one: Answer) => one.isCurrent)).toHaveLength(1);
    expect(mySessions[0].network).toBe('127.0.0.0/24');
    const foreign = mySessions.find((one: Answer) => !one.isCurrent).id;
    expect((await revoke(alice, foreign)).sessionRevoke).toEqual({
      ok: false,
      errors: [{ code: 'NOT_FOUND' }],
    });
    expect((await revoke(here, foreign)).sessionRevoke).toEqual({ ok: true, errors: [] });

    expect([await there.ask('{ me { id } }'), (await here.ask(MINE)).mySessions.length]).toEqual([
      { me: null },
      1,
    ]);
    expect((await revoke(here, foreign)).sessionRevoke.errors).toEqual([{ code: 'NOT_FOUND' }]);
  });

  it('are all signed out but this one with one click', async () => {
    const [here, ...others] = await Promise.all([1, 2, 3].map(() => shop.customer(BOB.email, BOB.password)));

    await here!.ask('mutation { sessionsRevokeOthers { ok errors { code } } }');

    expect(await Promise.all(others.map((one) => one.ask('{ me { id } }')))).toEqual([
      { me: null },
      { me: null },
    ]);
    expect((await here!.ask(MINE)).mySessions).toMatchObject([{ isCurrent: true }]);
  });
});

// Last, because whoever is let in does what each mutation does with the least input.
describe('every entrance of staff', () => {
  interface Entrance {
    readonly name: string;
    readonly permission: Permission;
    readonly asked: { readonly query: string; readonly variables: object };
  }
  /** What the least input asks for beside the guard: a view is for everybody then. */
  const NEEDED_TOO: Readonly<Record<string, readonly Permission[]>> = {
    savedViewCreate: ['VIEW_SHARE'],
    savedViewReorder: ['VIEW_SHARE'],
  };
  const entrances = (): Entrance[] =>
    (['Query', 'Mutation'] as const).flatMap((root) =>
      Object.values(shopSchema[`get${root}Type`]()!.getFields()).flatMap((field) => {
        const permission = getDirective(shopSchema, field, 'auth')?.[0]?.['permission'] as
          | Permission
          | undefined;
        const asked = permission && leastRequest(root.toLowerCase(), field);
        return permission && asked ? [{ name: field.name, permission, asked }] : [];
      }),
    );

  it('lets in whose own role lists its permission, and nobody else: two halves of all permissions', async () => {
    const all: Permission[] = [...permissionsOf(Role.OWNER)].filter((one) => one !== 'OWNERSHIP');
    const some = all.filter((_one, at) => (at * 7) % 3 === 1 || at % 5 === 0);
    const rest = all.filter((one) => !some.includes(one));
    const accounts = [
      { account: ALICE, permissions: some },
      { account: BOB, permissions: rest },
    ];

    for (const { account, permissions } of accounts) {
      const { id: roleId } = await ownRole(permissions);
      await to('staffRoleUpdate', account.email, { roleId });
      const by = await shop.staff(account);
      const wrong: string[] = [];
      for (const { name, permission, asked } of entrances()) {
        const { errors } = await by.send(asked.query, asked.variables);
        const isLetIn = errors?.[0]?.extensions.code !== 'FORBIDDEN';
        const needed = [permission, ...(NEEDED_TOO[name] ?? [])];
        if (isLetIn !== needed.every((one) => permissions.includes(one)))
          wrong.push(`${name} (${permission})`);
      }
      expect(wrong).toEqual([]);
    }
    expect(entrances().length).toBeGreaterThan(100);
  });
});
