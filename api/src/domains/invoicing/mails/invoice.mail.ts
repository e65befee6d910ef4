import { money } from '../../../kernel/money.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import type { OrderMails } from '../../orders/index.js';
import { invoiceIssued } from '../invoicing.events.js';

const invoiceOf = statement('invoicing.mail', {
  params: { invoiceId: t.uuid },
  row: { kind: t.text, number: t.text, total: t.int },
  sql: `SELECT kind, printed_number AS number, total_gross AS total FROM invoice WHERE id = :invoiceId`,
});

/** An invoice or, in its place, a credit note: one event tells of both. */
export function invoiceMail(mails: OrderMails, database: Database): Mail {
  return mails.define({
    name: 'invoice-issued',
    alternatives: ['credit-note-issued'],
    on: invoiceIssued,
    about: 'invoiceId',
    async parts({ currency }, { invoiceId }) {
      const invoice = await database.row(invoiceOf, { invoiceId });
      if (!invoice) return null;
      return {
        reference: invoice.number,
        amount: money(invoice.total, currency),
        ...(invoice.kind === 'CREDIT_NOTE' && { instead: 'credit-note-issued' }),
      };
    },
  });
}
