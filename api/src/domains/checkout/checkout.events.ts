import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** Once a day for each network, which the occasion names. The aggregate is the cart. */
export const stockHeldUnpaid = defineEvent('stock.held-unpaid', {
  description: 'Unpaid orders of one network hold an alarming part of the stock.',
  payload: z.object({ units: z.number(), percent: z.number() }),
  key: (_event, networkAndDay: string) => `stock.held-unpaid:${networkAndDay}`,
});
