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
  /** "Moss, large"; empty for a product without a choice. */
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

/** Each template's name with what it needs. */
export interface MailModels {
  readonly 'order-confirmation': OrderConfirmationModel;
  readonly 'order-shipped': OrderShippedModel;
  readonly 'password-reset': PasswordResetModel;
}

export type MailTemplate = keyof MailModels;

export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}
