import { newId } from '../../kernel/ids.js';
import type { Clock } from '../../kernel/clock.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import {
  linesByOrder,
  orderEvent,
  type OrderEntity,
  type OrderLineEntity,
  type OrderService,
} from '../orders/index.js';
import * as sql from './invoicing.statements.js';
import {
  changeContent,
  orderContent,
  type InvoiceContent,
  type InvoicedOrder,
  type RefundedLine,
  type Seller,
} from './invoice-content.js';
import { printedNumber, type InvoiceEntity } from './invoice.entity.js';

export interface InvoiceDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly orders: OrderService;
  readonly clock: Clock;
  readonly seller: Seller;
  /** The series that numbers are given from. */
  readonly series: string;
}

interface OrderDocuments {
  readonly invoiced: InvoicedOrder;
  readonly documents: InvoiceEntity[];
}

interface RefundRow {
  readonly id: string;
  readonly amount: number;
  readonly status: string;
  readonly orderId: string;
  readonly shippingAmount: number;
  readonly shippingTax: number;
  readonly lines: readonly RefundedLine[];
}

interface OrderMoney {
  readonly captured: number;
  readonly returned: number;
  /** A payment of the amount that was agreed for the order came in. */
  readonly isAgreed: boolean;
}

type Draft = Pick<InvoiceEntity, 'kind' | 'sourceKey' | 'content'>;

/**
 * Issues invoices and credit notes, each once, with numbers that have no gap.
 *
 * The law: what the documents of a placed order add up to (invoices less credit notes) is the money that the shop keeps
 * for it. So an invoice comes when the money is here, a difference that was paid for an edit gets an invoice of its own,
 * money that went back a credit note; a second payment that was sent back never had an invoice and gets neither, nor does
 * another amount than was agreed. A refund may fail after it succeeded, and succeed once more: its credit notes and the
 * invoices that take them back follow each other (`refund:R`, `refund-failed:R`, `refund:R:2`), at most one ahead.
 *
 * Locks, in this order: the order's row, so that nobody else issues for it; then, last and until the commit, the row
 * of the series. The number is given by the statement that inserts the document: when anything fails afterwards, both go.
 * Nothing is asked of anybody outside while the series is held, so the next in line waits for milliseconds.
 */
export class InvoiceService {
  constructor(private readonly deps: InvoiceDeps) {}

  find(id: string): Promise<InvoiceEntity | null> {
    return this.deps.database.row<InvoiceEntity>(sql.invoiceById, [id]);
  }

  /** Invoices what has been paid for an order: the order itself, and applied edits. May run any number of times. */
  invoicePaid(orderId: string): Promise<void> {
    return this.issue(orderId, async (tx, ledger) => {
      await this.ensureInvoices(tx, ledger);
    });
  }

  /** A credit note for a refund that reached the buyer; nothing for one that has not. May run any number of times. */
  async creditRefund(refundId: string): Promise<void> {
    const seen = await this.refund(this.deps.database, refundId);
    if (seen?.status !== 'SUCCEEDED') return;
    await this.issue(seen.orderId, async (tx, ledger) => {
      const refund = await this.refund(tx, refundId);
      const { credits, reversals } = issuedFor(ledger, refundId);
      if (refund?.status !== 'SUCCEEDED' || credits.length > reversals.length) return;
      const sourceKey = nthKey(`refund:${refundId}`, credits.length + 1);
      await this.ensureInvoices(tx, ledger);
      const amount = Math.min(refund.amount, -(await this.uninvoiced(tx, ledger)));
      const invoice = ledger.documents.find(({ kind }) => kind === 'INVOICE');
      if (amount <= 0 || !invoice) return;
      const content = changeContent(ledger.invoiced, {
        amount,
        sign: -1,
        corrects: printedNumber(invoice),
        told: ledger.documents,
        refunded: refund,
      });
      await this.write(tx, ledger, { kind: 'CREDIT_NOTE', sourceKey, content });
    });
  }

  /** A refund that came back after its credit note: an invoice over the same takes the credit note back. */
  async reverseCredit(refundId: string): Promise<void> {
    const seen = await this.refund(this.deps.database, refundId);
    if (!seen || !cameBack(seen)) return;
    await this.issue(seen.orderId, async (tx, ledger) => {
      // It may have arrived after all while the order was waited for, and its credit note is right again.
      const refund = await this.refund(tx, refundId);
      const { credits, reversals } = issuedFor(ledger, refundId);
      const credit = credits.at(-1);
      if (!refund || !cameBack(refund) || !credit || credits.length === reversals.length) return;
      const sourceKey = nthKey(`refund-failed:${refundId}`, credits.length);
      const content = { ...credit.content, corrects: printedNumber(credit) };
      await this.write(tx, ledger, { kind: 'INVOICE', sourceKey, content });
    });
  }

  private refund(querying: Pick<Tx, 'row'>, id: string): Promise<RefundRow | null> {
    return querying.row<RefundRow & Record<string, unknown>>(sql.refundForCredit, [id]);
  }

  private async issue(
    orderId: string,
    work: (tx: Tx, ledger: OrderDocuments) => Promise<void>,
  ): Promise<void> {
    const { database, orders, outbox, seller } = this.deps;
    await database.transaction(async (tx) => {
      const order = await orders.lock(tx, orderId);
      const lines = await tx.rows<OrderLineEntity>(linesByOrder, [[orderId]]);
      const documents = await tx.rows<InvoiceEntity>(sql.issuedFor, [orderId]);
      await work(tx, { invoiced: { order, lines, seller }, documents });
    });
    outbox.notifyRelay();
  }

  private async ensureInvoices(tx: Tx, ledger: OrderDocuments): Promise<void> {
    const { order } = ledger.invoiced;
    if (!order.placedAt) return;
    const sourceKey = `order:${order.id}`;
    if (!isIssued(ledger, sourceKey)) {
      if (!(await this.isPaid(tx, order))) return;
      await this.write(tx, ledger, { kind: 'INVOICE', sourceKey, content: orderContent(ledger.invoiced) });
    }
    for (const { id, amount } of await tx.rows<{ id: string; amount: number }>(sql.paidEdits, [order.id])) {
      const key = `payment:${id}`;
      const due = Math.min(amount, isIssued(ledger, key) ? 0 : await this.uninvoiced(tx, ledger));
      if (due <= 0) continue;
      const content = changeContent(ledger.invoiced, {
        amount: due,
        sign: 1,
        corrects: null,
        told: ledger.documents,
      });
      await this.write(tx, ledger, { kind: 'INVOICE', sourceKey: key, content });
    }
  }

  private async isPaid(tx: Tx, order: OrderEntity): Promise<boolean> {
    return order.totalGross === 0 || (await this.money(tx, order.id)).isAgreed;
  }

  /** What the shop keeps of the order's money and has no document for; negative when documents say more than that. */
  private async uninvoiced(tx: Tx, { invoiced, documents }: OrderDocuments): Promise<number> {
    const { captured, returned } = await this.money(tx, invoiced.order.id);
    const told = documents.reduce(
      (sum, { kind, totalGross }) => sum + (kind === 'INVOICE' ? totalGross : -totalGross),
      0,
    );
    return captured - returned - told;
  }

  private async money(tx: Tx, orderId: string): Promise<OrderMoney> {
    const sums = await tx.row<OrderMoney & Record<string, unknown>>(sql.moneyOf, [orderId]);
    return sums ?? { captured: 0, returned: 0, isAgreed: false };
  }

  private async write(
    tx: Tx,
    { invoiced, documents }: OrderDocuments,
    { kind, sourceKey, content }: Draft,
  ): Promise<void> {
    const { order } = invoiced;
    const invoice = await tx.row<InvoiceEntity>(sql.issueNext, [
      this.deps.series,
      newId(),
      kind,
      order.id,
      sourceKey,
      JSON.stringify(content satisfies InvoiceContent),
      content.total.gross,
      order.currency,
      this.deps.clock.now(),
    ]);
    if (!invoice) throw new Error('A document was not written');
    documents.push(invoice);
    await this.deps.orders.tell(tx, order.id, kind === 'INVOICE' ? 'INVOICED' : 'CREDITED', {
      amount: content.total.gross,
      document: printedNumber(invoice),
    });
    // With how the order stands, so that its open page hears of the document and shows it without a reload.
    const updates = orderEvent(order, 'invoice.issued', `invoice.issued:${sourceKey}`);
    await this.deps.outbox.append(tx, { ...updates, payload: { ...updates.payload, invoiceId: invoice.id } });
  }
}

function cameBack({ status }: RefundRow): boolean {
  return status === 'FAILED' || status === 'CANCELLED';
}

function isIssued({ documents }: OrderDocuments, sourceKey: string): boolean {
  return documents.some((document) => document.sourceKey === sourceKey);
}

/** The credit notes of a refund, and the invoices that took them back, in the order of their numbers. */
function issuedFor(
  { documents }: OrderDocuments,
  refundId: string,
): { readonly credits: InvoiceEntity[]; readonly reversals: InvoiceEntity[] } {
  const about = (kind: string): InvoiceEntity[] =>
    documents.filter(({ sourceKey }) => `${sourceKey}:`.startsWith(`${kind}:${refundId}:`));
  return { credits: about('refund'), reversals: about('refund-failed') };
}

function nthKey(key: string, n: number): string {
  return n === 1 ? key : `${key}:${n}`;
}
