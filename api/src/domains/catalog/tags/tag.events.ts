import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';
import { on } from '../../../platform/jobs/define-job.js';
import { refreshTermsJob } from '../terms/products-of-terms.js';

/** The aggregate is the tag. */
export const tagChanged = defineEvent('tag.changed', {
  description: 'Staff created, renamed, merged or deleted a tag of products.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'MERGED', 'DELETED']),
    version: z.int(),
    changedBy: z.uuid(),
    /** The tag that has its products now; null unless it was merged. */
    mergedInto: z.uuid().nullable(),
    /** Its products are more than one transaction refreshes: a job does it. */
    productsLater: z.boolean(),
  }),
  key: ({ aggregateId, payload }) => `tag.changed/${aggregateId}/${payload.version}`,
});

export const tagSubscriptions = [
  on(tagChanged, refreshTermsJob, ({ aggregateId, payload: { change, mergedInto, productsLater } }) =>
    productsLater ? { termId: change === 'DELETED' ? null : (mergedInto ?? aggregateId) } : null,
  ),
];
