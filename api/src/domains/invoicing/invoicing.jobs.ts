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
import type { ExportService } from './exports/export.service.js';
import { exportRequested } from './invoicing.events.js';
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
const exportJob = defineJob({
  queue: 'invoicing.export',
  formerly: 'documents.export',
  payload: z.object({ exportId: z.uuid() }),
  retryLimit: 2,
});
const cleanUpJob = defineJob({
  queue: 'invoicing.clean-up-exports',
  formerly: 'documents.sweep-exports',
  payload: z.object({}),
  schedule: '23 * * * *',
  exclusive: true,
});

/** Each may run twice: documents are unique by their source key, and a file is written under its own name again. */
export function documentJobs(invoices: InvoiceService, exports: ExportService): HandledJob[] {
  return [
    handleJob(invoiceJob, ({ orderId }) => invoices.invoicePaid(orderId)),
    handleJob(creditJob, async ({ refundId }) => {
      await invoices.creditRefund(refundId);
      await invoices.reverseCredit(refundId);
    }),
    handleJob(exportJob, ({ exportId }) => exports.writeFile(exportId)),
    handleJob(cleanUpJob, () => exports.cleanUp()),
  ];
}

const paidOrder = ({ aggregateId }: { aggregateId: string }) => ({ orderId: aggregateId });

export const documentSubscriptions: Subscription[] = [
  on(orderPaid, invoiceJob, paidOrder),
  on(orderEdited, invoiceJob, paidOrder),
  on(refundChanged, creditJob, ({ payload: { refundId } }) => ({ refundId })),
  on(exportRequested, exportJob, ({ aggregateId }) => ({ exportId: aggregateId })),
];
