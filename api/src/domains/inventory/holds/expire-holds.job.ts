import { z } from 'zod';
import { defineJob, handleJob, type HandledJob } from '../../../platform/jobs/define-job.js';
import type { CartHoldService } from './cart-hold.service.js';
import type { StockHoldService } from './stock-hold.service.js';
import { eachAlone } from '../../../platform/jobs/each-alone.js';

const expireHoldsJob = defineJob({
  queue: 'inventory.expire-holds',
  payload: z.object({}),
  schedule: '* * * * *',
  exclusive: true,
});

/** Releases expired holds of carts and of other systems. An order's hold ends with its payment (orders.expire). */
export function expireHolds(holds: StockHoldService, carts: CartHoldService): HandledJob {
  return handleJob(expireHoldsJob, async () => {
    await eachAlone([holds, carts], (kind) => kind.expireDue());
  });
}
