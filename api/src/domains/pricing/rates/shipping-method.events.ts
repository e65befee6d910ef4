import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

/** The aggregate is the shipping method. */
export const shippingMethodChanged = defineEvent('shipping-method.changed', {
  description: 'Staff changed by which rule, or with which arguments, the price of a delivery is computed.',
  payload: z.object({
    version: z.int(),
    changedBy: z.uuid(),
    rate: z.string(),
    /** Amounts and other arguments are no personal data: who asks why a delivery cost what it did finds them here. */
    arguments: z.record(z.string(), z.unknown()),
  }),
  key: ({ aggregateId, payload }) => `shipping-method.changed:${aggregateId}:${payload.version}`,
});
