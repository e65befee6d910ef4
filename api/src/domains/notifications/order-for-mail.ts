import type { SecretLink } from '../../platform/mails/secret-link.js';
import type { Language } from '../../kernel/languages.js';
import type { Money } from '../../kernel/money.js';
import type { Tx } from '../../platform/database/database.js';
import type { OrderEventData, OrderLineForMail, TaxForMail } from '../orders/index.js';
import type { OwnerAlert } from './owner-alerts.js';
import type { ConfirmedPayment, MailAddress, OwnerAlertModel } from './templates/mail-model.js';

/** The order data of mails; provided by the module that knows orders. */
export interface OrderForMail {
  readonly id: string;
  readonly number: string;
  readonly language: Language;
  readonly email: string;
  readonly lines: readonly OrderLineForMail[];
  readonly subtotal: Money;
  readonly shipping: Money;
  readonly shippingMethod: string;
  /** What is added beside the delivery. */
  readonly charges: readonly { readonly name: string; readonly amount: Money }[];
  readonly total: Money;
  /** The tax in the total by rate; empty for a seller who charges none. */
  readonly taxes: readonly TaxForMail[];
  /** Accounts of the shop, such as gift cards, that pay a part of the total. */
  readonly tenders: readonly { readonly name: string; readonly amount: Money }[];
  /** What they leave of it. */
  readonly due: Money;
  /** How it is paid, now that it is placed. */
  readonly payment: ConfirmedPayment;
  readonly address: MailAddress;
  /** Every shipment that has left. */
  readonly shipments: readonly ShipmentForMail[];
}

export interface ShipmentForMail {
  readonly id: string;
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  /** When it is expected, ISO 8601; null where nothing is, and where that day was over when it left. */
  readonly expectedDelivery: { readonly from: string; readonly to: string } | null;
  readonly lines: readonly { readonly name: string; readonly variant: string; readonly quantity: number }[];
}

/** A request for a new password, whose link is valid. */
export interface ResetForMail {
  readonly email: string;
  readonly firstName: string;
  readonly language: Language;
}

/** Ids of the event: its aggregate, and in the payload the return, refund, invoice and so on. */
export interface EventIds {
  readonly aggregateId: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

/** The source of mail data, passed in by the app. */
export interface OrderMailData {
  /** Null for an order that does not exist (any more). */
  orderForMail(orderId: string): Promise<OrderForMail | null>;
  /** The page of this order that needs no login. */
  orderLink(orderId: string): SecretLink;
  /** Null if the request was used, has expired or never existed. */
  resetMail(tokenId: string): Promise<ResetForMail | null>;
  /** Null if the subject no longer exists. */
  ownerAlert(alert: OwnerAlert, event: EventIds): Promise<OwnerAlertModel | null>;
  /** The recipient of alerts: the owner's account, else ADMIN_ALERT_EMAIL, else null. */
  owner(): Promise<{ readonly to: string; readonly language: Language } | null>;
  /** Appends an entry about a sent mail to the order's timeline. How the order stands; null if it no longer exists. */
  mailSent(tx: Tx, orderId: string, template: string): Promise<OrderEventData | null>;
}
