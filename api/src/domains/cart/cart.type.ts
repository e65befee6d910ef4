import { Field, Int, ObjectType } from 'type-graphql';
import { money } from '../../kernel/money.js';
import { Derived, GlobalId, PrintedPhone } from '../../platform/graphql/derived.js';
import { TaxLine, toTaxLines } from '../../platform/graphql/tax-line.type.js';
import { Money, TaxedMoney, taxedMoney } from '../../platform/graphql/money.type.js';
import { Node } from '../../platform/graphql/node.type.js';
import { Warning } from '../../platform/graphql/warning.type.js';
import { Payload } from '../../platform/graphql/payload.js';
import { EmailAddress } from '../../platform/graphql/scalars.js';
import { Product, ProductVariant } from '../catalog/index.js';
import { Address } from '../identity/index.js';
import { shownTaxes, PriceAdjustment, toPriceAdjustments, type AdjustmentOfLines } from '../pricing/index.js';
import type { CartLineView } from './cart-line.js';
import type { CartView } from './cart-view.js';
import { CartStatus } from './cart.enums.js';
import { ShippingMethodQuote } from './shipping-method-quote.type.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';

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
      description: 'quantity × unitPrice, less the discounts in the `adjustments` of the cart.',
    },
  )
  total!: never;
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
    {
      nullable: true,
      description:
        'Price of the chosen delivery, taxed at the rates of the goods; null while none is chosen.',
    },
  )
  shipping!: never;

  @Derived<CartView>(
    () => TaxedMoney,
    ({ price, currency }) => taxedMoney(price.total.net, price.total.gross, currency),
    {
      description:
        'subtotal + shipping + the charges in `adjustments`. Its gross amount is the `expectedTotal` of `checkoutComplete`.',
    },
  )
  total!: never;

  @ListSize(3)
  @Derived<CartView>(
    () => [PriceAdjustment],
    (cart, context) =>
      toPriceAdjustments(adjustmentsOf(cart), { currency: cart.currency, line: 'cline' }, context),
    {
      description:
        'What is taken off the goods and added beside the delivery, and why, in the order in which it counts. Without the parts of plugins while `missingSteps` names PRICE.',
    },
  )
  adjustments!: never;

  @ListSize(3)
  @Derived<CartView>(() => [TaxLine], (of, context) => toTaxLines(shownTaxes(of), of.currency, context), {
    description: 'The total by tax rate; none where the seller charges no tax.',
  })
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

  @PrintedPhone<CartView>(({ cart }) => cart.phone)
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

function adjustmentsOf({ price, lines }: CartView): AdjustmentOfLines[] {
  return price.adjustments.map((adjustment) => {
    if (adjustment.kind === 'CHARGE') return adjustment;
    const shares = lines.flatMap(({ id }, i) => {
      const amount = adjustment.shares[i] ?? 0;
      return amount > 0 ? [{ lineId: id, amount }] : [];
    });
    return { ...adjustment, shares };
  });
}
