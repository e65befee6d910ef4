import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { PROVIDERS, type ProviderName } from '../../integrations/payments/port.js';
import { globalId } from '../../kernel/ids.js';
import type { Money as MoneyValue } from '../../kernel/money.js';
import { Derived, GlobalId, MoneyField } from '../../platform/graphql/derived.js';
import { Money } from '../../platform/graphql/money.type.js';
import type { PaymentEntity } from './payment.entity.js';
import { PaymentMethod } from './payment-method.js';

/** The names of the providers that take money. */
export const PROVIDER_NAMES = Object.keys(PROVIDERS) as ProviderName[];

export const PaymentProviderName = Object.fromEntries(
  [...PROVIDER_NAMES, 'OFFLINE'].map((name) => [name, name]),
) as { readonly [Name in ProviderName | 'OFFLINE']: Name };
registerEnumType(PaymentProviderName, {
  name: 'PaymentProviderName',
  description: 'Who takes the money.',
  valuesConfig: {
    ...Object.fromEntries(PROVIDER_NAMES.map((name) => [name, { description: PROVIDERS[name] }])),
    OFFLINE: { description: 'No provider: staff records when the money has come in.' },
  },
});

export enum CaptureMethod {
  AUTOMATIC = 'AUTOMATIC',
  MANUAL = 'MANUAL',
}
registerEnumType(CaptureMethod, {
  name: 'CaptureMethod',
  description: 'When the money of a card is taken.',
  valuesConfig: {
    AUTOMATIC: { description: 'As soon as the buyer pays.' },
    MANUAL: { description: 'It is reserved first; `paymentCapture` takes it.' },
  },
});

export enum PaymentStatus {
  CREATING = 'CREATING',
  PENDING = 'PENDING',
  PROCESSING = 'PROCESSING',
  AUTHORIZED = 'AUTHORIZED',
  CAPTURED = 'CAPTURED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(PaymentStatus, {
  name: 'PaymentStatus',
  description: 'Where a payment stands.',
  valuesConfig: {
    CREATING: { description: 'Being set up with the provider.' },
    PENDING: { description: 'Waits for the buyer; after a decline too.' },
    PROCESSING: { description: 'The buyer paid by a slow method; the provider has not decided yet.' },
    AUTHORIZED: { description: 'The amount is reserved on the card, not taken yet.' },
    CAPTURED: { description: 'The money came in. What follows is a refund.' },
    CANCELLED: { description: 'Given up; another payment may follow.' },
  },
});

@ObjectType({ description: "What the buyer's browser needs to pay.", simpleResolvers: true })
export class PaymentSession {
  @Field(() => ID, { description: 'Opaque id of the payment.' })
  id!: string;

  @Field(() => PaymentProviderName, { description: 'Which form to show.' })
  provider!: string;

  @Field(() => PaymentStatus, { description: 'Where the payment stands.' })
  status!: string;

  @Field(() => Money, { description: 'What will be charged: fixed when the order was made.' })
  amount!: MoneyValue;

  @Field(() => String, {
    nullable: true,
    description:
      "For this buyer's browser only: never log it or put it into a URL. Null while the provider cannot be reached, and once nothing is to be paid.",
  })
  clientSecret!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "For the provider's browser library; null when it needs none.",
  })
  publishableKey!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed, e.g. card_declined; null when none did.',
  })
  failureCode!: string | null;
}

@ObjectType({ description: 'A payment of an order, for staff.', simpleResolvers: true })
export class Payment {
  @GlobalId('pay')
  id!: string;

  @Field(() => PaymentProviderName, { description: 'Who takes the money.' })
  provider!: string;

  @Field(() => PaymentStatus, { description: 'Where the payment stands.' })
  status!: string;

  @Field(() => PaymentMethod, { description: 'How it is paid.' })
  method!: string;

  @Field(() => CaptureMethod, { description: 'When the money is taken.' })
  captureMethod!: string;

  @MoneyField({ description: 'The amount asked for.' })
  amount!: never;

  @MoneyField({
    nullable: true,
    description:
      'The amount that really came in; null until then. Another one than `amount` leaves the order in REVIEW until staff decides.',
  })
  capturedAmount!: never;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null when none did.' })
  failureCode!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The provider's id of it, for its dashboard; null while being set up.",
  })
  providerReference!: string | null;

  @Derived<PaymentEntity>(() => Date, (payment) => payment.createdAt, { description: 'When it was begun.' })
  createdAt!: never;
}

/** The public session of a payment, from an intent that was just read. */
export function toSession(
  payment: PaymentEntity,
  publishableKey: string | null,
  clientSecret: string | null,
): PaymentSession {
  return {
    id: globalId('pay', payment.id),
    provider: payment.provider,
    status: payment.status,
    amount: { amount: payment.amount, currency: payment.currency },
    clientSecret,
    publishableKey,
    failureCode: payment.failureCode,
  };
}
