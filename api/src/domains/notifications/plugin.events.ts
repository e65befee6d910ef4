import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** Once an hour for each plugin and hook. The aggregate is a new id. What was thrown is in the log only. */
export const pluginFailed = defineEvent('plugin.failed', {
  description: 'A plugin failed where it takes part in a transaction of the shop.',
  payload: z.object({ plugin: z.string(), hook: z.string() }),
  key: ({ payload: { plugin, hook } }, hour: string) => `plugin.failed:${plugin}:${hook}:${hour}`,
});
