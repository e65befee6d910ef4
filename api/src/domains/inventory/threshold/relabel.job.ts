import { z } from 'zod';
import type { Database } from '../../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../../platform/jobs/define-job.js';
import { relabelByThreshold } from '../../catalog/index.js';
import { settingsChanged } from '../../store/index.js';
import { stockGroup } from './stock-settings.js';

const relabelJob = defineJob({
  queue: 'inventory.relabel-by-threshold',
  payload: z.object({}),
  exclusive: true,
  expiresAfterSeconds: 900,
});

/** May run twice: it computes the labels anew. Of several changes one run is enough, which reads the last one. */
export function relabelProducts(database: Database): HandledJob {
  return handleJob(relabelJob, (_, signal) => relabelByThreshold(database, signal));
}

export const relabelSubscriptions: Subscription[] = [
  on(settingsChanged, relabelJob, ({ payload }) => (payload.group === stockGroup.key ? {} : null)),
];
