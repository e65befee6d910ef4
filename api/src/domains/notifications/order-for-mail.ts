import type { Language } from '../../kernel/languages.js';
import type { Money } from '../../kernel/money.js';
import type { Tx } from '../../platform/database/database.js';
import type {
  ConfirmedPayment,
  MailAddress,
  OrderLineForMail,
  OrderNotice,
  OrderNoticeModel,
  OwnerAlert,
  OwnerAlertModel,
} from './templates/mail-model.js';

/** What mails tell of an order; whoever knows orders provides it. */
export interface OrderForMail {
  readonly id: string;
  readonly number: string;
  readonly language: Language;
  readonly email: string;
  readonly lines: readonly OrderLineForMail[];
  readonly subtotal: Money;
  readonly shipping: Money;
  readonly shippingMethod: string;
  readonly total: Money;
  /** How it is paid, now that it is placed. */
  readonly payment: ConfirmedPayment;
  readonly address: MailAddress;
  /** Every parcel that has left. */
  readonly shipments: readonly ShipmentForMail[];
}

export interface ShipmentForMail {
  readonly id: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly lines: readonly { readonly name: string; readonly variant: string; readonly quantity: number }[];
}

/** A request for a new password, with the link that grants it. */
export interface ResetForMail {
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  readonly link: string;
}

/** Somebody who is told about the own account. */
export interface AccountForMail {
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
  /** The page that asks for a link to another password. */
  readonly link: string;
}

/** A notice that is worth sending: `notice` may be more particular than what was asked for. */
export interface NoticeForMail {
  readonly notice: OrderNotice;
  readonly to: string;
  readonly language: Language;
  readonly model: OrderNoticeModel;
}

/** Which order, return, refund, invoice ... the news is about; ids as the outbox has them. */
export interface EventIds {
  readonly aggregateId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Where mails get their facts from, as the container wires it. */
export interface OrderMailData {
  /** Null for an order that does not exist (any more). */
  orderForMail(orderId: string): Promise<OrderForMail | null>;
  /** The page of this order that needs no login. */
  orderLink(orderId: string, language: Language): string;
  /** Null when the request was used, has expired or never existed. */
  resetMail(tokenId: string): Promise<ResetForMail | null>;
  /** Null for an account that is gone. */
  accountForMail(userId: string): Promise<AccountForMail | null>;
  /** Null when there is nothing to say any more: paid meanwhile, or told by another mail. */
  orderNotice(notice: OrderNotice, updates: EventIds): Promise<NoticeForMail | null>;
  /** Null when what it is about is gone. */
  ownerAlert(alert: OwnerAlert, updates: EventIds): Promise<OwnerAlertModel | null>;
  /** Who hears of what happens in the shop: the owner's account, else ADMIN_ALERT_EMAIL, else nobody (null). */
  owner(): Promise<{ readonly to: string; readonly language: Language } | null>;
  /** Notes in the order's timeline that one of its mails went out. */
  mailSent(tx: Tx, orderId: string, template: string): Promise<void>;
}
