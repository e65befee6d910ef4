import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Derived, GlobalId, MoneyField } from '../../platform/graphql/derived.js';
import { TaxedMoney, taxedMoney } from '../../platform/graphql/money.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Order } from '../orders/index.js';
import type { NetGross } from '../pricing/index.js';
import { OrderEditStatus } from './order-edit.entity.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

registerEnumType(OrderEditStatus, {
  name: 'OrderEditStatus',
  description: 'Where a change of an order stands.',
  valuesConfig: {
    AWAITING_PAYMENT: { description: 'The buyer is asked for the difference; the order is as before.' },
    APPLIED: { description: 'The order is as it was to be.' },
    CANCELLED: { description: 'Given up; the order stayed as it was.' },
    EXPIRED: { description: 'The difference was not paid in time; the order stayed as it was.' },
  },
});

export enum Settlement {
  NONE = 'NONE',
  PAY = 'PAY',
  REFUND = 'REFUND',
}
registerEnumType(Settlement, {
  name: 'Settlement',
  description: 'What becomes of the difference in price.',
  valuesConfig: {
    NONE: { description: 'Nothing: there is none, or the open payment becomes another amount.' },
    PAY: { description: 'The buyer is sent a link to pay it; the order changes when they have.' },
    REFUND: {
      description:
        "It goes back to the buyer, and so does the rest of an exchange's credit; the order changes at once.",
    },
  },
});

/** A line of an edit as the resolver gets it. */
export interface OrderEditLineRow {
  readonly variantId: string;
  readonly productName: string;
  readonly quantityBefore: number;
  readonly quantityAfter: number;
  readonly total: NetGross;
  readonly currency: string;
}

@ObjectType({ description: 'A line of an order before and after a change.', simpleResolvers: true })
export class OrderEditLine {
  @Field(() => String, { description: "The product's name, in the buyer's language." })
  productName!: string;

  @Field(() => Int, { description: 'How many before; 0 for a line that is new.' })
  quantityBefore!: number;

  @Field(() => Int, { description: 'How many after; 0 for a line that is taken off.' })
  quantityAfter!: number;

  @Derived<OrderEditLineRow>(
    () => TaxedMoney,
    ({ total, currency }) => taxedMoney(total.net, total.gross, currency),
    { description: 'What the line costs after the change, its share of the discount taken off.' },
  )
  total!: never;
}

@ObjectType({ description: 'What a change of an order would do.', simpleResolvers: true })
export class OrderEditPreview {
  @ListSize(8)
  @Field(() => [OrderEditLine], { description: 'The lines after the change, then those taken off.' })
  lines!: object[];

  @Derived<{ shipping: NetGross; currency: string }>(
    () => TaxedMoney,
    ({ shipping, currency }) => taxedMoney(shipping.net, shipping.gross, currency),
    { description: 'The delivery after the change: the same method, for the new goods.' },
  )
  shipping!: never;

  @MoneyField({ description: 'What the order costs now.' })
  totalBefore!: never;

  @MoneyField({ description: 'What it would cost; hand it to `orderEdit` as `expectedTotal`.' })
  totalAfter!: never;

  @MoneyField({ description: 'totalAfter − totalBefore; below zero when the order becomes cheaper.' })
  difference!: never;

  @MoneyField({
    description:
      'What goes back to the buyer at once: the difference, and of an exchange what its goods no longer use up of the credit, which the order whose goods came back pays. 0 when nothing does.',
  })
  refund!: never;

  @Field(() => Settlement, { description: 'What becomes of the difference.' })
  settlement!: Settlement;
}

@ObjectType({ description: 'A change of an order after the sale.', simpleResolvers: true })
export class OrderEdit {
  @GlobalId('edit')
  readonly id!: string;

  @Field(() => OrderEditStatus, { description: 'Where it stands.' })
  status!: OrderEditStatus;

  @MoneyField({ description: 'What it adds to the total; below zero when it takes off.' })
  difference!: never;

  @ListSize(8)
  @Field(() => [OrderEditLine], { description: 'The lines after the change, then those taken off.' })
  lines!: object[];

  @Field(() => Date, { description: 'When staff made it.' })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when the difference can be paid; null for a change that was made at once.',
  })
  expiresAt!: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was made or given up; null while it waits.' })
  decidedAt!: Date | null;
}

@ObjectType({ description: 'The order and its change.', simpleResolvers: true })
export class OrderEditPayload extends Payload {
  @Field(() => Order, {
    nullable: true,
    description: 'The order as it is now, also when refused; null when there is none.',
  })
  order!: object | null;

  @Field(() => OrderEdit, {
    nullable: true,
    description: 'The change; when refused, the one that waits for its payment, null when none does.',
  })
  edit!: object | null;
}
