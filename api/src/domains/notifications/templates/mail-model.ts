import type { OwnerAlert } from '../owner-alerts.js';
import type { Money } from '../../../kernel/money.js';
import type { OrderLineForMail, TaxForMail } from '../../orders/index.js';

export interface MailAddress {
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string | null;
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string | null;
  readonly postalCode: string;
  readonly countryCode: string;
}

export interface OrderConfirmationModel {
  readonly number: string;
  readonly lines: readonly OrderLineForMail[];
  readonly subtotal: Money;
  readonly shipping: Money;
  readonly shippingMethod: string;
  /** What is added beside the delivery. Mails that were queued by an earlier version have none. */
  readonly charges?: readonly { readonly name: string; readonly amount: Money }[];
  readonly total: Money;
  /** The tax in the total by rate; empty for a seller who charges none, missing like `charges`. */
  readonly taxes?: readonly TaxForMail[];
  /** Accounts of the shop, such as gift cards, that pay a part of the total; missing like `charges`. */
  readonly tenders?: readonly { readonly name: string; readonly amount: Money }[];
  /** What they leave of it; missing like `charges`. */
  readonly due?: Money;
  /** Missing in mails that were written before the field existed: PAID. */
  readonly payment?: ConfirmedPayment;
  readonly address: MailAddress;
  readonly link: string;
}

export interface OrderShippedModel {
  readonly number: string;
  readonly lines: readonly { readonly name: string; readonly variant: string; readonly quantity: number }[];
  readonly carrier: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  /** ISO 8601; null where none is known. Mails that were queued by an earlier version have none. */
  readonly expectedDelivery?: { readonly from: string; readonly to: string } | null;
  readonly address: MailAddress;
  readonly link: string;
}

export interface PasswordResetModel {
  readonly firstName: string;
  readonly link: string;
}

export interface OwnerAlertModel {
  /** `digest`: many alerts of one kind in one mail; `about` names the kind, `detail` the first ten. */
  readonly alert: OwnerAlert | 'digest';
  readonly about?: OwnerAlert;
  /** Order number, SKU, return or type of message: named in the subject. */
  readonly subject: string;
  readonly amount: Money | null;
  /** Units left, or rows that violate an invariant. */
  readonly count: number | null;
  /** Codes or a reason, untranslated. */
  readonly detail: string | null;
  readonly dueAt: string | null;
  readonly lines: readonly OrderLineForMail[];
  /** The page of the admin. */
  readonly link: string;
}

/** How the buyer of a confirmed order pays. */
export type ConfirmedPayment = 'PAID' | 'ON_DELIVERY' | 'RESERVED' | 'NOTHING';
