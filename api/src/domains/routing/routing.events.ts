import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is the redirect, product, category or page. */
export const urlChanged = defineEvent('url.changed', {
  description:
    'An address of the shop leads elsewhere: staff made, changed or deleted a redirect, or gave a product, category or page another slug.',
  payload: z.object({
    kind: z.enum(['REDIRECT', 'PRODUCT', 'CATEGORY', 'PAGE']),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED']),
    /** The path that leads elsewhere now. */
    path: z.string(),
    /** The version of the aggregate after the change. */
    version: z.int(),
  }),
  key: ({ aggregateId, payload: { change, version } }) => `url.changed/${aggregateId}/${change}/${version}`,
});
