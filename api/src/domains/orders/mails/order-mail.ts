import { money, type Money } from '../../../kernel/money.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { EventType } from '../../../platform/jobs/define-event.js';
import { defineMail, type Mail } from '../../../platform/mails/define-mail.js';
import type { LinkMaker, SecretLink, StoredModel } from '../../../platform/mails/secret-link.js';
import type { PageLinks } from '../../store/index.js';
import { TaxMode } from '../../pricing/index.js';
import { isBuyerForgotten } from '../buyer/forgotten-buyer.js';
import type { OrderTokens } from '../buyer/order-tokens.js';
import { OrderStatus } from '../order-states.js';
import type { OrderEntity } from '../order.entity.js';
import type { OrderService } from '../order.service.js';
import { linesByOrder } from '../order.statements.js';

export interface OrderLineForMail {
  readonly name: string;
  /** "Moss, large"; empty for a product without options. */
  readonly variant: string;
  readonly quantity: number;
  readonly total: Money;
}

/** What one tax rate contributes to the total of an order. */
export interface TaxForMail {
  /** Without the rate: "VAT". */
  readonly name: string;
  readonly basisPoints: number;
  readonly net: Money;
  readonly tax: Money;
}

/** The bank account for an order that is paid by bank transfer. */
export interface TransferForMail {
  readonly holder: string;
  readonly iban: string;
  readonly reference: string;
}

/** The data of a notice about an order between confirmation and shipment. */
export interface OrderNoticeModel {
  readonly number: string;
  readonly firstName: string;
  /** The page that the button opens. */
  readonly link: string;
  /** The amount to be paid, received or refunded; null where no money is mentioned. */
  readonly amount: Money | null;
  /** The order's lines, where they matter; empty elsewhere. */
  readonly lines: readonly OrderLineForMail[];
  /** ISO time until which it can be paid. */
  readonly dueAt: string | null;
  /** Number of the return or of the invoice. */
  readonly reference: string | null;
  /** Text that staff typed: why a return was refused. */
  readonly note: string | null;
  readonly transfer: TransferForMail | null;
  /** Whether its amounts contain a tax. Mails that were queued by an earlier version say nothing: they do. */
  readonly isTaxed?: boolean;
}

/** What a mail about an order says beside the order itself; what is left out is null or empty. */
export type OrderMailParts = Partial<StoredModel<OrderNoticeModel>> & {
  /** Which of `alternatives` goes in place of this mail. */
  readonly instead?: string;
  /** See `defineMail`. */
  readonly notBefore?: Date;
  readonly cancelKey?: string;
  /** Whether the order, locked, still wants the mail; see `ComposedMail.isDue`. */
  readonly isDue?: (order: OrderEntity) => boolean;
};

interface OrderMailOptions<Payload extends object> {
  /** See `defineMail`. */
  readonly name: string;
  readonly alternatives?: readonly string[];
  /** An event whose aggregate is the order. */
  readonly on: EventType<Payload>;
  readonly when?: (payload: Payload) => boolean;
  readonly about?: keyof Payload & string;
  /** Loads what the mail says; null: it is not to be sent (any more). */
  parts(order: OrderEntity, payload: Payload): Promise<OrderMailParts | null>;
}

/** Makes mails to the buyer of an order: some sentences, the lines or values concerned, and a button to its page. */
export class OrderMails {
  constructor(
    private readonly deps: {
      readonly database: Database;
      readonly orders: OrderService;
      readonly tokens: OrderTokens;
      readonly links: PageLinks;
    },
  ) {}

  define<Payload extends object>({ parts, ...mail }: OrderMailOptions<Payload>): Mail {
    return defineMail<Payload, OrderNoticeModel>({
      ...mail,
      aggregate: 'order',
      layout: 'order-notice',
      compose: async ({ aggregateId, payload }) => {
        const order = await this.deps.orders.find(aggregateId);
        if (!order || isBuyerForgotten(order)) return null;
        const found = await parts(order, payload);
        if (!found) return null;
        const { instead, notBefore, cancelKey, isDue, ...model } = found;
        return {
          to: order.email,
          language: order.language,
          model: { ...this.modelOf(order), ...model },
          ...(instead && { instead }),
          ...(notBefore && { notBefore }),
          ...(cancelKey && { cancelKey }),
          ...(isDue && { isDue: async (tx: Tx) => isDue(await this.deps.orders.lock(tx, order.id)) }),
        };
      },
    });
  }

  /** A page of the storefront that opens this order without signing in. */
  pageOf({ id }: Pick<OrderEntity, 'id'>, page: 'order' | 'checkout/pay'): SecretLink {
    return { secretLink: 'order', id, page };
  }

  /** Makes the links of `pageOf`. */
  readonly link: LinkMaker = ({ id, page, language }) =>
    this.deps.links(language, `/${page}/${this.deps.tokens.sign(id)}`);

  /** The amount, the lines and the time of an order that waits for its payment; null for any other. */
  async toBePaid(order: OrderEntity): Promise<OrderMailParts | null> {
    if (order.status !== OrderStatus.PENDING_PAYMENT) return null;
    const lines = await this.deps.database.rows(linesByOrder, { ids: [order.id] });
    return {
      amount: money(order.totalGross - order.tendered, order.currency),
      dueAt: order.expiresAt?.toISOString() ?? null,
      lines: lines.map((line) => ({
        name: line.productName,
        variant: line.variantName,
        quantity: line.quantity,
        total: money(line.totalGross, order.currency),
      })),
    };
  }

  private modelOf(order: OrderEntity): StoredModel<OrderNoticeModel> {
    return {
      number: order.number,
      firstName: order.shippingAddress.firstName,
      link: this.pageOf(order, 'order'),
      amount: null,
      lines: [],
      dueAt: null,
      reference: null,
      note: null,
      transfer: null,
      isTaxed: order.taxMode === TaxMode.TAXED,
    };
  }
}
