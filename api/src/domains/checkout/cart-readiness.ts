import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { AmountRejection } from '../../integrations/payments/port.js';
import { money } from '../../kernel/money.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import {
  availableOf,
  Cart,
  CheckoutStep,
  isForSale,
  type CartView,
  type MissingStep,
} from '../cart/index.js';
import { PaymentMethod, type PaymentProviders } from '../payments/index.js';
import type { OfferedMethods } from './offered-methods.js';

/** What the providers of new payments say of an amount. */
export type Providers = Pick<PaymentProviders, 'forMethod'>;

/**
 * Why the provider of a method would refuse a cart's total; null when it would accept it, for a method without a
 * provider, and for a cart that costs nothing.
 */
export function amountErrorOf(
  { price, currency }: CartView,
  providers: Providers,
  method: PaymentMethod,
): AmountRejection | null {
  const total = price.total.gross;
  return total > 0 ? (providers.forMethod(method)?.amountRejectionOf(money(total, currency)) ?? null) : null;
}

/**
 * Which of the shop's methods a cart may be paid by. Cash on delivery ends at the border: no courier brings money from
 * another country. A cart without an address is taken as one of the shop's own country.
 */
export function methodsFor(
  { cart, homeCountry }: CartView,
  methods: readonly PaymentMethod[],
): PaymentMethod[] {
  const isAtHome = (cart.shippingAddress?.countryCode ?? homeCountry) === homeCountry;
  return methods.filter((method) => isAtHome || method !== PaymentMethod.CASH_ON_DELIVERY);
}

/** What a cart still needs before `checkoutComplete` accepts it. */
export function stillNeeded(
  cart: CartView,
  providers: Providers,
  methods: readonly PaymentMethod[],
): MissingStep[] {
  const needed = [...cart.missingSteps];
  if (cart.lines.some((line) => !isForSale(line) || line.quantity > availableOf(line))) needed.push('STOCK');
  if (methodsFor(cart, methods).every((method) => amountErrorOf(cart, providers, method)))
    needed.push('AMOUNT');
  return needed;
}

@Resolver(() => Cart)
export class CartReadinessResolver {
  constructor(
    private readonly providers: Providers,
    private readonly offered: OfferedMethods,
  ) {}

  @ListSize(5)
  @FieldResolver(() => [CheckoutStep], {
    description: 'What `checkoutComplete` would still refuse; empty when the cart can be ordered.',
  })
  async missingSteps(@Root() cart: CartView): Promise<string[]> {
    return stillNeeded(cart, this.providers, await this.offered.list());
  }

  @ListSize(3)
  @FieldResolver(() => [PaymentMethod], {
    description:
      "What this cart may be paid by, cards first: the shop's `paymentMethods`, and cash on delivery in the shop's own country only.",
  })
  async paymentMethods(@Root() cart: CartView): Promise<PaymentMethod[]> {
    return methodsFor(cart, await this.offered.list());
  }
}
