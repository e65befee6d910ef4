import { z } from 'zod';
import {
  defineJob,
  handleJob,
  onEvent,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { ExportService } from './export.service.js';
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
const refundOf = ({ payload }: { payload: Record<string, unknown> }) => payload as { refundId: string };

export const documentEvents: Subscription[] = [
  onEvent('order.paid', invoiceJob, paidOrder),
  onEvent('order.edited', invoiceJob, paidOrder),
  onEvent('refund.changed', creditJob, refundOf),
  onEvent('export.requested', exportJob, ({ aggregateId }) => ({ exportId: aggregateId })),
];
