import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is what the metadata is about; of the values only their keys are told. */
export const metadataChanged = defineEvent('metadata.changed', {
  description:
    'Staff or a program changed metadata of a product, variant, category, order, cart or customer.',
  payload: z.object({
    type: z.string(),
    version: z.int(),
    changedBy: z.uuid(),
    keys: z.array(z.string()),
    publicKeys: z.array(z.string()),
  }),
  key: ({ aggregateId, payload }) => `metadata.changed:${aggregateId}:${payload.version}`,
});
