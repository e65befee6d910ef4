import { Field, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../platform/graphql/auth-directive.js';
import { money } from '../../kernel/money.js';
import { ConnectionOf } from '../../platform/graphql/connection.js';
import { Derived, GlobalId, MoneyField, PrintedPhone } from '../../platform/graphql/derived.js';
import { ratePercent, TaxLine, toTaxLines } from '../../platform/graphql/tax-line.type.js';
import { TaxMode } from '../pricing/index.js';
import { shownTaxLines } from './placing/new-order.js';
import { Money, TaxedMoney, taxedMoney } from '../../platform/graphql/money.type.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Role } from '../../platform/graphql/roles.js';
import { EmailAddress } from '../../platform/graphql/scalars.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { ProductImage } from '../catalog/index.js';
import { Address } from '../identity/index.js';
import { PaymentMethod } from '../payments/index.js';
import { PriceAdjustment, toPriceAdjustments } from '../pricing/index.js';
import { OrderDelivery } from './fulfillment/order-delivery.type.js';
import type { OrderEntity } from './order.entity.js';
import { FulfillmentStatus, movesByHand, OrderPaymentStatus, OrderStatus } from './order-states.js';
import { OrderSource } from './placing/order-source.js';
import type { OrderLineRow } from './order.loaders.js';
import { Shipment } from './fulfillment/shipment.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@ObjectType({
  implements: Node,
  description: 'A line of an order, copied from the catalog when it was placed.',
  simpleResolvers: true,
})
export class OrderLine {
  @GlobalId('line')
  readonly id!: string;

  @Field(() => String, { description: "The product's name on the day, in the buyer's language." })
  productName!: string;

  @Field(() => String, { description: "The variant's name on the day." })
  variantName!: string;

  @Field(() => String, { description: 'The SKU on the day.' })
  sku!: string;

  @Field(() => String, { nullable: true, description: "The product's address on the day." })
  productSlug!: string;

  @Field(() => ProductImage, {
    nullable: true,
    description: 'The image on the day; null when there was none.',
  })
  image!: object | null;

  @Field(() => Int, { description: 'How many were bought.' })
  quantity!: number;

  @Derived<OrderLineRow>(() => Int, (line) => line.fulfilled, {
    description: 'How many of them have been shipped.',
  })
  fulfilledQuantity!: never;

  @Derived<OrderLineRow>(() => Int, (line) => line.backordered, {
    description: 'How many of them are back-ordered: sold, and sent once they have come.',
  })
  backorderedQuantity!: never;

  @Derived<OrderLineRow>(() => Int, (line) => line.cancelled, {
    description: 'How many of them were given up before they left and will not be shipped.',
  })
  cancelledQuantity!: never;

  @MoneyField({ description: 'The price of one, tax included.' })
  unitPrice!: never;

  @Derived<OrderLineRow>(
    () => TaxedMoney,
    (line) => taxedMoney(line.totalNet, line.totalGross, line.currency),
    {
      description: 'quantity × unitPrice − discount.',
    },
  )
  total!: never;

  @MoneyField({ description: "This line's share of the order's discount, tax included." })
  discount!: never;

  @Derived<OrderLineRow>(() => String, (line) => ratePercent(line.taxBasisPoints), {
    description: 'Tax rate in percent: "21".',
  })
  taxRatePercent!: never;
}

@ObjectType({
  implements: Node,
  description: 'An order: a copy of its cart that later changes of the catalog never touch.',
  simpleResolvers: true,
})
export class Order extends OrderDelivery {
  @GlobalId('ord')
  readonly id!: string;

  @Field(() => String, { description: 'The number people use. From a sequence: gaps are normal.' })
  number!: string;

  @Field(() => OrderStatus, { description: 'Where the order stands.' })
  status!: OrderStatus;

  @Field(() => OrderPaymentStatus, { description: 'Where the money is.' })
  paymentStatus!: OrderPaymentStatus;

  @Field(() => FulfillmentStatus, { description: 'How much has been shipped.' })
  fulfillmentStatus!: FulfillmentStatus;

  @Field(() => Date, { description: 'When the buyer pressed pay.' })
  createdAt!: Date;

  @Field(() => Date, { description: 'When it last changed: whatever counts its version up.' })
  updatedAt!: Date;

  @Field(() => Date, { nullable: true, description: 'When it was paid; null until then. Set once.' })
  placedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Until when stock is held while unpaid; null once that is decided.',
  })
  expiresAt!: Date | null;

  @Derived<OrderEntity>(() => LanguageCode, (order) => order.language, {
    description: "The buyer's language; mails use it.",
  })
  language!: never;

  @Field(() => EmailAddress, { description: "The buyer's e-mail address." })
  email!: string;

  @Field(() => String, { nullable: true, description: 'For the courier; null when not given.' })
  phone!: string | null;

  @PrintedPhone<OrderEntity>(({ phone }) => phone)
  phonePrinted!: string | null;

  @Field(() => Address, { description: 'Where the goods go.' })
  shippingAddress!: object;

  @Field(() => Address, { description: 'Where the invoice goes.' })
  billingAddress!: object;

  @Derived<OrderEntity>(() => TaxedMoney, (o) => taxedMoney(o.subtotalNet, o.subtotalGross, o.currency), {
    description: 'The sum of the lines.',
  })
  subtotal!: never;

  @Derived<OrderEntity>(() => TaxedMoney, (o) => taxedMoney(o.shippingNet, o.shippingGross, o.currency), {
    description: 'Price of the delivery, taxed at the rates of the goods.',
  })
  shipping!: never;

  @Derived<OrderEntity>(() => TaxedMoney, (o) => taxedMoney(o.totalNet, o.totalGross, o.currency), {
    description: 'subtotal + shipping + the charges in `adjustments`.',
  })
  total!: never;

  @Derived<OrderEntity>(() => Money, (o) => money(Math.max(0, o.totalGross - o.tendered), o.currency), {
    description:
      'What the `tenders` leave of the total: what is paid otherwise, whether it was already or not.',
  })
  due!: never;

  @ListSize(3)
  @Derived<OrderEntity>(
    () => [PriceAdjustment],
    ({ adjustments, currency }, context) =>
      toPriceAdjustments(adjustments, { currency, line: 'line' }, context),
    {
      description:
        'What was taken off the goods and added beside the delivery, and why, in the order in which it counted. Kept as it was when the order was placed; of units that an edit took off, their share goes with them.',
    },
  )
  adjustments!: never;

  @ListSize(3)
  @Derived<OrderEntity>(() => [TaxLine], (o, context) => toTaxLines(shownTaxLines(o), o.currency, context), {
    description: 'The total by tax rate; none where the seller charged no tax.',
  })
  taxLines!: never;

  @Field(() => TaxMode, { description: 'Whether its prices contain a tax, as it was when it was placed.' })
  taxMode!: TaxMode;

  @MoneyField({
    from: 'refunded',
    description: 'What went back to the buyer and is not made up for by another payment.',
  })
  refundedTotal!: never;

  @Field(() => PaymentMethod, {
    description:
      'How the buyer pays what is `due`. Where nothing is, what they chose before it counts for nothing.',
  })
  paymentMethod!: PaymentMethod;

  @Field(() => OrderSource, { description: 'Where the order came from.' })
  source!: OrderSource;

  @MoneyField({ description: 'What was taken off the sum of the lines, tax included.' })
  discount!: never;

  @Field(() => String, {
    nullable: true,
    description: 'What staff wrote down about the order; null when nothing. Staff only.',
  })
  @Auth(Role.SUPPORT, 'ORDER_READ')
  note!: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Counts every change; staff changes name the one they saw. Staff only.',
  })
  @Auth(Role.SUPPORT, 'ORDER_READ')
  version!: number;

  @ListSize(6)
  @Derived<OrderEntity>(() => [OrderStatus], (order) => movesByHand(order.status), {
    nullable: true,
    description: 'What `orderStatusUpdate` would accept now (cancelling has its own mutation). Staff only.',
  })
  @Auth(Role.SUPPORT, 'ORDER_READ')
  allowedStatuses!: never;
}

@ObjectType({ description: 'A page of orders.', simpleResolvers: true })
export class OrderConnection extends ConnectionOf(Order, 'Order') {}

@ObjectType({ description: 'The order after a change.', simpleResolvers: true })
export class OrderPayload extends Payload {
  @Field(() => Order, {
    nullable: true,
    description: 'The order as it is now, also when refused; null when there is none.',
  })
  order!: object | null;
}

@ObjectType({ description: 'The order and its shipment after a change.', simpleResolvers: true })
export class ShipmentPayload extends Payload {
  @Field(() => Order, {
    nullable: true,
    description: 'The order as it is now, also when refused; null when there is none.',
  })
  order!: object | null;

  @Field(() => Shipment, {
    nullable: true,
    description: 'The shipment as it is now, also when refused; null when there is none.',
  })
  shipment!: object | null;
}
