import {
  isBuyerForgotten,
  linesByOrder,
  OrderSource,
  OrderStatus,
  type OrderEntity,
} from '../orders/index.js';
import { IS_LIVE_REFUND, PaymentMethod } from '../payments/index.js';
import { AUTOMATIC_REASONS } from '../../kernel/automatic-reasons.js';
import { money } from '../../kernel/money.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import type { EventIds, NoticeForMail } from './order-for-mail.js';
import type { OrderNotice, OrderNoticeModel } from './templates/mail-model.js';

export interface OrderNoticeDataDeps {
  readonly database: Database;
  readonly findOrder: (id: string) => Promise<OrderEntity | null>;
  /** A storefront page of this order, in its language: `order` or `checkout/pay`. */
  readonly pageOf: (order: Pick<OrderEntity, 'id' | 'language'>, page: 'order' | 'checkout/pay') => string;
  readonly bankAccount: { readonly holder: string; readonly iban: string };
}

type NoticeParticulars = Partial<OrderNoticeModel> & { readonly notice?: OrderNotice };

const story = statement('notifications.order-story', {
  params: { orderId: t.uuid },
  row: {
    cancelledBy: t.textOf<'CUSTOMER' | 'STAFF' | 'SYSTEM'>().orNull,
    placedUnpaid: t.boolean,
    linkSent: t.boolean,
    captured: t.int,
    goesBack: t.int,
    edit: t.json<{ difference: number; expiresAt: string }>().orNull,
  },
  sql: `SELECT (SELECT actor_kind FROM order_event e WHERE e.order_id = o.id AND kind = 'CANCELLED' ORDER BY at DESC LIMIT 1) AS "cancelledBy",
     EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND kind IN ('PLACED', 'PAYMENT_AUTHORIZED')) AS "placedUnpaid",
     EXISTS (SELECT 1 FROM order_event e WHERE e.order_id = o.id AND kind = 'LINK_SENT') AS "linkSent",
     (SELECT coalesce(sum(captured_amount), 0)::bigint - (SELECT coalesce(sum(d.amount), 0)::bigint FROM order_refund d
        WHERE d.order_id = o.id AND d.reason = '${AUTOMATIC_REASONS.REFUSED_AT_DOOR}')
      FROM payment p WHERE p.order_id = o.id AND p.status = 'CAPTURED') AS captured,
     (SELECT coalesce(sum(r.amount), 0)::bigint FROM refund r JOIN payment p ON p.id = r.payment_id
        WHERE p.order_id = o.id AND r.status ${IS_LIVE_REFUND}) AS "goesBack",
     (SELECT row_to_json(d) FROM (SELECT difference, expires_at AS "expiresAt" FROM order_edit d
        WHERE d.order_id = o.id AND d.status = 'AWAITING_PAYMENT') d) AS edit
   FROM shop_order o WHERE o.id = :orderId`,
});
// The mail of a return already states its refund.
const refundOf = statement('notifications.refund', {
  params: { refundId: t.uuid },
  row: { amount: t.int },
  sql: `SELECT amount FROM refund r WHERE id = :refundId AND status = 'SUCCEEDED'
     AND NOT EXISTS (SELECT 1 FROM order_return b WHERE b.order_refund_id = r.order_refund_id)`,
});
const returnOf = statement('notifications.return', {
  params: { returnId: t.uuid },
  row: { number: t.text, staffNote: t.text.orNull, exchangeOrderId: t.uuid.orNull, refunded: t.int.orNull },
  sql: `SELECT b.number, b.staff_note AS "staffNote", b.exchange_order_id AS "exchangeOrderId",
     (SELECT amount FROM order_refund d WHERE d.id = b.order_refund_id) AS refunded
   FROM order_return b WHERE b.id = :returnId`,
});
const invoiceOf = statement('notifications.invoice', {
  params: { invoiceId: t.uuid },
  row: { kind: t.text, number: t.text, total: t.int },
  sql: `SELECT kind, printed_number AS number, total_gross AS total FROM invoice WHERE id = :invoiceId`,
});

/** Loads the data of each notice, and decides whether it is still to be sent. */
export class OrderNoticeData {
  constructor(private readonly deps: OrderNoticeDataDeps) {}

  async find(notice: OrderNotice, { aggregateId, payload }: EventIds): Promise<NoticeForMail | null> {
    const order = await this.deps.findOrder(aggregateId);
    if (!order || isBuyerForgotten(order)) return null;
    const particulars = await this.particulars(notice, order, payload);
    if (!particulars) return null;
    const { notice: special = notice, ...model } = particulars;
    return {
      notice: special,
      to: order.email,
      language: order.language,
      model: {
        number: order.number,
        firstName: order.shippingAddress.firstName,
        link: this.deps.pageOf(order, 'order'),
        amount: null,
        lines: [],
        dueAt: null,
        reference: null,
        note: null,
        transfer: null,
        ...model,
      },
    };
  }

  private particulars(
    notice: OrderNotice,
    order: OrderEntity,
    payload: EventIds['payload'],
  ): Promise<NoticeParticulars | null> {
    switch (notice) {
      case 'payment-link':
        return this.toBePaid(order, { link: this.deps.pageOf(order, 'checkout/pay') });
      case 'transfer-instructions': {
        const transfer = { ...this.deps.bankAccount, reference: order.number };
        return order.paymentMethod === PaymentMethod.BANK_TRANSFER
          ? this.toBePaid(order, { transfer })
          : Promise.resolve(null);
      }
      case 'edit-payment-link':
      case 'payment-received':
      case 'order-cancelled':
        return this.fromTimeline(notice, order);
      case 'refund-made':
        return this.refund(order, String(payload['refundId']));
      case 'invoice-issued':
      case 'credit-note-issued':
        return this.invoice(order, String(payload['invoiceId']));
      default:
        return this.return(notice, order, String(payload['returnId']));
    }
  }

  private async toBePaid(order: OrderEntity, more: NoticeParticulars): Promise<NoticeParticulars | null> {
    if (order.status !== OrderStatus.PENDING_PAYMENT) return null;
    const lines = await this.deps.database.rows(linesByOrder, { ids: [order.id] });
    return {
      amount: money(order.totalGross, order.currency),
      dueAt: order.expiresAt?.toISOString() ?? null,
      lines: lines.map((line) => ({
        name: line.productName,
        variant: line.variantName,
        quantity: line.quantity,
        total: money(line.totalGross, order.currency),
      })),
      ...more,
    };
  }

  private async fromTimeline(notice: OrderNotice, order: OrderEntity): Promise<NoticeParticulars | null> {
    const known = await this.deps.database.row(story, { orderId: order.id });
    if (!known) return null;
    if (notice === 'edit-payment-link') {
      if (!known.edit) return null;
      return {
        amount: money(known.edit.difference, order.currency),
        dueAt: known.edit.expiresAt && new Date(known.edit.expiresAt).toISOString(),
        link: this.deps.pageOf(order, 'checkout/pay'),
      };
    }
    if (notice === 'payment-received') {
      // A payment made when the order was placed is confirmed with the order.
      return known.placedUnpaid ? { amount: money(known.captured, order.currency) } : null;
    }
    const isSecretDraft = order.source === OrderSource.STAFF && !order.placedAt && !known.linkSent;
    const isDecided = order.placedAt !== null || ['CUSTOMER', 'STAFF'].includes(known.cancelledBy ?? '');
    if (order.status !== OrderStatus.CANCELLED || isSecretDraft || !isDecided) return null;
    return { amount: known.goesBack > 0 ? money(known.goesBack, order.currency) : null };
  }

  private async refund(order: OrderEntity, refundId: string): Promise<NoticeParticulars | null> {
    const refund = await this.deps.database.row(refundOf, { refundId });
    return refund && { amount: money(refund.amount, order.currency) };
  }

  private async invoice(order: OrderEntity, invoiceId: string): Promise<NoticeParticulars | null> {
    const invoice = await this.deps.database.row(invoiceOf, { invoiceId });
    if (!invoice) return null;
    return {
      notice: invoice.kind === 'CREDIT_NOTE' ? 'credit-note-issued' : 'invoice-issued',
      reference: invoice.number,
      amount: money(invoice.total, order.currency),
    };
  }

  private async return(
    notice: OrderNotice,
    order: OrderEntity,
    returnId: string,
  ): Promise<NoticeParticulars | null> {
    const found = await this.deps.database.row(returnOf, { returnId });
    // A return without a refund is settled without a mail about money.
    if (!found || (notice === 'return-refunded' && found.refunded === null)) return null;
    const reference = found.number;
    if (notice === 'return-exchanged') {
      const exchange = found.exchangeOrderId && (await this.deps.findOrder(found.exchangeOrderId));
      if (!exchange) return null;
      const isDue = exchange.status === OrderStatus.PENDING_PAYMENT;
      return {
        reference,
        number: exchange.number,
        amount: isDue ? money(exchange.totalGross, exchange.currency) : null,
        link: this.deps.pageOf(exchange, isDue ? 'checkout/pay' : 'order'),
      };
    }
    const isDecision = notice === 'return-approved' || notice === 'return-rejected';
    return {
      reference,
      note: isDecision ? found.staffNote : null,
      amount: found.refunded === null ? null : money(found.refunded, order.currency),
    };
  }
}
