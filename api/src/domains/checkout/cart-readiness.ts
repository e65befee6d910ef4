import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { AmountRejection } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import type { Clock } from '../../kernel/clock.js';
import { money } from '../../kernel/money.js';
import { ListSize } from '../../platform/graphql/limits/cost-directives.js';
import {
  availableOf,
  Cart,
  CheckoutStep,
  dueOf,
  isForSale,
  paidBy,
  type CartView,
  type MissingStep,
  type Providers,
} from '../cart/index.js';
import { InsufficientStockError } from '../inventory/index.js';
import { PaymentMethod } from '../payments/index.js';
import { PriceChangedError } from '../pricing/index.js';
import { isStaff, type RequestContext } from '../../platform/graphql/context.js';
import { isClosed, type SettingsService } from '../store/index.js';
import { takingOrders } from './taking-orders.js';
import type { OfferedMethods } from './offered-methods.js';

/**
 * Why the provider of a method would refuse what is due for a cart where it is paid by it; null when it would accept it, for a method without a
 * provider, and where nothing is due.
 */
export function amountErrorOf(
  cart: CartView,
  providers: Providers,
  method: PaymentMethod,
): AmountRejection | null {
  const due = dueOf(paidBy(cart, method, providers));
  return due > 0 ? (providers.forMethod(method)?.amountRejectionOf(money(due, cart.currency)) ?? null) : null;
}

/**
 * Which of the shop's methods a cart may be paid by. Cash on delivery ends at the border: no courier brings money from
 * another country. A cart without an address is taken as one of the shop's own country. Where tenders pay all, no courier
 * brings anything, and any method will do.
 */
export function methodsFor(view: CartView, methods: readonly PaymentMethod[]): PaymentMethod[] {
  const { cart, homeCountry } = view;
  const isAtHome = (cart.shippingAddress?.countryCode ?? homeCountry) === homeCountry;
  const isPaid = view.tenders.length > 0 && dueOf(view) === 0;
  return methods.filter((method) => isAtHome || isPaid || method !== PaymentMethod.CASH_ON_DELIVERY);
}

/** What a cart itself still needs before `checkoutComplete` accepts it. */
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

/** What the buyer agreed to. */
export interface AgreedAmounts {
  /** Gross total, minor units. */
  readonly expectedTotal: number;
  /** What the buyer pays of it beside the accounts of the shop, minor units; null for a client that does not say. */
  readonly expectedDue: number | null;
}

/** What has changed since the buyer saw the cart, as far as they must confirm it. */
export function changesOf(cart: CartView, { expectedTotal, expectedDue }: AgreedAmounts): DomainError[] {
  const gone = cart.lines.filter((line) => !isForSale(line));
  if (gone.length > 0) return gone.map((line) => new InsufficientStockError(line.variantId, 0));
  if (cart.cart.shippingAddress && cart.cart.shippingMethodId && !cart.shipping) {
    return [
      new DomainError(
        'SHIPPING_METHOD_UNAVAILABLE',
        'The chosen delivery is not offered any more: choose again.',
      ),
    ];
  }
  const total = cart.price.total.gross;
  // An account was used elsewhere, or has expired: the buyer would pay more, or less, than they saw.
  const isOther = total !== expectedTotal || (expectedDue !== null && dueOf(cart) !== expectedDue);
  return cart.missingSteps.length === 0 && isOther
    ? [new PriceChangedError(money(total, cart.currency))]
    : [];
}

@Resolver(() => Cart)
export class CartReadinessResolver {
  constructor(
    private readonly providers: Providers,
    private readonly offered: OfferedMethods,
    private readonly settings: Pick<SettingsService, 'get'>,
    private readonly clock: Clock,
  ) {}

  @ListSize(6)
  @FieldResolver(() => [CheckoutStep], {
    description: 'What `checkoutComplete` would still refuse; empty when the cart can be ordered.',
  })
  async missingSteps(@Root() cart: CartView, @Ctx() { viewer }: RequestContext): Promise<string[]> {
    const needed = stillNeeded(cart, this.providers, await this.offered.list());
    const { isOpen, holiday } = await takingOrders(this.settings);
    const mayOrder = (isOpen || isStaff(viewer)) && !isClosed(holiday, this.clock.now());
    return mayOrder ? needed : [...needed, 'SHOP_OPEN'];
  }

  @ListSize(3)
  @FieldResolver(() => [PaymentMethod], {
    description:
      "What this cart may be paid by, cards first: the shop's `paymentMethods`, cash on delivery in the shop's own country only, and none whose provider does not take the amount. Empty where none can pay it: `missingSteps` names AMOUNT.",
  })
  async paymentMethods(@Root() cart: CartView): Promise<PaymentMethod[]> {
    const methods = methodsFor(cart, await this.offered.list());
    return methods.filter((method) => !amountErrorOf(cart, this.providers, method));
  }
}
