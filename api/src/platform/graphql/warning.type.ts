import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Money as MoneyValue } from '../../kernel/money.js';
import { globalId } from '../../kernel/ids.js';
import { Derived } from './derived.js';
import { Money } from './money.type.js';

export enum WarningCode {
  OUT_OF_STOCK = 'OUT_OF_STOCK',
  QUANTITY_REDUCED = 'QUANTITY_REDUCED',
  PRICE_CHANGED = 'PRICE_CHANGED',
  TAX_CHANGED = 'TAX_CHANGED',
  VARIANT_UNAVAILABLE = 'VARIANT_UNAVAILABLE',
  SHIPPING_CHANGED = 'SHIPPING_CHANGED',
  CART_NOT_FOUND = 'CART_NOT_FOUND',
  CART_MERGE_REDUCED = 'CART_MERGE_REDUCED',
  PAYMENT_UNREACHABLE = 'PAYMENT_UNREACHABLE',
  PRICE_INCOMPLETE = 'PRICE_INCOMPLETE',
  SLUG_HAD_REDIRECT = 'SLUG_HAD_REDIRECT',
}

registerEnumType(WarningCode, {
  name: 'WarningCode',
  description: 'A notice about a request that was carried out.',
  valuesConfig: {
    OUT_OF_STOCK: { description: 'The line cannot be bought any more.' },
    QUANTITY_REDUCED: { description: 'Fewer are left than the line asks for: see availableQuantity.' },
    PRICE_CHANGED: {
      description: 'The price differs from when the line was added: see oldPrice and newPrice.',
    },
    TAX_CHANGED: {
      description: 'The tax contained in the price is another one since the line was added: see taxLines.',
    },
    VARIANT_UNAVAILABLE: { description: 'The variant is no longer sold.' },
    SHIPPING_CHANGED: {
      description:
        'The shipping price differs from the one that was chosen, or the method is no longer available.',
    },
    CART_NOT_FOUND: {
      description:
        'The token that was sent belongs to no active cart, so a new cart was created: store its token, and notify the buyer if the old cart was not empty.',
    },
    CART_MERGE_REDUCED: {
      description:
        "Signing in merged the guest's cart into the customer's, and the line `lineId` has fewer units than both carts had together: a line has at most 999, and no more than are available.",
    },
    PAYMENT_UNREACHABLE: {
      description:
        'The payment provider does not respond. The order is kept: request the session again in a moment.',
    },
    PRICE_INCOMPLETE: {
      description:
        'A part of the price cannot be computed now, because a plugin failed: the totals are without it, and the cart cannot be ordered. Ask again in a moment.',
    },
    SLUG_HAD_REDIRECT: {
      description:
        'For staff: a redirect leads away from the path of the new slug. The page is shown in its place.',
    },
  },
});

@ObjectType({
  description: 'A notice for the buyer about a request that was carried out.',
  simpleResolvers: true,
})
export class Warning {
  @Field(() => WarningCode, { description: 'What happened.' })
  code!: WarningCode;

  @Field(() => String, { description: 'An English message for developers.' })
  message!: string;

  @Derived<Warning>(
    () => ID,
    (warning) => (warning.cartLineId ? globalId('cline', warning.cartLineId) : null),
    {
      nullable: true,
      description: 'The cart line concerned; null when it is about the whole cart.',
    },
  )
  lineId?: string;

  cartLineId?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many can be had; only with QUANTITY_REDUCED and OUT_OF_STOCK. Null also when more than ten are left.',
  })
  availableQuantity?: number | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The price before; only with PRICE_CHANGED and SHIPPING_CHANGED.',
  })
  oldPrice?: MoneyValue | null;

  @Field(() => Money, {
    nullable: true,
    description: 'The price now; only with PRICE_CHANGED and SHIPPING_CHANGED.',
  })
  newPrice?: MoneyValue | null;
}
