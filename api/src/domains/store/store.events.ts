import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is the member of staff; the values themselves stand in `shop_setting` only. */
export const settingsChanged = defineEvent('settings.changed', {
  description: 'Staff changed a group of settings of the shop.',
  payload: z.object({ group: z.string(), version: z.int(), fields: z.array(z.string()) }),
  key: ({ payload }) => `settings.changed:${payload.group}:${payload.version}`,
});

/** The aggregate is the member of staff; of the values only the names of their fields are told. */
export const integrationChanged = defineEvent('integration.changed', {
  description: 'Staff changed or removed values of an integration, such as the keys of a payment provider.',
  payload: z.object({ code: z.string(), version: z.int(), fields: z.array(z.string()) }),
  key: ({ payload }) => `integration.changed:${payload.code}:${payload.version}`,
});

export const storeEvents = [settingsChanged, integrationChanged];
