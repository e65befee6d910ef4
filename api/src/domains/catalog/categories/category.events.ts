import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

/** The aggregate is the category. */
export const categoryChanged = defineEvent('category.changed', {
  description: 'Staff created, changed, moved or deleted a category.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'MOVED', 'DELETED']),
    version: z.int(),
    changedBy: z.uuid(),
    /** Its products are more than one transaction refreshes: a job does it. */
    productsLater: z.boolean(),
  }),
  key: ({ aggregateId, payload }) => `category.changed/${aggregateId}/${payload.version}`,
});
