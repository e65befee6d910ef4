import { Field, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { Order } from '../orders/index.js';
import { PaymentSession, PaymentStatus } from '../payments/index.js';

@ObjectType({
  description: "Where an order's payment stands.",
  simpleResolvers: true,
})
export class PaymentStatusResult {
  @Field(() => Order, { description: 'The order as it is now.' })
  order!: object;

  @Field(() => PaymentStatus, { description: 'Where the payment stands.' })
  status!: string;

  @Field(() => String, { nullable: true, description: 'Why the last attempt failed; null when none did.' })
  failureCode!: string | null;

  @Field(() => Boolean, { description: 'Whether the buyer can pay now, with the same session.' })
  canPay!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether this is the last word: paid, or given up. Until then ask again (`paymentStatusRefresh`).',
  })
  isFinal!: boolean;
}

@InputType({ description: 'An order to be paid.' })
export class PaymentSessionCreateInput {
  @Field(() => String, { description: "The order's token, from `checkoutComplete` or a link to it." })
  orderToken!: string;
}

@ObjectType({ description: 'What is needed to pay an order.', simpleResolvers: true })
export class PaymentSessionCreatePayload extends Payload {
  @Field(() => PaymentSession, {
    nullable: true,
    description:
      'What the browser needs; null when refused, or for an order that is not paid by card. Its clientSecret is null while the provider does not answer, which `warnings` says.',
  })
  paymentSession!: PaymentSession | null;

  @Field(() => PaymentStatusResult, {
    nullable: true,
    description: 'Where the payment stands; null when refused.',
  })
  paymentStatus!: PaymentStatusResult | null;
}

@InputType({ description: 'An order whose payment is asked after.' })
export class PaymentStatusRefreshInput {
  @Field(() => String, { description: "The order's token, from `checkoutComplete` or a link to it." })
  orderToken!: string;
}

@ObjectType({ description: 'Where a payment stands after the provider was asked.', simpleResolvers: true })
export class PaymentStatusRefreshPayload extends Payload {
  @Field(() => PaymentStatusResult, {
    nullable: true,
    description: 'Where the payment stands; null when refused.',
  })
  paymentStatus!: PaymentStatusResult | null;
}
