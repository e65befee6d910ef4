import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** Once for each day. The aggregate is the stored check. */
export const integrityBroken = defineEvent('integrity.broken', {
  description: 'The nightly check found an invariant violated.',
  payload: z.object({ checkId: z.uuid() }),
  key: (_event, day: string) => `integrity.broken:${day}`,
});
