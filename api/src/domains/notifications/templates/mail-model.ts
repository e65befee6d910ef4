import type { Money } from '../../../kernel/money.js';

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

export interface OrderLineForMail {
  readonly name: string;
  /** "Moss, large"; empty for a product without options. */
  readonly variant: string;
  readonly quantity: number;
  readonly total: Money;
}

export interface OrderConfirmationModel {
  readonly number: string;
  readonly lines: readonly OrderLineForMail[];
  readonly subtotal: Money;
  readonly shipping: Money;
  readonly shippingMethod: string;
  readonly total: Money;
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
  readonly address: MailAddress;
  readonly link: string;
}

export interface PasswordResetModel {
  readonly firstName: string;
  readonly link: string;
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
}

/** The order notices: each is a template of its own in the timeline. */
export const ORDER_NOTICES = [
  'payment-link',
  'edit-payment-link',
  'transfer-instructions',
  'payment-received',
  'refund-made',
  'order-cancelled',
  'return-approved',
  'return-rejected',
  'return-received',
  'return-refunded',
  'return-exchanged',
  'invoice-issued',
  'credit-note-issued',
] as const;
export type OrderNotice = (typeof ORDER_NOTICES)[number];

/** The data of a notice about the recipient's account. */
export interface AccountNoticeModel {
  readonly firstName: string;
  /** ISO time at which it happened. */
  readonly at: string;
  /** The page on which a password-reset link is requested. */
  readonly link: string;
}

export const ACCOUNT_NOTICES = ['password-changed', 'session-ended'] as const;
export type AccountNotice = (typeof ACCOUNT_NOTICES)[number];

/** The alerts to the owner. */
export const OWNER_ALERTS = [
  'new-order',
  'stock-low',
  'return-requested',
  'refund-failed',
  'dispute-opened',
  'payment-mismatch',
  'order-refused-late',
  'webhook-dead',
  'payment-outage',
  'mail-failed',
  'integrity-broken',
  'stock-held-unpaid',
  'token-reused',
  'logins-refused',
] as const;
export type OwnerAlert = (typeof OWNER_ALERTS)[number];

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

/** The data of each template, by its name. */
export type MailModels = {
  readonly 'order-confirmation': OrderConfirmationModel;
  readonly 'order-shipped': OrderShippedModel;
  readonly 'password-reset': PasswordResetModel;
  readonly 'owner-alert': OwnerAlertModel;
} & { readonly [N in OrderNotice]: OrderNoticeModel } & { readonly [N in AccountNotice]: AccountNoticeModel };

export type MailTemplate = keyof MailModels;

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
