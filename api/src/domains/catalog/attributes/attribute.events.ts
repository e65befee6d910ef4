import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';
import { on } from '../../../platform/jobs/define-job.js';
import { refreshTermsJob } from '../terms/products-of-terms.js';

/** The aggregate is the attribute. */
export const attributeChanged = defineEvent('attribute.changed', {
  description:
    'Staff created, changed, put in order or deleted an attribute of products, or one of its values.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'DELETED', 'VALUES_CHANGED']),
    version: z.int(),
    changedBy: z.uuid(),
    /** Its products are more than one transaction refreshes: a job does it. */
    productsLater: z.boolean(),
    /** The value that these have; null where it goes through all. */
    valueId: z.uuid().nullable(),
  }),
  key: ({ aggregateId, payload }) => `attribute.changed/${aggregateId}/${payload.version}`,
});

export const attributeSubscriptions = [
  on(attributeChanged, refreshTermsJob, ({ payload: { valueId, productsLater } }) =>
    productsLater ? { termId: valueId } : null,
  ),
];
