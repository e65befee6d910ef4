import { createHash } from 'node:crypto';
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { printedPhone } from '../../kernel/address/phone-number.js';
import { globalId } from '../../kernel/ids.js';
import { money } from '../../kernel/money.js';
import { localized } from '../../kernel/languages.js';
import { Derived, GlobalId } from '../../platform/graphql/derived.js';
import { TaxLine, toTaxLines } from '../../platform/graphql/tax-line.type.js';
import { Money, TaxedMoney, taxedMoney } from '../../platform/graphql/money.type.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Warning } from '../../platform/graphql/warning.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { EmailAddress } from '../../platform/graphql/scalars.js';
import { Product, ProductVariant } from '../catalog/index.js';
import { Address } from '../identity/index.js';
import { named, type ShippingQuote } from '../pricing/index.js';
import type { CartLineView, CartView } from './cart-view.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

export enum CartStatus {
  ACTIVE = 'ACTIVE',
  ABANDONED = 'ABANDONED',
  CONVERTED = 'CONVERTED',
}
registerEnumType(CartStatus, {
  name: 'CartStatus',
  description: 'The life of a cart.',
  valuesConfig: {
    ACTIVE: { description: 'Being filled.' },
    ABANDONED: { description: 'Left behind.' },
    CONVERTED: { description: 'Became an order; frozen.' },
  },
});

export enum CheckoutStep {
  LINES = 'LINES',
  CONTACT = 'CONTACT',
  SHIPPING_ADDRESS = 'SHIPPING_ADDRESS',
  SHIPPING_METHOD = 'SHIPPING_METHOD',
  PHONE = 'PHONE',
  STOCK = 'STOCK',
  AMOUNT = 'AMOUNT',
}
registerEnumType(CheckoutStep, {
  name: 'CheckoutStep',
  description: 'What a cart needs before it can become an order.',
  valuesConfig: {
    LINES: { description: 'Something to buy.' },
    CONTACT: { description: 'An e-mail address.' },
    SHIPPING_ADDRESS: { description: 'Where the goods go.' },
    SHIPPING_METHOD: { description: 'How they get there; a method that delivers to the address.' },
    PHONE: {
      description:
        'A telephone number, in the contact or the shipping address: the chosen delivery needs one (`ShippingMethodQuote.phoneRequired`).',
    },
    STOCK: { description: 'Lines of which enough can be had: see warnings for those that are short.' },
    AMOUNT: { description: 'A total that one of the ways to pay here can take.' },
  },
});

@ObjectType({
  implements: Node,
  description: 'A variant in a cart. The same variant is always one line.',
  simpleResolvers: true,
})
export class CartLine extends Node {
  @GlobalId('cline')
  declare readonly id: string;

  @Field(() => ProductVariant, { description: 'What is bought.' })
  variant!: object;

  @Field(() => Product, { description: "The variant's product." })
  product!: object;

  @Field(() => Int, { description: 'How many, 1 to 999.' })
  quantity!: number;

  @Derived<CartLineView>(() => Money, (line) => money(line.unitPrice, line.currency), {
    description: "Today's price of one, tax included.",
  })
  unitPrice!: never;

  @Derived<CartLineView>(() => Money, (line) => money(line.unitPriceAtAdd, line.currency), {
    description: 'The price of one when the line was made. A warning says when the price has changed since.',
  })
  unitPriceAtAdd!: never;

  @Derived<CartLineView>(
    () => TaxedMoney,
    (line) => taxedMoney(line.total.net, line.total.gross, line.currency),
    {
      description: 'quantity × unitPrice.',
    },
  )
  total!: never;
}

/**
 * The id of a quote: of this method at this price. With the id of the method alone, a client that normalizes objects
 * by id would show one cart's price in another, or in a draft.
 */
function quoteId({ method, price, currency }: ShippingQuote): string {
  const what = JSON.stringify([method.id, price.net, price.gross, method.freeFrom, currency]);
  return globalId('quot', createHash('sha256').update(what).digest('hex').slice(0, 32));
}

@ObjectType({ description: 'A way of delivery with its price for this cart.', simpleResolvers: true })
export class ShippingMethodQuote {
  @Derived<ShippingQuote>(() => ID, quoteId, { description: 'Opaque global id.' })
  id!: never;

  @Derived<ShippingQuote>(() => ID, ({ method }) => globalId('smth', method.id), {
    description:
      'The method, as `cartShippingMethodSelect` and drafts name it. The same in each cart, whatever it costs there.',
  })
  shippingMethodId!: never;

  @Derived<ShippingQuote>(() => String, ({ method }) => method.code, {
    description: 'Stable code, such as "courier".',
  })
  code!: never;

  @Derived<ShippingQuote>(
    () => String,
    ({ method }, ctx) => localized(method.name, ctx.language, ctx.defaultLanguage),
    {
      description: 'Name for the buyer.',
    },
  )
  name!: never;

  @Derived<ShippingQuote>(
    () => String,
    ({ method }, ctx) => localized(method.description, ctx.language, ctx.defaultLanguage),
    {
      nullable: true,
      description: 'A line of explanation; null when there is none.',
    },
  )
  description!: never;

  @Derived<ShippingQuote>(
    () => TaxedMoney,
    ({ price, currency }) => taxedMoney(price.net, price.gross, currency),
    {
      description: 'What it costs for this cart; 0 when free.',
    },
  )
  price!: never;

  @Derived<ShippingQuote>(
    () => Money,
    ({ method, currency }) => (method.freeFrom === null ? null : money(method.freeFrom, currency)),
    {
      nullable: true,
      description:
        'Goods that cost this much or more, after any discount, are delivered free; null when none are.',
    },
  )
  freeFrom!: never;

  @Derived<ShippingQuote>(() => Int, ({ method }) => method.daysMin, {
    nullable: true,
    description: 'Working days at the quickest; null when unknown.',
  })
  estimatedDaysMin!: never;

  @Derived<ShippingQuote>(() => Int, ({ method }) => method.daysMax, {
    nullable: true,
    description: 'Working days at the slowest; null when unknown.',
  })
  estimatedDaysMax!: never;

  @Derived<ShippingQuote>(() => Boolean, ({ method }) => method.phoneRequired, {
    description:
      'True where the carrier calls first: the cart then needs a telephone number, in its contact or its shipping address.',
  })
  phoneRequired!: never;
}

@ObjectType({
  implements: Node,
  description:
    "A buyer's cart at today's prices and stock. Everything but lines and choices is computed when it is read.",
  simpleResolvers: true,
})
export class Cart extends Node {
  @GlobalId('cart')
  declare readonly id: string;

  @Derived<CartView>(() => Int, ({ cart }) => cart.version, {
    description: 'Counts every change; `checkoutComplete` wants the one the buyer saw.',
  })
  version!: never;

  @Derived<CartView>(() => CartStatus, ({ cart }) => cart.status, { description: 'The life of the cart.' })
  status!: never;

  @ListSize(8)
  @Field(() => [CartLine], { description: 'The lines, oldest first.' })
  lines!: object[];

  @Derived<CartView>(() => Int, ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0), {
    description: 'Pieces in the cart.',
  })
  totalQuantity!: never;

  @Derived<CartView>(
    () => TaxedMoney,
    ({ price, currency }) => taxedMoney(price.subtotal.net, price.subtotal.gross, currency),
    {
      description: 'The sum of the lines.',
    },
  )
  subtotal!: never;

  @Derived<CartView>(
    () => TaxedMoney,
    ({ price, currency }) => price.shipping && taxedMoney(price.shipping.net, price.shipping.gross, currency),
    { nullable: true, description: 'Price of the chosen delivery; null while none is chosen.' },
  )
  shipping!: never;

  @Derived<CartView>(
    () => TaxedMoney,
    ({ price, currency }) => taxedMoney(price.total.net, price.total.gross, currency),
    {
      description: 'subtotal + shipping. Its gross amount is the `expectedTotal` of `checkoutComplete`.',
    },
  )
  total!: never;

  @ListSize(3)
  @Derived<CartView>(
    () => [TaxLine],
    ({ price, taxNames, currency }, context) => toTaxLines(named(price.taxes, taxNames), currency, context),
    {
      description: 'The total by tax rate.',
    },
  )
  taxLines!: never;

  @Derived<CartView>(() => EmailAddress, ({ cart }) => cart.email, {
    nullable: true,
    description: 'Null until the buyer gave it.',
  })
  email!: never;

  @Derived<CartView>(() => String, ({ cart }) => cart.phone, {
    nullable: true,
    description: 'Null when not given.',
  })
  phone!: never;

  @Derived<CartView>(() => String, ({ cart }) => cart.phone && printedPhone(cart.phone), {
    nullable: true,
    description: 'The telephone number as people read it: 0722 123 456 at home, +49 30 1234567 from abroad.',
  })
  phonePrinted!: never;

  @Derived<CartView>(() => Address, ({ cart }) => cart.shippingAddress, {
    nullable: true,
    description: 'Where the goods go; null until given.',
  })
  shippingAddress!: never;

  @Derived<CartView>(() => Address, ({ cart }) => cart.billingAddress ?? cart.shippingAddress, {
    nullable: true,
    description: 'Where the invoice goes: the shipping address unless another was given.',
  })
  billingAddress!: never;

  @Derived<CartView>(() => Boolean, ({ cart }) => cart.billingAddress === null, {
    description: 'True while no other billing address was given.',
  })
  billingSameAsShipping!: never;

  @Derived<CartView>(() => ShippingMethodQuote, ({ shipping }) => shipping, {
    nullable: true,
    description: 'The chosen delivery; null while none is chosen or when it does not deliver to the address.',
  })
  shippingMethod!: never;

  @ListSize(5)
  @Field(() => [ShippingMethodQuote], {
    description: "Ways of delivery to the address (to the shop's own country while there is none).",
  })
  shippingMethods!: object[];

  @Derived<CartView>(
    () => Money,
    ({ freeShippingRemaining, currency }) =>
      freeShippingRemaining === null ? null : money(freeShippingRemaining, currency),
    {
      nullable: true,
      description: 'What is still to go until a delivery is free; 0 when reached, null when none ever is.',
    },
  )
  freeShippingRemaining!: never;

  @ListSize(3)
  @Field(() => [Warning], {
    description: 'What has changed since the lines were added: stock, prices, shipping.',
  })
  warnings!: Warning[];
}

@ObjectType({ description: 'The cart after a change.', simpleResolvers: true })
export class CartPayload extends Payload {
  @Field(() => Cart, {
    nullable: true,
    description: 'The cart as it is now, also when refused; null while there is none.',
  })
  cart!: object | null;

  @Field(() => String, {
    nullable: true,
    description:
      "A new guest cart's token, only when it was just made. Browsers get it as an HTTP-only cookie too; other clients send it as header x-cart-token.",
  })
  token!: string | null;
}
