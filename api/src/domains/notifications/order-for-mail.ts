import type { Language } from '../../kernel/languages.js';
import type { Money } from '../../kernel/money.js';
import type { Tx } from '../../platform/database/database.js';
import type { MailAddress, OrderLineForMail } from './templates/mail-model.js';

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

/** Where mails get their facts from, as the container wires it. */
export interface MailFacts {
  /** Null for an order that does not exist (any more). */
  orderForMail(orderId: string): Promise<OrderForMail | null>;
  /** The page of this order that needs no login. */
  orderLink(orderId: string, language: Language): string;
  /** Null when the request was used, has expired or never existed. */
  resetMail(tokenId: string): Promise<ResetForMail | null>;
  /** Notes in the order's timeline that one of its mails went out. */
  mailSent(tx: Tx, orderId: string, template: string): Promise<void>;
}
