import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { money, type Money as MoneyValue } from '../../../kernel/money.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Money } from '../../../platform/graphql/money.type.js';
import {
  CartTender,
  leavingAtLeast,
  PaymentMethod,
  toCartTenders,
  type PaymentProviders,
} from '../../payments/index.js';
import { Cart } from '../cart.type.js';
import { dueOf, type CartView } from '../cart-view.js';

/** What the providers of new payments say of an amount. */
export type Providers = Pick<PaymentProviders, 'forMethod'>;

/** The cart with its tenders as they are where the rest is paid by this method: see `payments/ledgers/due-minimum.ts`. */
export function paidBy(cart: CartView, method: PaymentMethod, providers: Providers): CartView {
  if (cart.tenders.length === 0) return cart;
  const minimum = providers.forMethod(method)?.minimumAmount(cart.currency) ?? 0;
  return { ...cart, tenders: leavingAtLeast(cart.tenders, { total: cart.price.total.gross, minimum }) };
}

const METHOD = {
  nullable: true,
  defaultValue: PaymentMethod.CARD,
  description:
    'How the rest is to be paid: a card takes no less than its provider does. As in `checkoutComplete`.',
};

@Resolver(() => Cart)
export class CartTendersResolver {
  constructor(private readonly providers: Providers) {}

  @ListSize(2)
  @FieldResolver(() => [CartTender], {
    description:
      'Accounts of the shop, such as gift cards, that pay a part of the total, in the order in which they do. The last ones pay less where the rest would be too small for the payment method.',
  })
  tenders(
    @Root() cart: CartView,
    @Arg('paymentMethod', () => PaymentMethod, METHOD) method: PaymentMethod | null,
    @Ctx() context: RequestContext,
  ): CartTender[] {
    return toCartTenders(this.by(cart, method).tenders, cart.currency, context);
  }

  @FieldResolver(() => Money, {
    description:
      'What the `tenders` leave of the total, to be paid otherwise; 0 when they pay all of it. Its amount is the `expectedDue` of `checkoutComplete` with the same method.',
  })
  due(
    @Root() cart: CartView,
    @Arg('paymentMethod', () => PaymentMethod, METHOD) method: PaymentMethod | null,
  ): MoneyValue {
    return money(dueOf(this.by(cart, method)), cart.currency);
  }

  private by(cart: CartView, method: PaymentMethod | null): CartView {
    return paidBy(cart, method ?? PaymentMethod.CARD, this.providers);
  }
}
