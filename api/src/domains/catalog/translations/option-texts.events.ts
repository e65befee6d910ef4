import { z } from 'zod';
import { defineEvent } from '../../../platform/jobs/define-event.js';

/** The aggregate is the product. */
export const productOptionsChanged = defineEvent('product.options-changed', {
  description: 'Staff renamed options of a product or their values, in some language.',
  payload: z.object({ version: z.int(), changedBy: z.uuid() }),
  key: ({ aggregateId, payload }) => `product.options-changed/${aggregateId}/${payload.version}`,
});
