import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../platform/jobs/define-job.js';
import type { IntegrityService } from './integrity.service.js';

export const auditJob = defineJob({
  queue: 'integrity.audit',
  payload: z.object({}),
  schedule: '30 3 * * *',
  exclusive: true,
  retryLimit: 2,
});

/** May run twice: then the night has two records, and the owner is still notified once. */
export function runIntegrityChecks(integrity: IntegrityService): HandledJob {
  return handleJob(auditJob, () => integrity.audit());
}
