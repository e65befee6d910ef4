import { IsOptional, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import { staff } from '../../../kernel/actor.js';
import type { HandledLongJob } from '../../../platform/jobs/define-long-job.js';
import { Role } from '../../../platform/graphql/roles.js';
import { defineBulk, handleKeyedBulk, type BulkLocking } from '../../long-jobs/index.js';
import {
  onOrders,
  type OrderClosingService,
  type OrderQuery,
  type OrderService,
} from '../../orders/index.js';

/*
 * Cancelling many orders: transactions, locks and keys
 *
 * Each order is cancelled by the operation that cancels one, `OrderClosingService.cancel`, and by nothing else: the same
 * checks, plugins, locks (order, its payments, the accounts of tenders, stock), refund and restock. That operation asks the
 * payment provider between its transactions where a payment is open or authorized, so it cannot run inside the
 * transaction of a step, which holds the row of the job. It runs before it, as `handleKeyedBulk` says.
 *
 * Once. Its key is made of the job and of the order, and is claimed in the transaction of the effect; where the provider
 * decides, before the provider is asked. A worker that is killed in between leaves an order that is cancelled, or one
 * that is half way: the next worker calls the operation again under the same key, which finds the order cancelled and does nothing,
 * or goes on where it stands. So money goes back once.
 *
 * Two clerks. Whoever comes second finds the order cancelled and has nothing left to do, as with one order. A capture, a
 * shipment, an edit of the same order takes the lock of the order before or after: a shipped order is refused
 * with ILLEGAL_TRANSITION, and a payment that is captured just before is paid back.
 *
 * Chosen orders only, at most 100: `orderBulkCancelPreview` says of just these what it will do, by the code of the
 * preview of one. It cannot be undone.
 */

@InputType({ description: 'How orders are cancelled.' })
class CancelInput {
  @Field(() => String, { nullable: true, description: 'Why, for the refunds; null when not given.' })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  reason?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether what was sold goes back in stock; false for goods that are broken or lost. Null: yes, unless the goods of an order had left and came back, for they may be broken.',
  })
  restock?: boolean | null;
}

interface Values {
  readonly reason: string | null;
  readonly restock: boolean | null;
}

export const ordersCancel = defineBulk<OrderQuery, Values>({
  ...onOrders,
  name: 'orderBulkCancel',
  kind: 'ORDER_CANCEL',
  description:
    'Cancels the chosen orders, each as `orderCancel` does: what is paid goes back to the buyer. One that is cancelled already stays so.',
  role: Role.MANAGER,
  permission: 'ORDER_WRITE',
  isChosenOnly: true,
  values: {
    input: CancelInput,
    read: ({ reason, restock }: CancelInput) => ({
      reason: reason?.trim() || null,
      restock: restock ?? null,
    }),
  },
});

interface Deps {
  readonly orders: OrderService;
  readonly closing: OrderClosingService;
  readonly bulkRows: BulkLocking<OrderQuery>;
}

export function handleOrdersCancel({ orders, closing, bulkRows }: Deps): HandledLongJob {
  return handleKeyedBulk(ordersCancel, {
    count: bulkRows.count,
    select: bulkRows.select,
    nameOf: async (id) => (await orders.find(id))?.number ?? null,
    apply: (orderId, { actorId, key, values: { reason, restock } }) =>
      closing.cancel({
        ...{ orderId, reason, restock, expectedVersion: null },
        ...{ idempotencyKey: key, keyActor: `user:${actorId}`, operation: 'orderBulkCancel' },
        actor: staff(actorId),
      }),
  });
}
