import { newId } from '../../kernel/ids.js';
import type { Clock } from '../../kernel/clock.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import {
  linesByOrder,
  orderData,
  type OrderEntity,
  type OrderService,
  type RefundedCharge,
  type RefundedRate,
} from '../orders/index.js';
import { invoiceIssued } from './invoicing.events.js';
import * as sql from './invoicing.statements.js';
import {
  changeContent,
  orderContent,
  type InvoiceContent,
  type InvoicedOrder,
  type RefundedLine,
} from './invoice-content.js';
import {
  brandColors,
  brandGroup,
  regionalGroup,
  sellerGroup,
  taxGroup,
  writtenMention,
  type SettingsService,
} from '../store/index.js';
import { legalMention } from './legal-mention.js';
import { invoicingGroup } from './invoicing-settings.js';
import type { InvoiceEntity } from './invoice.entity.js';

export interface InvoiceDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly orders: OrderService;
  readonly clock: Clock;
  /** Who sells, and the series that numbers are taken from. */
  readonly settings: Pick<SettingsService, 'get'>;
}

interface OrderDocuments {
  readonly invoiced: InvoicedOrder;
  readonly series: string;
  readonly documents: InvoiceEntity[];
}

interface RefundRow {
  readonly id: string;
  readonly amount: number;
  readonly status: string;
  readonly orderId: string;
  readonly shippingRates: readonly RefundedRate[];
  readonly charges: readonly RefundedCharge[];
  readonly lines: readonly RefundedLine[];
}

interface OrderMoney {
  readonly captured: number;
  readonly returned: number;
  /** Whether a payment was captured of the agreed amount, or of one that staff accepted as the price. */
  readonly isAgreed: boolean;
}

type Draft = Pick<InvoiceEntity, 'kind' | 'sourceKey' | 'content'>;

/**
 * Issues invoices and credit notes, each once, with numbers that have no gap.
 *
 * Invariant: the documents of a placed order add up (invoices less credit notes) to the money that the shop keeps for
 * it. So an invoice is issued when the payment is captured, a difference that was paid for an edit gets an invoice of
 * its own, a refund gets a credit note; a second payment that was refunded never had an invoice and gets neither, nor
 * does an amount other than agreed, unless staff accepts it as the price. A refund may fail after it succeeded, and succeed once more: its credit notes and
 * the invoices that reverse them follow each other (`refund:R`, `refund-failed:R`, `refund:R:2`), at most one ahead.
 *
 * Locks, in this order: the order's row, so that no concurrent transaction issues for it; then, last and until the
 * commit, the row of the series. The number is assigned by the statement that inserts the document: when anything
 * fails afterwards, both are rolled back. No external service is called while the series is locked, so the next
 * transaction waits for milliseconds.
 */
export class InvoiceService {
  constructor(private readonly deps: InvoiceDeps) {}

  find(id: string): Promise<InvoiceEntity | null> {
    return this.deps.database.row(sql.invoiceById, { id });
  }

  /**
   * Invoices what has been paid for an order: the order itself, and applied edits. Safe to run any number of times.
   */
  invoicePaid(orderId: string): Promise<void> {
    return this.issue(orderId, async (tx, ledger) => {
      await this.ensureInvoices(tx, ledger);
    });
  }

  /**
   * Issues a credit note for a refund that succeeded; nothing for one that has not. Safe to run any number of times.
   */
  async creditRefund(refundId: string): Promise<void> {
    const seen = await this.refund(this.deps.database, refundId);
    if (seen?.status !== 'SUCCEEDED') return;
    await this.issue(seen.orderId, async (tx, ledger) => {
      const refund = await this.refund(tx, refundId);
      const { credits, reversals } = issuedFor(ledger, refundId);
      if (refund?.status !== 'SUCCEEDED' || credits.length > reversals.length) return;
      const sourceKey = nthKey(`refund:${refundId}`, credits.length + 1);
      await this.ensureInvoices(tx, ledger);
      const amount = await this.creditable(tx, ledger, refund);
      const invoice = ledger.documents.find(({ kind }) => kind === 'INVOICE');
      if (amount <= 0 || !invoice) return;
      const content = changeContent(ledger.invoiced, {
        amount,
        sign: -1,
        corrects: invoice.printedNumber,
        issued: ledger.documents,
        refunded: refund,
      });
      await this.issueDocument(tx, ledger, { kind: 'CREDIT_NOTE', sourceKey, content });
    });
  }

  /** Issues an invoice that reverses the credit note of a refund which failed after it. */
  async reverseCredit(refundId: string): Promise<void> {
    const seen = await this.refund(this.deps.database, refundId);
    if (!seen || !cameBack(seen)) return;
    await this.issue(seen.orderId, async (tx, ledger) => {
      // The refund may have succeeded after all while the order's lock was waited for, and its credit note is right
      // again.
      const refund = await this.refund(tx, refundId);
      const { credits, reversals } = issuedFor(ledger, refundId);
      const credit = credits.at(-1);
      if (!refund || !cameBack(refund) || !credit || credits.length === reversals.length) return;
      const sourceKey = nthKey(`refund-failed:${refundId}`, credits.length);
      const content = { ...credit.content, corrects: credit.printedNumber };
      await this.issueDocument(tx, ledger, { kind: 'INVOICE', sourceKey, content });
    });
  }

  private refund(querying: Pick<Tx, 'row'>, id: string): Promise<RefundRow | null> {
    return querying.row(sql.refundForCredit, { id });
  }

  private async issue(
    orderId: string,
    work: (tx: Tx, ledger: OrderDocuments) => Promise<void>,
  ): Promise<void> {
    const { database, orders, outbox, settings } = this.deps;
    // Read before the transaction, which holds locks and a connection.
    const [seller, { series }, { timeZone, homeCountry }, { accent, logo }, tax] = await Promise.all([
      settings.get(sellerGroup),
      settings.get(invoicingGroup),
      settings.get(regionalGroup),
      settings.get(brandGroup),
      settings.get(taxGroup),
    ]);
    const mention = { ...legalMention(homeCountry), ...writtenMention(tax) };
    const brand = { color: brandColors(accent).accentText, logo };
    await database.transaction(async (tx) => {
      const order = await orders.lock(tx, orderId);
      const lines = await tx.rows(linesByOrder, { ids: [orderId] });
      const documents = await tx.rows(sql.issuedFor, { orderId });
      await work(tx, { invoiced: { order, lines, seller, brand, timeZone, mention }, series, documents });
    });
    outbox.notifyRelay();
  }

  private async ensureInvoices(tx: Tx, ledger: OrderDocuments): Promise<void> {
    const { order } = ledger.invoiced;
    if (!order.placedAt) return;
    const sourceKey = `order:${order.id}`;
    if (!isIssued(ledger, sourceKey)) {
      if (!(await this.isPaid(tx, order))) return;
      await this.issueDocument(tx, ledger, {
        kind: 'INVOICE',
        sourceKey,
        content: orderContent(ledger.invoiced),
      });
    }
    for (const { id, amount } of await tx.rows(sql.paidEdits, { orderId: order.id })) {
      const key = `payment:${id}`;
      const amountDue = Math.min(amount, isIssued(ledger, key) ? 0 : await this.uninvoiced(tx, ledger));
      if (amountDue <= 0) continue;
      const content = changeContent(ledger.invoiced, {
        amount: amountDue,
        sign: 1,
        corrects: null,
        issued: ledger.documents,
      });
      await this.issueDocument(tx, ledger, { kind: 'INVOICE', sourceKey: key, content });
    }
  }

  private async isPaid(tx: Tx, order: OrderEntity): Promise<boolean> {
    return order.totalGross === 0 || (await this.money(tx, order.id)).isAgreed;
  }

  /**
   * The money of the order that the shop keeps and has no document for, minor units; negative when documents add up
   * to more than that.
   */
  private async uninvoiced(tx: Tx, ledger: OrderDocuments): Promise<number> {
    const { captured, returned } = await this.money(tx, ledger.invoiced.order.id);
    return captured - returned - documentedIn(ledger);
  }

  /**
   * How much of a refund is credited, minor units. Units, delivery and charges that staff refunded were invoiced, whatever other
   * money of the order still waits to go back. Of a plain amount only what documents state too much is credited: the
   * rest is money that never had an invoice, such as the surplus of a payment.
   */
  private async creditable(tx: Tx, ledger: OrderDocuments, refund: RefundRow): Promise<number> {
    const parts = [...refund.lines, ...refund.shippingRates, ...refund.charges];
    const ofLines = parts.reduce((sum, { amount }) => sum + amount, 0);
    const most = ofLines > 0 ? documentedIn(ledger) : -(await this.uninvoiced(tx, ledger));
    return Math.min(refund.amount, most);
  }

  private async money(tx: Tx, orderId: string): Promise<OrderMoney> {
    const sums = await tx.row(sql.moneyOf, { orderId });
    return sums ?? { captured: 0, returned: 0, isAgreed: false };
  }

  private async issueDocument(
    tx: Tx,
    { invoiced, series, documents }: OrderDocuments,
    { kind, sourceKey, content }: Draft,
  ): Promise<void> {
    const { order } = invoiced;
    const invoice = await tx.row(sql.issueNext, {
      series,
      id: newId(),
      kind,
      orderId: order.id,
      sourceKey,
      content: content satisfies InvoiceContent,
      gross: content.total.gross,
      currency: order.currency,
      issuedAt: this.deps.clock.now(),
    });
    if (!invoice) throw new Error('A document was not written');
    documents.push(invoice);
    await this.deps.orders.appendTimelineEntry(tx, order.id, kind === 'INVOICE' ? 'INVOICED' : 'CREDITED', {
      amount: content.total.gross,
      document: invoice.printedNumber,
    });
    const data = { ...orderData(order), invoiceId: invoice.id };
    await this.deps.outbox.append(tx, invoiceIssued(order.id, data, sourceKey));
  }
}

function cameBack({ status }: RefundRow): boolean {
  return status === 'FAILED' || status === 'CANCELLED';
}

/** Invoices less credit notes, gross, minor units. */
function documentedIn({ documents }: OrderDocuments): number {
  return documents.reduce(
    (sum, { kind, totalGross }) => sum + (kind === 'INVOICE' ? totalGross : -totalGross),
    0,
  );
}

function isIssued({ documents }: OrderDocuments, sourceKey: string): boolean {
  return documents.some((document) => document.sourceKey === sourceKey);
}

/** The credit notes of a refund, and the invoices that reversed them, in the order of their numbers. */
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
