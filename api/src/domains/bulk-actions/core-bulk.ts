import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { HandledLongJob } from '../../platform/jobs/define-long-job.js';
import type { JobMutation } from '../../platform/jobs/job-mutation.js';
import type { CheckoutBlockService } from '../checkout/index.js';
import { defineBulk, handleBulk, type BulkAction, type BulkWork } from '../long-jobs/index.js';
import type { Resending } from '../notifications/index.js';
import type { FulfillmentService, OrderService } from '../orders/index.js';
import type { WebhookInbox } from '../payments/index.js';
import type { ReturnReviewService } from '../returns/index.js';

/** The services whose operations are done to many objects. */
export interface BulkDeps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly orders: OrderService;
  readonly fulfillment: FulfillmentService;
  readonly reviews: ReturnReviewService;
  readonly resending: Resending;
  readonly webhooks: WebhookInbox;
  readonly blocks: CheckoutBlockService;
}

export interface CoreBulk {
  readonly action: JobMutation;
  readonly handle: (deps: BulkDeps) => readonly HandledLongJob[];
}

/** An action with its work on the services of the core. */
export function coreBulk<Query extends object>({
  work,
  ...described
}: BulkAction<Query> & { readonly work: (deps: BulkDeps) => BulkWork<Query> }): CoreBulk {
  const action = defineBulk(described);
  return { action, handle: (deps) => handleBulk(action, work(deps)) };
}
