import { z } from 'zod';
import type { Database } from '../platform/database/database.js';
import { defineJob, handleJob, type HandledJob } from '../platform/jobs/define-job.js';
import { BATCH, SWEEPS, type KeptDays } from './sweep-old-rows.statements.js';

const sweepOldRowsJob = defineJob({
  queue: 'shop.sweep-old-rows',
  payload: z.object({}),
  schedule: '47 3 * * *',
  exclusive: true,
});

const MOST_BATCHES = 400;

/** Each night; sweeping twice finds nothing the second time. */
export function sweepOldRows(database: Database, kept: KeptDays): HandledJob {
  return handleJob(sweepOldRowsJob, async () => {
    for (const { statement, days } of SWEEPS) {
      const given = typeof days === 'number' ? days : kept[days];
      for (let batch = 0; batch < MOST_BATCHES; batch++) {
        if ((await database.count(statement, [given])) < BATCH) break;
      }
    }
  });
}
