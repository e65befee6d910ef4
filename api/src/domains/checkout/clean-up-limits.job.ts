import { z } from 'zod';
import type { Database } from '../../platform/database/database.js';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import { deleteOldBlocks } from './blocks/checkout-block.statements.js';
import { deleteOldAttempts } from './unpaid/unpaid-limits.statements.js';

const cleanUpLimitsJob = defineJob({
  queue: 'checkout.clean-up-limits',
  payload: z.object({}),
  schedule: '23 3 * * *',
  exclusive: true,
});

/** Deletes each night the attempts and blocks that no limit counts any more. A second run finds nothing. */
export function cleanUpLimits(database: Database): HandledJob {
  return handleJob(cleanUpLimitsJob, async () => {
    while ((await database.count(deleteOldAttempts)) > 0);
    await database.count(deleteOldBlocks);
  });
}
