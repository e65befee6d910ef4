import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import { Field, ID, InputType, Int, registerEnumType } from 'type-graphql';
import { NeverNull } from '../../platform/graphql/never-null.js';
import { DateTime, MinorUnits, Url } from '../../platform/graphql/scalars.js';
import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { ShipmentStatus } from './fulfillment/shipment.type.js';

export enum OrderSort {
  NEWEST = 'NEWEST',
  OLDEST = 'OLDEST',
  TOTAL_DESC = 'TOTAL_DESC',
  TOTAL_ASC = 'TOTAL_ASC',
  NUMBER_DESC = 'NUMBER_DESC',
  NUMBER_ASC = 'NUMBER_ASC',
  UPDATED_DESC = 'UPDATED_DESC',
  UPDATED_ASC = 'UPDATED_ASC',
}
registerEnumType(OrderSort, {
  name: 'OrderSort',
  description: 'Orders of a list of orders, each with an index behind it.',
  valuesConfig: {
    NEWEST: { description: 'Latest first: by when it was placed, or begun while it is not placed.' },
    OLDEST: { description: 'Earliest first, by the same moments.' },
    TOTAL_DESC: { description: 'Dearest first.' },
    TOTAL_ASC: { description: 'Cheapest first.' },
    NUMBER_DESC: { description: 'Highest number first (numbers rise with time).' },
    NUMBER_ASC: { description: 'Lowest number first.' },
    UPDATED_DESC: { description: 'Last changed first.' },
    UPDATED_ASC: {
      description:
        'Longest unchanged first. To follow changes: read with it, page on with `after`, and next time begin with updatedFrom five minutes before the last updatedAt you saw, as a change bears the moment at which it began; what you know already has the same version.',
    },
  },
});

@InputType({ description: 'Which orders to list; what is left out does not narrow.' })
export class OrderFilter {
  @Field(() => [OrderStatus], { nullable: true, description: 'Any of these.' })
  statuses?: OrderStatus[] | null;

  @Field(() => [FulfillmentStatus], { nullable: true, description: 'Any of these.' })
  fulfillmentStatuses?: FulfillmentStatus[] | null;

  @Field(() => [OrderPaymentStatus], { nullable: true, description: 'Any of these.' })
  paymentStatuses?: OrderPaymentStatus[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Placed at this moment or later: what was never placed is left out.',
  })
  placedFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Placed before this moment: what was never placed is left out.',
  })
  placedTo?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Changed at this moment or later, by whatever counts the version up; see `UPDATED_ASC`.',
  })
  updatedFrom?: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Changed before this moment.' })
  updatedTo?: Date | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Total at least, minor units.' })
  totalMin?: number | null;

  @Field(() => MinorUnits, { nullable: true, description: 'Total at most, minor units.' })
  totalMax?: number | null;

  @Field(() => ID, { nullable: true, description: 'Orders of this customer.' })
  customerId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Ids of orders, at most 100. An empty list narrows nothing.',
  })
  ids?: string[] | null;
}

@InputType({ description: 'A move of an order by hand.' })
export class OrderStatusUpdateInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => OrderStatus, { description: 'One of its `allowedStatuses`.' })
  status!: OrderStatus;

  @Field(() => Int, { description: 'The version the caller saw; STALE_VERSION when it is another.' })
  expectedVersion!: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'Made by the client, 8 to 128 characters: a repeat has no further effect and answers what the first call did.',
  })
  idempotencyKey?: string | null;
}

@InputType({ description: 'An order to cancel.' })
export class OrderCancelInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw.' })
  expectedVersion!: number;

  @Field(() => ID, {
    description: 'Made by the client, 8 to 128 characters: a repeat has no further effect.',
  })
  idempotencyKey!: string;

  @Field(() => String, { nullable: true, description: 'Why, for the refund; null when not given.' })
  @IsOptional()
  @MaxLength(300, { message: 'At most 300 characters.' })
  reason?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether what was sold goes back in stock; false for goods that are broken or lost. Null: yes, unless the goods had left and came back, for they may be broken.',
  })
  restock?: boolean | null;
}

@InputType({ description: 'How many of a line.' })
export class ShipmentLineInput {
  @Field(() => ID, { description: 'The line of the order.' })
  orderLineId!: string;

  @Field(() => Int, { description: 'How many, at most what has not left yet.' })
  quantity!: number;
}

@InputType({ description: 'A shipment.' })
export class ShipmentCreateInput {
  @Field(() => ID, { description: 'The order.' })
  orderId!: string;

  @Field(() => Int, { description: 'The version the caller saw.' })
  expectedVersion!: number;

  @Field(() => String, { nullable: true, description: 'Who carries it.' })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's number." })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  trackingNumber?: string | null;

  @Field(() => Url, { nullable: true, description: 'Where the buyer can follow it.' })
  trackingUrl?: string | null;

  @Field(() => [ShipmentLineInput], {
    nullable: true,
    description: 'What is in it; null for everything that is left.',
  })
  @IsOptional()
  @ArrayMaxSize(200, { message: 'At most 200 lines.' })
  lines?: ShipmentLineInput[] | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Made by the client, 8 to 128 characters: a repeat has no further effect and answers what the first call did.',
  })
  idempotencyKey?: string | null;
}

@NeverNull<ShipmentUpdateInput>('status')
@InputType({ description: 'A change of a shipment; what is left out stays.' })
export class ShipmentUpdateInput {
  @Field(() => ID, { description: 'The shipment.' })
  shipmentId!: string;

  @Field(() => ShipmentStatus, { nullable: true, description: 'Where it is.' })
  status?: ShipmentStatus | null;

  @Field(() => String, { nullable: true, description: 'Who carries it.' })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  carrier?: string | null;

  @Field(() => String, { nullable: true, description: "The carrier's number." })
  @IsOptional()
  @MaxLength(80, { message: 'At most 80 characters.' })
  trackingNumber?: string | null;

  @Field(() => Url, { nullable: true, description: 'Where the buyer can follow it.' })
  trackingUrl?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'Made by the client, 8 to 128 characters: a repeat has no further effect and answers what the first call did.',
  })
  idempotencyKey?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "The order's version that the caller saw; STALE_VERSION when it is another. Null asks nothing.",
  })
  expectedVersion?: number | null;
}
