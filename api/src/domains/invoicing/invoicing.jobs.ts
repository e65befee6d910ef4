import { z } from 'zod';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import { orderEdited } from '../order-editing/index.js';
import { orderPaid } from '../orders/index.js';
import { refundChanged } from '../payments/index.js';
import type { InvoiceService } from './invoice.service.js';

const invoiceJob = defineJob({
  queue: 'invoicing.invoice',
  formerly: 'documents.invoice',
  payload: z.object({ orderId: z.uuid() }),
});
const creditJob = defineJob({
  queue: 'invoicing.credit',
  formerly: 'documents.credit',
  payload: z.object({ refundId: z.uuid() }),
});
/** Each may run twice: documents are unique by their source key. */
export function documentJobs(invoices: InvoiceService): HandledJob[] {
  return [
    handleJob(invoiceJob, ({ orderId }) => invoices.invoicePaid(orderId)),
    handleJob(creditJob, async ({ refundId }) => {
      await invoices.creditRefund(refundId);
      await invoices.reverseCredit(refundId);
    }),
  ];
}

const paidOrder = ({ aggregateId }: { aggregateId: string }) => ({ orderId: aggregateId });

export const documentSubscriptions: Subscription[] = [
  on(orderPaid, invoiceJob, paidOrder),
  on(orderEdited, invoiceJob, paidOrder),
  on(refundChanged, creditJob, ({ payload: { refundId } }) => ({ refundId })),
];
