import { z } from 'zod';
import { newId } from '../../kernel/ids.js';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** A variant can cross its threshold many times; each crossing happens in exactly one transaction. */
export const stockLow = defineEvent('stock.low', {
  description: 'The free stock of a variant fell to its threshold or below.',
  payload: z.object({ variantId: z.uuid(), available: z.int(), threshold: z.int() }),
  key: ({ aggregateId }) => `stock.low:${aggregateId}:${newId()}`,
});
