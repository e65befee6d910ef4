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

/** Who did it stands in the audit log, and in `settings.changed` of the same transaction. */
export const languagePublished = defineEvent('language.published', {
  description: 'Buyers can read the shop in a language that they could not read it in before.',
  payload: z.object({ language: z.string() }),
  key: ({ payload }, occasion: string) => `language.published:${payload.language}:${occasion}`,
});

/** The aggregate is the member of staff; the words themselves stand in `message_override` only. */
export const messageOverridden = defineEvent('message.overridden', {
  description: "Staff wrote a word of the interface in a language, or took the program's own again.",
  payload: z.object({ language: z.string(), key: z.string() }),
  key: ({ payload }, occasion: string) => `message.overridden:${payload.language}:${payload.key}:${occasion}`,
});

export const storeEvents = [settingsChanged, integrationChanged, languagePublished, messageOverridden];
