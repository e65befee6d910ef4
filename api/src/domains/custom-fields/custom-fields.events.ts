import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is what the fields are about; of the values only their names are told. */
export const customFieldsChanged = defineEvent('custom-fields.changed', {
  description:
    'Staff or a program changed declared fields of a product, variant, category, order or customer.',
  payload: z.object({
    type: z.string(),
    version: z.int(),
    changedBy: z.uuid(),
    fields: z.array(z.string()),
  }),
  key: ({ aggregateId, payload }) => `custom-fields.changed:${aggregateId}:${payload.version}`,
});
