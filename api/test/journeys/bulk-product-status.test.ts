import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { globalId } from '../../src/kernel/ids.js';

const JOB = 'job { id kind status } errors { code path }';
const UPDATE = `mutation($input: ProductStatusBulkUpdateInput!) { change: productStatusBulkUpdate(input: $input) { ${JOB} } }`;
const UNDO = `mutation($input: JobUndoInput!) { change: jobUndo(input: $input) { ${JOB} } }`;
const LOOK =
  'query($id: ID!) { job(id: $id) { id kind status done total errorCount canUndo rowErrors { nodes { row code value } } } }';

let shop: TestShop;
let staff: GraphqlClient;
beforeAll(async () => {
  shop = await TestShop.open();
  staff = await shop.staff();
  await shop.stock({ name: 'Jar', sku: 'JAR', price: 5000, stock: 1 });
  // Enough for three steps, copied by the database itself.
  await shop.sql(`INSERT INTO product (id, slug, name, summary, description, status, tax_class, currency)
    SELECT gen_random_uuid(), 'copy-' || n, jsonb_build_object('ro', 'Copie ' || n), summary, description, 'DRAFT', tax_class, currency
    FROM product, generate_series(1, 120) n WHERE slug = 'jar'`);
});
afterAll(() => shop.close());
beforeEach(() => shop.sql(`UPDATE product SET status = 'DRAFT' WHERE slug LIKE 'copy-%'`));

const start = async (input: Answer, text = UPDATE): Promise<Answer> =>
  (await staff.ask(text, { input: { idempotencyKey: randomUUID(), ...input } })).change;

async function untilDone({ job }: Answer): Promise<Answer> {
  return shop.eventually(async () => {
    const { job: now } = await staff.ask(LOOK, { id: job.id });
    return now.status === 'SUCCEEDED' && now;
  });
}
const statuses = async (): Promise<Answer> =>
  Object.fromEntries(
    (
      await shop.sql<{ status: string; count: string }>(
        `SELECT status, count(*) FROM product WHERE slug LIKE 'copy-%' GROUP BY status`,
      )
    ).map(({ status, count }) => [status, Number(count)]),
  );

describe('the status of many products', () => {
  it('is changed for all that match, although they match no longer as soon as they are changed', async () => {
    const done = await untilDone(await start({ filter: { statuses: ['DRAFT'] }, status: 'ACTIVE' }));

    expect(done).toMatchObject({ done: 120, total: 120, errorCount: 0, canUndo: true });
    expect(await statuses()).toEqual({ ACTIVE: 120 });
    const page = await shop.guest().ask('{ product(slug: "copy-7") { name } }');
    expect(page.product).not.toBeNull();
  });

  it('is undone, except where somebody has changed the product since: that one is named', async () => {
    const changed = await start({ filter: { statuses: ['DRAFT'] }, status: 'ARCHIVED' });
    await untilDone(changed);
    await shop.sql(`UPDATE product SET version = version + 1 WHERE slug = 'copy-7'`);

    const undone = await untilDone(await start({ jobId: changed.job.id }, UNDO));

    expect(undone).toMatchObject({ kind: 'PRODUCT_STATUS_UNDO', done: 120, total: 120, errorCount: 1 });
    expect(undone.rowErrors.nodes).toMatchObject([{ code: 'STALE_VERSION', value: 'Copie 7' }]);
    expect(await statuses()).toEqual({ DRAFT: 119, ARCHIVED: 1 });
    const again = await start({ jobId: changed.job.id }, UNDO);
    expect(again).toMatchObject({ job: null, errors: [{ code: 'ILLEGAL_TRANSITION', path: ['jobId'] }] });
  });

  it.each(['ids', 'skus', 'categories', 'statuses', 'availabilities'])(
    'is changed for none when the list of %s is empty, as after the last choice was taken back',
    async (list) => {
      const refused = await start({ filter: { [list]: [] }, status: 'ARCHIVED' });

      expect(refused).toEqual({
        ...{ job: null },
        errors: [{ code: 'INVALID_INPUT', path: ['filter', list] }],
      });
      expect(await statuses()).toEqual({ DRAFT: 120 });
    },
  );

  it('is undone once where two clerks undo it at the same moment, and refused to neither', async () => {
    const changed = await start({ filter: { statuses: ['DRAFT'] }, status: 'ARCHIVED' });
    await untilDone(changed);

    // Whoever is so late that nothing is left to undo is told so at once.
    const undos = await Promise.all([1, 2, 3].map(() => start({ jobId: changed.job.id }, UNDO)));
    const begun = await Promise.all(undos.filter(({ job }) => job !== null).map(untilDone));

    expect(begun.map(({ errorCount }) => Number(errorCount))).toEqual(begun.map(() => 0));
    expect(await statuses()).toEqual({ DRAFT: 120 });
  });

  it('is changed for chosen ones alone, and each gets a new version, so that an open editor notices', async () => {
    const { staffProducts } = await staff.ask(
      '{ staffProducts(search: "Copie 11") { nodes { id version } } }',
    );
    const chosen = staffProducts.nodes.slice(0, 2) as Answer[];

    await untilDone(await start({ filter: { ids: chosen.map(({ id }) => id) }, status: 'ACTIVE' }));

    expect(await statuses()).toEqual({ DRAFT: 118, ACTIVE: 2 });
    const [one] = chosen;
    const { productUpdate } = await staff.ask(
      'mutation($input: ProductUpdateInput!) { productUpdate(input: $input) { errors { code } } }',
      { input: { productId: one?.id, expectedVersion: one?.version, featured: true } },
    );
    expect(productUpdate.errors).toEqual([{ code: 'STALE_VERSION' }]);
  });

  it('that they have already is no change: nothing is left to undo', async () => {
    const done = await untilDone(await start({ search: 'Copie', status: 'DRAFT' }));

    expect(done).toMatchObject({ done: 120, canUndo: false });
  });

  it('is asked for once by whoever sends the same request twice', async () => {
    const idempotencyKey = randomUUID();
    const twice = [
      await start({ filter: { statuses: ['ACTIVE'] }, status: 'DRAFT', idempotencyKey }),
      await start({ filter: { statuses: ['ACTIVE'] }, status: 'DRAFT', idempotencyKey }),
    ];

    expect(new Set(twice.map(({ job }) => job.id)).size).toBe(1);
  });

  it('is changed by those who may change products, and undone by them', async () => {
    const changed = await start({ filter: { statuses: ['DRAFT'] }, status: 'ARCHIVED' });
    await untilDone(changed);
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });

    const input = { status: 'ACTIVE', idempotencyKey: randomUUID() };
    await expect(support.ask(UPDATE, { input })).rejects.toThrow('FORBIDDEN');
    const undo = { jobId: changed.job.id, idempotencyKey: randomUUID() };
    await expect(support.ask(UNDO, { input: undo })).rejects.toThrow('FORBIDDEN');

    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
    const colleague = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const { change } = await colleague.ask(UNDO, { input: undo });
    expect(change.errors).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
  });

  it('stands in the history of each product with its own status before and after, once in the activity, and nothing of others', async () => {
    const { staffProducts } = await staff.ask('{ staffProducts(search: "Copie 12") { nodes { id name } } }');
    const [{ id }] = staffProducts.nodes;
    const { job } = await start({ filter: { statuses: ['DRAFT'] }, status: 'ACTIVE' });
    await untilDone({ job });

    const { product, auditLog } = await staff.ask(
      `query($id: ID!, $job: ID!) {
        product: staffProduct(id: $id) { history(first: 1) { nodes { ...Told } } }
        auditLog(filter: { entityId: $job }) { nodes { id } } }
      fragment Told on AuditEntry { id operation actorName hasMoreChanges
        changes { record kind entityId fields { field before after } } }`,
      { id, job: job.id },
    );

    expect(product.history.nodes).toEqual([
      {
        ...{ id: auditLog.nodes[0].id, operation: 'productStatusBulkUpdate', actorName: expect.any(String) },
        hasMoreChanges: false,
        changes: [
          {
            ...{ record: 'product', kind: 'CHANGED', entityId: id },
            fields: [{ field: 'status', before: 'DRAFT', after: 'ACTIVE' }],
          },
        ],
      },
    ]);
    expect(auditLog.nodes).toHaveLength(1);
    const whole = await staff.ask(
      'query($id: ID!) { node(id: $id) { ... on AuditEntry { hasMoreChanges changes { record } } } }',
      { id: auditLog.nodes[0].id },
    );
    expect(whole.node.hasMoreChanges).toBe(true);
    expect(whole.node.changes).toHaveLength(100);
  });

  it('goes on where the version before left a job, with what that wrote down of it', async () => {
    const [{ last = '' } = {}] = await shop.sql<{ last: string }>(`SELECT id::text AS last FROM product
      WHERE slug LIKE 'copy-%' ORDER BY id DESC LIMIT 1`);
    const [{ middle = '' } = {}] = await shop.sql<{ middle: string }>(`SELECT id::text AS middle FROM product
      WHERE slug LIKE 'copy-%' ORDER BY id OFFSET 49 LIMIT 1`);
    const [{ id = '' } = {}] = await shop.sql<{ id: string }>(
      `INSERT INTO long_job (id, kind, input, cursor, done, total, started_by, request_id)
       SELECT new_id(), 'PRODUCT_STATUS',
         '{"search":"Copie","status":"ARCHIVED","filter":{"statuses":["DRAFT"],"updatedFrom":"2020-01-01T00:00:00.000Z"}}',
         jsonb_build_object('after', $1::text, 'last', $2::text), 50, 120, started_by, 'before'
       FROM long_job ORDER BY created_at LIMIT 1 RETURNING id`,
      [middle, last],
    );
    await shop.shop.longJobs.jobs.enqueueAgain(id, 'upgrade');

    const done = await untilDone({ job: { id: globalId('job', id) } });

    expect(done).toMatchObject({ done: 120, canUndo: true });
    expect(await statuses()).toEqual({ DRAFT: 50, ARCHIVED: 70 });
    await untilDone(await start({ jobId: globalId('job', id) }, UNDO));
    expect(await statuses()).toEqual({ DRAFT: 120 });
  });

  it('stops where it is when it is cancelled, and what was done can be undone', async () => {
    const changed = await start({ filter: { statuses: ['DRAFT'] }, status: 'ACTIVE' });
    await staff.ask('mutation($input: JobCancelInput!) { jobCancel(input: $input) { errors { code } } }', {
      input: { jobId: changed.job.id },
    });

    const ended = await shop.eventually(async () => {
      const { job } = await staff.ask(LOOK, { id: changed.job.id });
      return ['CANCELLED', 'SUCCEEDED'].includes(job.status) && (job as Answer);
    });

    const { ACTIVE = 0 } = await statuses();
    expect(ACTIVE).toBe(ended.done);
    expect(ended.canUndo).toBe(ACTIVE > 0);
  });
});
