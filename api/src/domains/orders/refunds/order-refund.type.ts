import { Field, Int, ObjectType } from 'type-graphql';
import { localized } from '../../../kernel/languages.js';
import { money, type Money as MoneyValue } from '../../../kernel/money.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Derived, GlobalId, MoneyField } from '../../../platform/graphql/derived.js';
import { Money } from '../../../platform/graphql/money.type.js';
import { Payload } from '../../../platform/graphql/payload.js';
import { RefundStatus } from '../../payments/index.js';
import { Order, OrderLine } from '../order.type.js';
import type { OrderRefundRow } from './refund.loaders.js';
import type { RefundedCharge } from './refund-charges.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';

@ObjectType({ description: 'Units of a line that were paid back.', simpleResolvers: true })
export class OrderRefundLine {
  @Field(() => OrderLine, { description: 'The line of the order.' })
  orderLine!: object;

  @Field(() => Int, { description: 'How many of it.' })
  quantity!: number;

  @Field(() => Money, { description: 'What goes back for them; zero when a plain amount covers them.' })
  amount!: MoneyValue;

  @Field(() => Int, { description: 'How many of them go back in stock.' })
  restocked!: number;
}

@ObjectType({ description: 'A part of a charge that was paid back.', simpleResolvers: true })
export class OrderRefundCharge {
  @Field(() => String, { description: 'The `code` of the charge in `Order.adjustments`.' })
  code!: string;

  @Field(() => String, { description: 'Its reason, in the language of the request.' })
  name!: string;

  @Field(() => Money, { description: 'What goes back of it, tax included.' })
  amount!: MoneyValue;
}

@ObjectType({ description: 'One decision to give money back.', simpleResolvers: true })
export class OrderRefund {
  @GlobalId('oref')
  readonly id!: string;

  @MoneyField({ description: 'What goes back in all.' })
  amount!: never;

  @MoneyField({ description: 'How much of it is for the delivery.' })
  shippingAmount!: never;

  @ListSize(2)
  @Derived<OrderRefundRow>(
    () => [OrderRefundCharge],
    ({ charges, currency }, context) => toRefundCharges(charges, currency, context),
    { description: 'How much of it is for charges.' },
  )
  charges!: never;

  @Field(() => String, { nullable: true, description: 'Why; null when not given.' })
  reason!: string | null;

  @Field(() => RefundStatus, {
    description: 'Where the money is; FAILED when any part of it could not go back.',
  })
  status!: RefundStatus;

  @Field(() => Date, { description: 'When it was decided.' })
  createdAt!: Date;
}

@ObjectType({
  description: 'What a refund would do; carried out, it does exactly this.',
  simpleResolvers: true,
})
export class OrderRefundPreview {
  @ListSize(4)
  @Field(() => [OrderRefundLine], { description: 'The units with what goes back for them.' })
  lines!: OrderRefundLine[];

  @Field(() => Money, { description: 'What goes back for the delivery.' })
  shippingAmount!: MoneyValue;

  @ListSize(2)
  @Field(() => [OrderRefundCharge], { description: 'What goes back for charges.' })
  charges!: OrderRefundCharge[];

  @Field(() => Money, { description: 'What goes back in all.' })
  amount!: MoneyValue;

  @Field(() => Money, { description: 'The tax in it.' })
  tax!: MoneyValue;

  @Field(() => Money, { description: 'The most that could go back now.' })
  refundable!: MoneyValue;

  @Field(() => Int, { description: 'How many units go back in stock.' })
  restocked!: number;
}

@ObjectType({ description: 'What cancelling would do now.', simpleResolvers: true })
export class OrderCancelPreview {
  @Field(() => Money, { description: 'Money that goes back to the buyer.' })
  refund!: MoneyValue;

  @Field(() => Money, {
    description: 'An open payment that is dropped, or an amount reserved on the card that is let go.',
  })
  voided!: MoneyValue;

  @Field(() => Int, { description: 'Units that are held for the order and become free.' })
  released!: number;

  @Field(() => Int, { description: 'Sold units that could go back in stock.' })
  restocked!: number;

  @Field(() => Boolean, {
    description:
      'Whether money goes back: a refund, or what is reserved for it on a card or in an account of the shop. Staff without ORDER_REFUND are refused then: REFUND_NOT_ALLOWED.',
  })
  givesMoneyBack!: boolean;
}

@ObjectType({
  description: 'What cancelling several orders would do now, all of them together.',
  simpleResolvers: true,
})
export class OrderBulkCancelPreview extends OrderCancelPreview {
  @Field(() => Int, { description: 'How many of them can be cancelled; the others stay as they are.' })
  orders!: number;

  @Field(() => Int, {
    description:
      'How many of those others could be cancelled, but give money back, for which the caller lacks ORDER_REFUND.',
  })
  withheld!: number;
}

@ObjectType({ description: 'The order and the refund after the decision.', simpleResolvers: true })
export class OrderRefundPayload extends Payload {
  @Field(() => Order, {
    nullable: true,
    description: 'The order as it is now, also when refused; null when there is none.',
  })
  order!: object | null;

  @Field(() => OrderRefund, { nullable: true, description: 'The refund; null when refused.' })
  refund!: object | null;
}

/** Refunded charges in the language of the request, each once with all its tax rates. */
export function toRefundCharges(
  charges: readonly RefundedCharge[],
  currency: string,
  { language, defaultLanguage }: Pick<RequestContext, 'language' | 'defaultLanguage'>,
): OrderRefundCharge[] {
  const amounts = new Map<string, number>();
  for (const { code, amount } of charges) amounts.set(code, (amounts.get(code) ?? 0) + amount);
  return [...amounts].map(([code, amount]) => ({
    code,
    name: localized(charges.find((charge) => charge.code === code)?.name, language, defaultLanguage) ?? code,
    amount: money(amount, currency),
  }));
}
