import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is what the fields are about; of the values only their names are told. */
export const customFieldsChanged = defineEvent('custom-fields.changed', {
  description:
    'Staff, a program or, of a cart, its buyer changed declared fields of a product, variant, category, order, cart or customer.',
  payload: z.object({
    type: z.string(),
    version: z.int(),
    /** Null for a guest who changed the own cart. */
    changedBy: z.uuid().nullable(),
    fields: z.array(z.string()),
  }),
  key: ({ aggregateId, payload }) => `custom-fields.changed:${aggregateId}:${payload.version}`,
});
