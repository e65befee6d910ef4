import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';
import { ImportDriver } from './import-driver.js';

let made = 0;

/** An import whose columns no other file has, so that it is remembered by itself. */
async function sent(fixtures: Fixtures): Promise<{ driver: ImportDriver; run: Answer }> {
  const { sku } = await fixtures.variant();
  const driver = new ImportDriver(fixtures.shop, fixtures.staff);
  return { driver, run: await driver.send(`SKU,Quantity,Remark ${++made}\n${sku},3,\n`) };
}

const of = ({ id, version }: Answer): Answer => ({ importId: id, expectedVersion: version });

/** Checked by a worker that does this one job. */
async function checked(fixtures: Fixtures): Promise<Answer> {
  const { driver, run } = await sent(fixtures);
  await driver.check(run);
  await fixtures.shop.sql(
    `UPDATE long_job SET status = 'SUCCEEDED', finished_at = now(), expires_at = now() + interval '1 day'
     WHERE kind = 'STOCK_RECEIVE_CHECK' AND finished_at IS NULL`,
  );
  await fixtures.shop.sql(
    `UPDATE import_run SET changed_rows = 1 WHERE check_job_id IS NOT NULL AND apply_job_id IS NULL`,
  );
  return driver.look(run.id);
}

export const KEYED_IMPORTS: readonly KeyedCase[] = [
  {
    mutation: 'importCheck',
    of: 'a list',
    makes: { long_job: 1, import_mapping: 1 },
    prepare: async (fixtures) => ({
      input: of((await sent(fixtures)).run),
      other: of((await sent(fixtures)).run),
    }),
  },
  {
    mutation: 'importApply',
    of: 'a checked list',
    makes: { long_job: 1 },
    prepare: async (fixtures) => ({ input: of(await checked(fixtures)), other: of(await checked(fixtures)) }),
  },
];

export const PLAIN_IMPORTS: readonly PlainCase[] = [
  {
    mutation: 'importUpdate',
    prepare: async (fixtures) => ({
      input: { ...of((await sent(fixtures)).run), decimalSign: ',' },
      wrong: { decimalSign: '!' },
    }),
  },
];
