import { FieldResolver, Resolver, Root } from 'type-graphql';
import type { AmountRejection, PaymentProvider } from '../../integrations/payments/port.js';
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
import { PaymentMethod } from '../payments/index.js';

type AmountCheck = Pick<PaymentProvider, 'userErrorOf'>;

/**
 * Why the provider would refuse a cart's total by card; null when it would accept it, and for a cart that costs
 * nothing.
 */
export function cardAmountError(
  { price, currency }: CartView,
  provider: AmountCheck,
): AmountRejection | null {
  const total = price.total.gross;
  return total > 0 ? provider.userErrorOf(money(total, currency)) : null;
}

/** What a cart still needs before `checkoutComplete` accepts it. */
export function stillNeeded(
  cart: CartView,
  provider: AmountCheck,
  methods: readonly PaymentMethod[],
): MissingStep[] {
  const needed = [...cart.missingSteps];
  if (cart.lines.some((line) => !isForSale(line) || line.quantity > availableOf(line))) needed.push('STOCK');
  const isByCardOnly = methods.every((method) => method === PaymentMethod.CARD);
  if (isByCardOnly && cardAmountError(cart, provider)) needed.push('AMOUNT');
  return needed;
}

@Resolver(() => Cart)
export class CartReadinessResolver {
  constructor(
    private readonly provider: AmountCheck,
    private readonly methods: readonly PaymentMethod[],
  ) {}

  @ListSize(5)
  @FieldResolver(() => [CheckoutStep], {
    description: 'What `checkoutComplete` would still refuse; empty when the cart can be ordered.',
  })
  missingSteps(@Root() cart: CartView): string[] {
    return stillNeeded(cart, this.provider, this.methods);
  }
}
