import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is the zone or the method. */
export const shippingChanged = defineEvent('shipping.changed', {
  description:
    'Staff changed where the shop delivers, how, or for how much. Carts have the new prices at once; orders keep theirs.',
  payload: z.object({
    what: z.enum(['ZONE', 'METHOD', 'RATE']),
    change: z.enum(['CREATED', 'UPDATED', 'DELETED', 'ARCHIVED', 'RESTORED', 'REORDERED']),
    /** The version of the zone or method after the change. */
    version: z.int(),
    changedBy: z.uuid(),
    /** Of a rate: its zone. */
    zoneId: z.uuid().nullable(),
    /** Of a rate: the code of its rule; null when it was removed. */
    strategy: z.string().nullable(),
    /** Amounts and other arguments are no personal data: who asks why a delivery cost what it did finds them here. */
    arguments: z.record(z.string(), z.unknown()).nullable(),
  }),
  key: ({ aggregateId, payload: { what, change, version } }) =>
    `shipping.changed/${aggregateId}/${what}/${change}/${version}`,
});
