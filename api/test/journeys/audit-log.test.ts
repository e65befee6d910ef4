import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { MutationDriver } from '@vitrine/testing/drivers/mutation-driver.js';
import { shopSchema } from '@vitrine/testing/shop/shop-schema.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { runShopCommand } from '../../src/app/shop-commands.js';
import { createLogger } from '../../src/kernel/logger.js';
import { recording } from '../../src/platform/audit/recording.js';
import type { Tx } from '../../src/platform/database/database.js';
import {
  entriesOf,
  ELSEWHERE,
  OWNER,
  PLAIN_WRITES,
  STAFF_MUTATIONS,
  underRequestId,
} from '../support/audited-writes.js';
import { KEYED_CASES } from '../support/keyed-cases.js';

let shop: TestShop;
let fixtures: Fixtures;
beforeAll(async () => {
  shop = await TestShop.open({
    worker: false,
    env: { PAYMENT_CAPTURE: 'manual', ACCESS_TOKEN_MINUTES: '100000' },
  });
  fixtures = await Fixtures.open(shop, new MutationDriver(shopSchema));
});
afterAll(() => shop.close());

/** Mutations that leave nothing here, and why. */
const UNRECORDED: Readonly<Record<string, string>> = {
  customFieldsUpdate: 'this shop has no plugin with a field: custom-fields.test.ts changes some',
};

/** A product with one variant for 100.00, as staff see it. */
async function product(): Promise<{ productId: string; variant: Answer; by: GraphqlClient }> {
  const variants = [{ sku: `AUDIT-${randomUUID()}`, price: 10_000 }];
  const input = { translations: [{ locale: 'RO', name: 'Cană' }], variants };
  const { id } = (await fixtures.done('productCreate', input))['product'];
  const query = 'query($id: ID!) { staffProduct(id: $id) { variants { id version } } }';
  const found = (await fixtures.staff.ask(query, { id }))['staffProduct'];
  return { productId: id, variant: found.variants[0], by: fixtures.staff };
}

const sent = new Set<string>();

/** Makes writes of these mutations, unless a test before has: so each test can run alone. */
async function written(...names: string[]): Promise<void> {
  for (const { mutation, prepare } of PLAIN_WRITES)
    if (names.includes(mutation) && !sent.has(mutation)) await send(mutation, await prepare(fixtures));
}

/** Sends a mutation as staff under a request id of its own. */
async function send(mutation: string, input: Answer): Promise<{ requestId: string; errors: unknown[] }> {
  sent.add(mutation);
  const requestId = randomUUID();
  const type = shopSchema.getMutationType()!.getFields()[mutation]!.args[0]!.type;
  const text = `mutation($input: ${String(type)}) { ${mutation}(input: $input) { errors { code message } } }`;
  const client = underRequestId(shop, fixtures.staff, requestId);
  return { requestId, errors: ((await client.ask(text, { input }))[mutation] as Answer)['errors'] };
}

it('knows every mutation of staff: those with a key are asked in idempotency-keys.test.ts', () => {
  const known = new Set([...KEYED_CASES, ...PLAIN_WRITES].map(({ mutation }) => mutation));
  expect(STAFF_MUTATIONS.filter((name) => !known.has(name) && !(name in ELSEWHERE))).toEqual([]);
});

describe.each(PLAIN_WRITES)('$mutation', ({ mutation, prepare }) => {
  it('leaves an entry with its request id, who did it and what was written', async () => {
    const input = await prepare(fixtures);
    const { requestId, errors } = await send(mutation, input);

    expect(errors).toEqual([]);
    const entries = await entriesOf(shop, requestId);
    if (mutation in UNRECORDED) expect(entries).toEqual([]);
    else expect(entries.length).toBeGreaterThan(0);
    for (const entry of entries)
      expect(entry).toMatchObject({ actor: 'admin@example.com', operation: mutation });
  });
});
describe('a change of a price', () => {
  it('tells who changed it, when and from what to what, in the log and in the history of the product', async () => {
    const { productId, variant, by } = await product();
    const { requestId } = await send('productVariantUpdate', { variantId: variant.id, price: 12_500 });

    const query = `query($id: ID!, $request: String!) {
      auditLog(filter: { requestId: $request }) { totalCount nodes { ...Told } }
      product: staffProduct(id: $id) { history(first: 1) { nodes { ...Told } } } }
      fragment Told on AuditEntry { actorKind actorName operation requestId
        changes { record kind entityType entityId fields { field before after isHidden } } }`;
    const { auditLog, product: found } = await by.ask(query, { id: productId, request: requestId });

    expect(auditLog.totalCount).toBe(1);
    expect(auditLog.nodes).toEqual(found.history.nodes);
    expect(auditLog.nodes).toEqual([
      {
        ...{
          actorKind: 'STAFF',
          actorName: expect.any(String),
          operation: 'productVariantUpdate',
          requestId,
        },
        changes: [
          {
            ...{ record: 'variant', kind: 'CHANGED', entityType: 'Product', entityId: productId },
            fields: [{ field: 'price', before: '10000', after: '12500', isHidden: false }],
          },
        ],
      },
    ]);
  });

  it('that comes too late leaves nothing, and of two at once only the one that was made is told', async () => {
    const { variant } = await product();
    const input = { variantId: variant.id, expectedVersion: variant.version };

    const both = await Promise.all([1, 2].map((price) => send('productVariantUpdate', { ...input, price })));
    const late = await send('productVariantUpdate', { ...input, price: 3 });

    for (const { requestId, errors } of [...both, late])
      expect(await entriesOf(shop, requestId)).toHaveLength(errors.length === 0 ? 1 : 0);
    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(late.errors).toMatchObject([{ code: 'STALE_VERSION' }]);
  });

  it('whose transaction is rolled back, in part or as a whole, or whose connection breaks, is told as it is', async () => {
    const { database } = shop.shop;
    const actorId = (await shop.sql<{ id: string }>('SELECT id FROM app_user WHERE email = $1', [OWNER]))[0]!
      .id;
    const names = async (requestId: string) =>
      shop.sql(
        `SELECT c.changes -> 'name' -> 1 ->> 'en' AS name FROM audit_change c JOIN audit_entry e ON e.id = c.entry_id
         WHERE e.request_id = $1 ORDER BY c.id`,
        [requestId],
      );
    const insert = (tx: Tx, slug: string) =>
      tx.client.query('INSERT INTO tag (id, slug, name) VALUES (new_id(), $1, $2)', [
        `${slug}-${randomUUID()}`,
        JSON.stringify({ en: slug }),
      ]);
    const recorded = (requestId: string, work: (tx: Tx) => Promise<unknown>) =>
      recording({ actorKind: 'STAFF', actorId, operation: 'tagCreate', requestId }, () =>
        database.transaction(work),
      );

    await recorded('in-part', async (tx) => {
      await insert(tx, 'kept');
      const refused = tx.savepoint(async () => {
        await insert(tx, 'taken back');
        throw new Error('refused');
      });
      await expect(refused).rejects.toThrow('refused');
    });
    const broken = recorded('broken', async (tx) => {
      await insert(tx, 'lost');
      await tx.client.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(broken).rejects.toThrow();

    expect(await names('in-part')).toEqual([{ name: 'kept' }]);
    expect(await names('broken')).toEqual([]);
    expect(await shop.sql(`SELECT 1 FROM tag WHERE name ->> 'en' = 'lost'`)).toEqual([]);
    expect(await shop.sql(`SELECT 1 FROM audit_entry WHERE request_id = 'broken'`)).toEqual([]);
  });
});

describe('what is a part of something else', () => {
  it('has a history of its own: a variant, and a return beside its order; a category has one too', async () => {
    const { productId, variant, by } = await product();
    await send('productVariantUpdate', { variantId: variant.id, price: 12_600 });
    const { id: returnId } = await fixtures.approved();
    const input = { translations: [{ locale: 'RO', name: 'Pahare' }], idempotencyKey: randomUUID() };
    const { id: categoryId } = (await fixtures.done('categoryCreate', input))['category'];

    const found = await by.ask(
      `query($variant: ID!, $return: ID!, $category: ID!) {
        auditLog(filter: { entityId: $variant }) { nodes { operation changes { record entityId } } }
        return: node(id: $return) { ... on Return { order { history(first: 1) { nodes { id } } } history { nodes { id operation } } } }
        category: node(id: $category) { ... on Category { history { nodes { operation } } } } }`,
      { variant: variant.id, return: returnId, category: categoryId },
    );

    const operations = (nodes: Answer[]) => nodes.map(({ operation }) => operation);
    expect(operations(found['auditLog'].nodes)).toEqual(['productVariantUpdate', 'productCreate']);
    expect(found['auditLog'].nodes[0].changes).toEqual([{ record: 'variant', entityId: productId }]);
    expect(operations(found['return'].history.nodes)).toEqual(['returnApprove']);
    expect(found['return'].order.history.nodes).toMatchObject([{ id: found['return'].history.nodes[0].id }]);
    expect(operations(found['category'].history.nodes)).toEqual(['categoryCreate']);
  });
});

describe('the log', () => {
  it('has who signed in as staff, and no customer and nobody who was refused', async () => {
    const count = async () =>
      (
        await shop.sql<{ n: number }>(`SELECT count(*)::int AS n FROM audit_entry WHERE operation = 'login'`)
      )[0]!.n;
    const before = await count();

    await shop.staff();
    await shop.customer('alice@example.com', 'Alice@123');
    await expect(shop.staff({ email: OWNER, password: 'wrong' })).rejects.toThrow();

    expect(await count()).toBe(before + 1);
  });

  it('holds nothing that is personal or secret, whatever was written in this shop', async () => {
    await written(
      'productVariantUpdate',
      'integrationUpdate',
      'addressCreate',
      'stockReserve',
      'importCreate',
    );
    await fixtures.shipped();
    const values = await shop.sql<{ value: string }>(
      `SELECT DISTINCT value FROM (
         SELECT email AS value FROM shop_order UNION SELECT phone FROM shop_order UNION SELECT recipient FROM email
         UNION SELECT a.value FROM shop_order o, jsonb_each_text(o.shipping_address || o.billing_address) a
           WHERE a.key IN ('firstName', 'lastName', 'line1', 'phone')
         UNION SELECT unnest(ARRAY[email, phone, password_hash, first_name || ' ' || last_name]) FROM app_user
         UNION SELECT contact FROM checkout_block UNION SELECT encode(refresh_hash, 'hex') FROM user_session
         UNION SELECT encode(ciphertext, 'hex') FROM integration_secret UNION SELECT create_key FROM payment
         UNION SELECT filename FROM import_run UNION SELECT holder FROM stock_hold) every WHERE length(value) > 3`,
    );
    expect(values.length).toBeGreaterThan(15);
    const [text] = await shop.sql<{ log: string }>(
      `SELECT string_agg(to_jsonb(e)::text || to_jsonb(c)::text, ' ') AS log FROM audit_entry e JOIN audit_change c ON c.entry_id = e.id`,
    );

    expect(values.filter(({ value }) => text!.log.includes(value))).toEqual([]);
    // The search finds what may be there.
    expect(text!.log).toContain('4321');
  });

  it('cannot be changed, and loses what is older than five years and nothing else', async () => {
    const [entry] = await shop.sql<{ id: string }>('SELECT id FROM audit_entry ORDER BY at LIMIT 1');
    for (const change of [
      `UPDATE audit_entry SET operation = 'none' WHERE id = '${entry!.id}'`,
      `UPDATE audit_change SET changes = '{}' WHERE entry_id = '${entry!.id}'`,
      `DELETE FROM audit_entry WHERE id = '${entry!.id}'`,
      `DELETE FROM audit_change WHERE entry_id = '${entry!.id}'`,
      'TRUNCATE audit_entry, audit_change',
    ])
      await expect(shop.sql(change)).rejects.toThrow('append-only');
    const aged = (age: string) =>
      shop.sql(
        `WITH e AS (INSERT INTO audit_entry (id, at, actor_kind, operation, request_id)
           VALUES (new_id(), now() - $1::interval, 'SYSTEM', 'aged', $1) RETURNING id)
         INSERT INTO audit_change (entry_id, record, kind, entity_type, changes) SELECT id, 'tag', 'CREATED', 'Tag', '{}' FROM e`,
        [age],
      );
    await aged('1830 days');
    await aged('1820 days');
    const [before] = await shop.sql<{ n: number }>('SELECT count(*)::int AS n FROM audit_change');

    await shop.shop.jobs.find(({ job }) => job.queue === 'shop.clean-up-old-rows')!.run({});

    expect(await shop.sql(`SELECT request_id AS age FROM audit_entry WHERE operation = 'aged'`)).toEqual([
      { age: '1820 days' },
    ]);
    expect(await shop.sql('SELECT count(*)::int AS n FROM audit_change')).toEqual([{ n: before!.n - 1 }]);
  });

  it('is read by who may, narrowed and page by page', async () => {
    const { by } = await product();
    await written('stockSettingsUpdate', 'stockLocationUpdate');
    for (const name of ['First', 'Second', 'Third'])
      await fixtures.requests.done(
        'savedViewCreate',
        { list: 'stock', name, address: '', isShared: false },
        fixtures.staff,
      );
    const narrowed = `query($filter: AuditLogFilter, $after: String) { auditLog(first: 2, after: $after, filter: $filter) {
      totalCount nodes { id operation at changes { entityType } } pageInfo { endCursor } } auditLogChoices { operations entityTypes actors { id name } } }`;
    const filter = { operations: ['stockLocationUpdate', 'savedViewCreate'], entityTypes: ['SavedView'] };
    const first = await by.ask(narrowed, { filter });
    const { actors, operations, entityTypes } = first['auditLogChoices'];
    const all = {
      ...filter,
      actorIds: [actors[0].id],
      from: '2000-01-01T00:00:00Z',
      to: '2100-01-01T00:00:00Z',
    };
    const next = await by.ask(narrowed, { filter: all, after: first['auditLog'].pageInfo.endCursor });
    const none = await by.ask(narrowed, { filter: { ...filter, to: '2000-01-01T00:00:00Z' } });

    expect(actors).toHaveLength(1);
    expect(operations).toEqual(expect.arrayContaining(['login', ...filter.operations]));
    expect(entityTypes).toEqual(expect.arrayContaining(['Product', 'Settings', 'SavedView']));
    const nodes = [...first['auditLog'].nodes, ...next['auditLog'].nodes] as Answer[];
    expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
    expect(nodes.length).toBeGreaterThan(2);
    expect(new Set(nodes.map(({ operation }) => operation))).toEqual(new Set(['savedViewCreate']));
    expect(none['auditLog']).toMatchObject({ totalCount: 0, nodes: [] });
  });

  it('is not read by a manager, to whom histories are null', async () => {
    const { productId } = await product();
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    const manager = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });

    const { errors } = await manager.send('{ auditLog { nodes { id } } }');
    const { product: found } = await manager.ask(
      'query($id: ID!) { product: staffProduct(id: $id) { id history { nodes { id } } } }',
      { id: productId },
    );

    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(found).toEqual({ id: productId, history: null });
  });

  // The last test: whoever owned the shop is signed out.
  it('has that the server named another owner, who chose a password by the mailed link, and no customer who did', async () => {
    const { identity, env } = shop.shop;
    const token = async (email: string): Promise<string> => {
      const ask = 'mutation($email: EmailAddress!) { passwordResetRequest(input: { email: $email }) { ok } }';
      await shop.guest().ask(ask, { email });
      const [asked] = await shop.sql<{ id: string }>(
        `SELECT payload ->> 'tokenId' AS id FROM outbox o JOIN app_user u ON u.id = o.aggregate_id
         WHERE kind = 'identity.password-reset-requested' AND u.email = $1`,
        [email],
      );
      const link = await identity.passwordResetLink({ id: asked!.id, language: 'ro' });
      return new URL(link!).searchParams.get('token')!;
    };
    const reset = `mutation($token: String!, $password: String!) {
      passwordReset(input: { token: $token, newPassword: $password }) { errors { code } } }`;
    const named = async (operation: string) =>
      shop.sql(
        `SELECT e.actor_kind AS kind, u.email AS actor, array_agg(DISTINCT c.record || ' ' || c.kind) AS records
         FROM audit_entry e JOIN audit_change c ON c.entry_id = e.id LEFT JOIN app_user u ON u.id = e.actor_id
         WHERE e.operation = $1 GROUP BY e.id, u.email`,
        [operation],
      );

    const words = ['eva@shop.example'];
    await runShopCommand({ command: 'owner', words, print: () => undefined }, env, createLogger('silent'));
    for (const email of ['eva@shop.example', 'alice@example.com'])
      await shop.guest().ask(reset, { token: await token(email), password: 'o parola de staff' });

    expect(await named('passwordReset')).toEqual([
      { kind: 'STAFF', actor: 'eva@shop.example', records: ['app_user CHANGED'] },
    ]);
    expect(await named('ownerAppoint')).toEqual([
      {
        kind: 'SYSTEM',
        actor: null,
        records: ['app_user CHANGED', 'app_user CREATED', 'customer CREATED', 'staff_member CREATED'],
      },
    ]);
  });
});
