import { z } from 'zod';
import { DomainError } from '../../../src/kernel/errors.js';
import { newId } from '../../../src/kernel/ids.js';
import { longJobsModule } from '../../../src/domains/long-jobs/long-jobs.module.js';
import { statement, t } from '../../../src/platform/database/database.js';
import { defineLongJob, handleLongJob } from '../../../src/platform/jobs/define-long-job.js';
import { defineModule } from '../../../src/platform/module.js';

/** One row for each row of the job that was done, as often as it was done. */
const counted = {
  name: '001-counted',
  up: 'CREATE TABLE counted (id uuid PRIMARY KEY, line int NOT NULL)',
  down: 'DROP TABLE counted',
};
/** From this line on each step takes so long. */
const brake = {
  name: '002-brake',
  up: 'CREATE TABLE counting_brake (line int NOT NULL, pause_ms int NOT NULL)',
  down: 'DROP TABLE counting_brake',
};

const countLines = statement('counting.count', {
  params: { ids: t.uuids, lines: t.ints },
  sql: 'INSERT INTO counted (id, line) SELECT * FROM unnest(:ids::uuid[], :lines::int[])',
});

const braked = statement('counting.braked', {
  params: { line: t.int },
  row: { pauseMs: t.int },
  sql: 'SELECT pause_ms AS "pauseMs" FROM counting_brake WHERE line <= :line',
});

/** What goes wrong in a job, for tests about it. */
type Trouble = 'NONE' | 'REFUSED' | 'BROKEN' | 'BROKEN_ONCE';

const countingJob = defineLongJob({
  kind: 'COUNTING',
  description: 'Counts its own rows.',
  permission: 'STOCK_WRITE',
  input: z.object({
    rows: z.int(),
    step: z.int(),
    pauseMs: z.int(),
    trouble: z.enum(['NONE', 'REFUSED', 'BROKEN', 'BROKEN_ONCE']),
  }),
});

let broken = 0;

function assertWell(trouble: Trouble, cursor: number | null): void {
  if (cursor === null) return;
  if (trouble === 'REFUSED') throw new DomainError('INVALID_INPUT', 'The rest makes no sense.');
  if (trouble === 'BROKEN') throw new Error('Something is broken');
  if (trouble === 'BROKEN_ONCE' && broken++ === 0) throw new Error('Something was broken');
}

const handled = handleLongJob<{ rows: number; step: number; pauseMs: number; trouble: Trouble }, number>(
  countingJob,
  {
    total: async ({ rows }) => rows,
    step: async (tx, { input: { rows, step, pauseMs, trouble }, cursor }) => {
      const first = (cursor ?? 0) + 1;
      const last = Math.min(rows, first + step - 1);
      const lines = Array.from({ length: last - first + 1 }, (_, i) => first + i);
      await tx.count(countLines, { ids: lines.map(() => newId()), lines });
      const pause = (await tx.row(braked, { line: first }))?.pauseMs ?? pauseMs;
      await new Promise((resolve) => setTimeout(resolve, pause));
      assertWell(trouble, cursor);
      return {
        cursor: last < rows ? last : null,
        done: lines.length,
        // Every row of a round number is wrong.
        errors: lines
          .filter((line) => line % 1000 === 0)
          .map((line) => ({
            ...{ row: line, field: 'line', code: 'INVALID_INPUT' as const },
            ...{ message: 'A round number.', value: `=${line}` },
          })),
      };
    },
  },
);

/** A module with a long job that writes a row for each of its rows. */
export const countingModule = defineModule({
  name: 'counting',
  dependsOn: [longJobsModule],
  tables: { counted: 'Of a test.', counting_brake: 'Of a test.' },
  entities: [],
  resolvers: [],
  migrations: [counted, brake],
  longJobs: [countingJob],
  setup(_platform, { longJobs: { jobs } }) {
    return {
      services: {
        start: (actorId: string, input: object, idempotencyKey: string = newId()) =>
          jobs.start(countingJob, {
            input: { rows: 10_000, step: 100, pauseMs: 0, trouble: 'NONE', ...input } as never,
            ...{ actorId, idempotencyKey, requestId: 'a-test', title: 'ten thousand' },
          }),
      },
      resolvers: [],
      longJobs: [handled],
    };
  },
});
