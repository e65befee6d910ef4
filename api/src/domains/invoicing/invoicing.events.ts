import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';
import { orderEventData, receivedByOrderPage } from '../orders/index.js';

/** The aggregate is the order; its data lets the open page of the order show the document without a reload. */
export const invoiceIssued = receivedByOrderPage(
  defineEvent('invoice.issued', {
    description: 'An invoice or a credit note was issued.',
    payload: orderEventData.extend({ invoiceId: z.uuid() }),
    isKept: true,
    key: (_event, sourceKey: string) => `invoice.issued:${sourceKey}`,
  }),
);

export const invoicingEvents = [invoiceIssued];
