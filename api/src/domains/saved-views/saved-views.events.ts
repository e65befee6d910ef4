import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

export const savedViewChanged = defineEvent('saved-view.changed', {
  description: 'Staff made, changed or deleted a view of a list of the admin. The aggregate is the view.',
  payload: z.object({
    list: z.string(),
    name: z.string(),
    /** Of all staff, or of one. */
    isShared: z.boolean(),
    change: z.enum(['CREATED', 'CHANGED', 'DELETED']),
    changedBy: z.uuid(),
    version: z.int(),
  }),
  key: ({ aggregateId, payload: { change, version } }) =>
    `saved-view.changed:${aggregateId}:${change}:${version}`,
});
