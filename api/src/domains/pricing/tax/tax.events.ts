import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

/** The aggregate is the rate. */
export const taxRateChanged = defineEvent('tax-rate.changed', {
  description:
    'Staff added a tax rate that holds from a day on, named one in other languages, or deleted one that had not begun. Orders that were placed keep theirs.',
  payload: z.object({
    change: z.enum(['ADDED', 'RENAMED', 'DELETED']),
    country: z.string(),
    taxClass: z.string(),
    basisPoints: z.int(),
    /** The first day on which it holds; null for one that held always, and where it was renamed. */
    from: z.iso.date().nullable(),
    changedBy: z.uuid(),
    /** Only of one that was renamed. */
    version: z.int().optional(),
  }),
  key: ({ aggregateId, payload: { change, version } }) =>
    `tax-rate.changed/${aggregateId}/${change}${version === undefined ? '' : `/${version}`}`,
});

/** The aggregate is the tax class. */
export const taxClassChanged = defineEvent('tax-class.changed', {
  description: 'Staff made, renamed or archived a tax class, or took it back from the archive.',
  payload: z.object({
    change: z.enum(['CREATED', 'UPDATED', 'ARCHIVED', 'RESTORED']),
    code: z.string(),
    version: z.int(),
    changedBy: z.uuid(),
  }),
  key: ({ aggregateId, payload: { version } }) => `tax-class.changed/${aggregateId}/${version}`,
});
