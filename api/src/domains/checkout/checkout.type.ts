import { TaxMode } from '../pricing/index.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';
import { CountryCode, CurrencyCode, MinorUnits } from '../../platform/graphql/scalars.js';
import { LanguageCode } from '../../platform/graphql/language.type.js';
import { Money } from '../../platform/graphql/money.type.js';
import { Cart, ShippingMethodQuote } from '../cart/index.js';
import { Order } from '../orders/index.js';
import { PaymentMethod, PaymentProviderName, PaymentSession } from '../payments/index.js';
import { ShopBrand, ShopContact, ShopSeller, ShopHoliday } from '../store/index.js';
import { Country } from './named-countries.js';
import { PaymentStatusResult } from './payment-status.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

@InputType({ description: 'The cart as the buyer saw it when they pressed pay.' })
export class CheckoutCompleteInput {
  @Field(() => ID, {
    description:
      'Made by the client when the buyer first presses pay, 8 to 128 characters, and sent again with every retry: one order for each key.',
  })
  idempotencyKey!: string;

  @UserErrors('STALE_VERSION')
  @Field(() => Int, { description: "The cart's version the buyer saw; STALE_VERSION when it is another." })
  cartVersion!: number;

  @Field(() => MinorUnits, {
    description: "The cart's gross total the buyer saw; PRICE_CHANGED when it is another.",
  })
  expectedTotal!: number;

  @Field(() => MinorUnits, {
    nullable: true,
    description:
      "The cart's `due` the buyer saw for this payment method; PRICE_CHANGED when it is another. Null checks the total only: for clients that show no `tenders`.",
  })
  expectedDue?: number | null;

  @Field(() => PaymentMethod, {
    defaultValue: PaymentMethod.CARD,
    nullable: true,
    description: "One of the cart's `paymentMethods`; PAYMENT_METHOD_NOT_OFFERED for any other.",
  })
  paymentMethod!: PaymentMethod | null;
}

@ObjectType({
  description: 'The order with its stock held, and what is needed to pay it.',
  simpleResolvers: true,
})
export class CheckoutCompletePayload extends Payload {
  @Field(() => Order, { nullable: true, description: 'The order; null when refused.' })
  order!: object | null;

  @Field(() => String, {
    nullable: true,
    description: "Opens the order without an account; for the buyer's links only. Null when refused.",
  })
  orderToken!: string | null;

  @Field(() => PaymentSession, {
    nullable: true,
    description:
      'What the browser needs to pay by card; null when refused, or when nothing is to be paid by card now.',
  })
  paymentSession!: PaymentSession | null;

  @Field(() => Cart, {
    nullable: true,
    description:
      'The cart as it is now, when refused; null when it became the order, and while there is none.',
  })
  cart!: object | null;
}

@InputType({ description: 'A payment with the built-in test provider.' })
export class PaymentTestConfirmInput {
  @Field(() => String, { description: 'From the payment session.' })
  clientSecret!: string;

  @Field(() => String, {
    description:
      'A test card: 4242 4242 4242 4242 succeeds, 4000 0000 0000 0002 is declined, 4000 0000 0000 0259 pays and is disputed, refunds to 4000 0000 0000 5126 fail later, a tenth less than asked is captured of 4000 0000 0000 9235. Real cards are refused.',
  })
  cardNumber!: string;
}

@ObjectType({ description: 'What became of a test payment.', simpleResolvers: true })
export class PaymentTestConfirmPayload extends Payload {
  @Field(() => PaymentStatusResult, {
    nullable: true,
    description: 'Where the payment stands, also when the card was refused; null for an unknown secret.',
  })
  paymentStatus!: PaymentStatusResult | null;
}

@ObjectType({ description: 'A provider that takes money for the shop.', simpleResolvers: true })
export class PaymentConfig {
  @Field(() => PaymentProviderName, { description: 'Which form to show.' })
  provider!: string;

  @Field(() => String, {
    nullable: true,
    description: "For the provider's browser library; null when it needs none.",
  })
  publishableKey!: string | null;

  @ListSize(3)
  @Field(() => [PaymentMethod], {
    description: 'Which of the `paymentMethods` it takes; the others are confirmed by staff.',
  })
  methods!: PaymentMethod[];
}

@ObjectType({
  description: 'What every page of a storefront wants to know of the shop.',
  simpleResolvers: true,
})
export class Shop {
  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => Boolean, {
    description:
      'Whether strangers may buy in it: a new shop is closed until its owner opens it. Who works in the shop may try it out before.',
  })
  isOpen!: boolean;

  @Field(() => CurrencyCode, { description: 'The one currency of all prices.' })
  currency!: string;

  @Field(() => LanguageCode, { description: 'Language of content that is not translated.' })
  defaultLanguage!: string;

  @Field(() => String, { description: 'Its IANA time zone, such as Europe/Paris: of all days and hours.' })
  timeZone!: string;

  @ListSize(3)
  @Field(() => [LanguageCode], { description: 'In which buyers may read the shop.' })
  languages!: string[];

  @Field(() => LanguageCode, {
    description:
      'Whose pages have no prefix in their addresses; those of another one stand under `/en` and the like.',
  })
  readonly rootLanguage!: string;

  @ListSize(4)
  @Field(() => [LanguageCode], {
    nullable: true,
    description: 'In which staff write texts, those not published too; null for buyers.',
  })
  readonly contentLanguages!: readonly string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Changes with the words of `pageWords` in the language of the request; null when staff wrote none.',
  })
  readonly wordsVersion!: string | null;

  @Field(() => CountryCode, {
    description: 'Its own country: whose taxes its prices contain, and where an address begins.',
  })
  homeCountry!: string;

  @ListSize(30)
  @Field(() => [Country], { description: 'Where it delivers: its own country first, the others by name.' })
  countries!: Country[];

  @Field(() => PaymentConfig, { description: 'The first of the `paymentProviders`.' })
  payment!: PaymentConfig;

  @ListSize(3)
  @Field(() => [PaymentConfig], {
    description:
      'Who takes new payments. The form to show is that of the `PaymentSession`: an earlier payment stays at its provider.',
  })
  paymentProviders!: PaymentConfig[];

  @ListSize(3)
  @Field(() => [PaymentMethod], { description: 'What a buyer may choose, cards first.' })
  paymentMethods!: PaymentMethod[];

  @Field(() => Money, {
    nullable: true,
    description: 'Goods worth this much are delivered free in the home country; null when none are.',
  })
  freeShippingFrom!: object | null;

  @ListSize(5)
  @Field(() => [ShippingMethodQuote], {
    description:
      'Ways of delivery within the home country, at the price for goods that reach no `freeFrom`. What a cart pays is `Cart.shippingMethods`.',
  })
  shippingMethods!: object[];

  @Field(() => Int, {
    description: 'For how many days after they arrived goods may be sent back; 0 when they may not.',
  })
  returnDays!: number;

  @Field(() => TaxMode, {
    description:
      'Whether its prices contain a tax, today. Where they do not, nothing says a word about tax: there are no tax lines.',
  })
  taxMode!: TaxMode;

  @Field(() => ShopContact, { description: 'How buyers reach it.' })
  contact!: object;

  @Field(() => ShopSeller, { description: 'Who sells.' })
  seller!: object;

  @Field(() => ShopBrand, { description: 'How it looks.' })
  brand!: ShopBrand;

  @Field(() => ShopHoliday, {
    nullable: true,
    description: 'When it takes no orders; null when no holiday is planned, and once it is over.',
  })
  holiday!: ShopHoliday | null;
}
