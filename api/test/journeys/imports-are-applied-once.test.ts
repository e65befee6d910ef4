import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import { StockDriver } from '@vitrine/testing/drivers/stock-driver.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { startWorker } from '../../src/app/worker.js';
import { ImportDriver } from '../support/imports/import-driver.js';
import { kill, silence, workerToKill } from '../support/long-jobs/workers-to-kill.js';

// CI receives a shorter list and kills its worker once; `npm run proof` the long one, twice.
const isProof = process.env['PROOF'] === 'full';
const ROWS = isProof ? 10_000 : 3_000;
const DEATHS = isProof ? 2 : 1;
const VARIANTS = 200;

let shop: TestShop;
let imports: ImportDriver;
let stock: StockDriver;
const variants: string[] = [];
const children: ChildProcess[] = [];
let stopWorker: (() => Promise<void>) | null = null;

beforeAll(async () => {
  // Each test starts the workers that it needs.
  shop = await TestShop.open({ worker: false });
  imports = new ImportDriver(shop, await shop.staff());
  stock = await StockDriver.at(shop);
  for (let at = 0; at < VARIANTS; at++)
    variants.push(await shop.stock({ name: `Cup ${at}`, sku: `CUP-${at}`, price: 1000, stock: 0 }));
});
afterEach(async () => {
  await shop.sql('DROP TRIGGER IF EXISTS brake ON stock_movement');
  await Promise.all(children.splice(0).map((child) => kill(child)));
  await stopWorker?.();
  stopWorker = null;
});
afterAll(() => shop.close());

const list = (rows: number): string =>
  `SKU,Quantity\n${Array.from({ length: rows }, (_, at) => `CUP-${at % VARIANTS},2`).join('\n')}\n`;

/** A worker in this process, until the test ends. */
async function worker(): Promise<void> {
  stopWorker ??= await startWorker(shop.shop);
}

/** A worker in a process of its own, killed after the test at the latest. */
async function startWorkerToKill(): Promise<ChildProcess> {
  const child = await workerToKill(shop);
  children.push(child);
  return child;
}

/** From this row on each step of receiving takes long, until the brake is off. */
async function brake(line: number): Promise<void> {
  await shop.sql(`CREATE OR REPLACE FUNCTION brake() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_sleep(2); RETURN NEW; END'`);
  await shop.sql(`CREATE TRIGGER brake BEFORE INSERT ON stock_movement FOR EACH ROW
    WHEN (NEW.import_line % 100 = 2 AND NEW.import_line > ${line}) EXECUTE FUNCTION brake()`);
}
const brakeOff = (): Promise<unknown> => shop.sql('DROP TRIGGER IF EXISTS brake ON stock_movement');

/** What an import received: rows, and those that were received another number of times than once. */
async function received({ filename }: Answer): Promise<{ rows: number; wrong: number; units: number }> {
  const [row] = await shop.sql<{ rows: number; wrong: number; units: number }>(
    `SELECT count(*)::int AS rows, count(*) FILTER (WHERE times <> 1)::int AS wrong, coalesce(sum(units), 0)::int AS units
     FROM (SELECT import_line, count(*) AS times, sum(delta_on_hand) AS units FROM stock_movement
       WHERE import_id = (SELECT id FROM import_run WHERE filename = $1) GROUP BY import_line) each`,
    [filename],
  );
  return row!;
}

const totalOnHand = async (): Promise<number> =>
  (await shop.sql<{ sum: number }>('SELECT sum(on_hand)::int AS sum FROM stock_level'))[0]!.sum;

async function checked(rows: number, filename: string): Promise<Answer> {
  await worker();
  return imports.checked(list(rows), filename);
}

describe(`a list of ${ROWS} rows`, () => {
  it('is received once, each row, although its worker is killed in the middle', async () => {
    const before = await totalOnHand();
    const run = await checked(ROWS, 'killed.csv');
    await stopWorker?.();
    stopWorker = null;
    await brake(ROWS * 0.3);
    expect((await imports.apply(run)).errors).toEqual([]);
    for (let deaths = 1; deaths <= DEATHS; deaths++) {
      const child = await startWorkerToKill();
      const { appliedRows } = await imports.look(run.id);
      await imports.until(run.id, (now) => now.appliedRows > appliedRows);
      await kill(child);
      await silence(shop);
    }
    const between = await imports.look(run.id);
    await brakeOff();
    await worker();
    const done = await imports.until(run.id, ({ status }) => status === 'DONE');

    expect(between.appliedRows).toBeLessThan(ROWS);
    expect(done).toMatchObject({
      appliedRows: ROWS,
      refusedRows: 0,
      applyJob: { status: 'SUCCEEDED', done: ROWS },
    });
    expect(await received(run)).toEqual({ rows: ROWS, wrong: 0, units: ROWS * 2 });
    expect((await totalOnHand()) - before).toBe(ROWS * 2);
  });

  it('that is cancelled in the middle says how many rows were received, and is not applied again', async () => {
    const run = await checked(2000, 'cancelled.csv');
    await brake(1000);
    const applied = await imports.apply(run);
    await imports.until(run.id, ({ appliedRows }) => appliedRows >= 500);
    await imports.staff.do('jobCancel', 'JobCancelInput', { jobId: applied.import.applyJob.id });
    await brakeOff();
    const done = await imports.until(run.id, ({ status }) => status === 'DONE');

    expect(done.applyJob.status).toBe('CANCELLED');
    expect(done.appliedRows).toBeLessThan(2000);
    expect(await received(run)).toEqual({ rows: done.appliedRows, wrong: 0, units: done.appliedRows * 2 });
    const report = await imports.download(done.reportUrl);
    expect(report.split('\r\n').filter((line) => line.includes(',Done'))).toHaveLength(done.appliedRows);
    expect((await imports.apply(done)).errors.map(({ code }: Answer) => code)).toEqual(['IMPORT_NOT_READY']);
  });
});

describe('a list that is applied by several at once', () => {
  it('is received once, by a double click and by two tabs', async () => {
    const run = await checked(300, 'twice.csv');
    const key = randomUUID();

    const answers = await Promise.all([
      imports.apply(run, key),
      imports.apply(run, key),
      imports.apply(run),
      imports.apply(run),
    ]);
    const done = await imports.until(run.id, ({ status }) => status === 'DONE');

    const started = new Set(
      answers.flatMap(({ errors, import: now }) => (errors.length === 0 ? [now.applyJob.id] : [])),
    );
    expect(started.size).toBe(1);
    for (const { errors } of answers)
      for (const { code } of errors) expect(['IMPORT_NOT_READY', 'STALE_VERSION']).toContain(code);
    expect(done.appliedRows).toBe(300);
    expect(await received(run)).toEqual({ rows: 300, wrong: 0, units: 600 });
    // Another press with the first key, after its end, has no effect either.
    await imports.apply(run, key);
    expect(await received(run)).toEqual({ rows: 300, wrong: 0, units: 600 });
  });

  it('is not applied as one that was mapped anew meanwhile', async () => {
    const run = await checked(50, 'changed.csv');

    const [changed, applied] = await Promise.all([
      imports.update(run, { decimalSign: ',' }),
      imports.apply(run),
    ]);

    const good = [changed, applied].filter(({ errors }) => errors.length === 0);
    expect(good).toHaveLength(1);
    const now = await imports.until(run.id, ({ status }) => status !== 'APPLYING');
    expect((await received(run)).rows).toBe(now.status === 'DONE' ? 50 : 0);
  });

  it('receives beside another list of the same variants in another order, and beside receipts by hand, what all of them say', async () => {
    const before = await totalOnHand();
    const a = await checked(400, 'a.csv');
    const backwards = `SKU,Quantity\n${Array.from({ length: 400 }, (_, at) => `CUP-${(399 - at) % VARIANTS},1`).join('\n')}\n`;
    const other = await imports.checked(backwards, 'b.csv');

    await Promise.all([
      imports.apply(a),
      imports.apply(other),
      ...[3, 50, 199].map(async (at) => stock.receive(variants[at]!, await stock.main(), 5)),
    ]);
    for (const { id } of [a, other]) await imports.until(id, ({ status }) => status === 'DONE');

    expect((await totalOnHand()) - before).toBe(800 + 400 + 15);
    const wrong =
      await shop.sql(`SELECT 1 FROM stock_level l WHERE on_hand <> (SELECT coalesce(sum(delta_on_hand), 0) FROM stock_movement m
      WHERE m.variant_id = l.variant_id AND m.location_id = l.location_id)`);
    expect(wrong).toEqual([]);
  });

  it('stands in the history of each variant that it received, with who applied it', async () => {
    const run = await checked(2, 'told.csv');
    await imports.apply(run);
    await imports.until(run.id, ({ status }) => status === 'DONE');

    const { auditLog } = await imports.staff.ask(
      `query($id: ID!) { auditLog(first: 1, filter: { entityId: $id }) { nodes { operation actorName
        changes { record kind entityId fields { field after } } } } }`,
      { id: variants[0] },
    );

    expect(auditLog.nodes).toMatchObject([
      {
        ...{ operation: 'importApply', actorName: expect.any(String) },
        changes: [{ record: 'stock_movement', kind: 'CREATED', entityId: variants[0] }],
      },
    ]);
    const fields = auditLog.nodes[0].changes[0].fields as Answer[];
    expect(fields).toContainEqual({ field: 'delta_on_hand', after: '2' });
  });

  it('refuses the rows whose variant was deleted since it was checked, and receives the others', async () => {
    const run = await checked(4, 'deleted.csv');
    await shop.sql(`UPDATE variant SET deleted_at = now() WHERE sku = 'CUP-1'`);

    await imports.apply(run);
    const done = await imports.until(run.id, ({ status }) => status === 'DONE');

    expect(done).toMatchObject({ appliedRows: 3, refusedRows: 1, wrongRows: 0 });
    expect(done.rowErrors).toEqual([{ line: 3, column: 'sku', code: 'VARIANT_UNKNOWN', value: 'CUP-1' }]);
    expect((await received(run)).rows).toBe(3);
  });
});
