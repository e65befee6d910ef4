import type { Clock } from '../../kernel/clock.js';
import { assertTakesOrders, takingOrders, type TakingOrders } from './taking-orders.js';
import { DomainError } from '../../kernel/errors.js';
import { localized, type Language } from '../../kernel/languages.js';
import type { Networks } from '../../kernel/networks.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import { UserErrorWithWarnings } from '../../platform/graphql/payload.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import {
  CartNotReadyError,
  lockCart,
  ownerKeys,
  paidBy,
  tenderedIn,
  type CartAdditionalData,
  type CartOwner,
  type CartService,
  type CartView,
} from '../cart/index.js';
import type { StockService } from '../inventory/index.js';
import { assertPresent, cheapestOf } from '../pricing/index.js';
import {
  insertOrder,
  orderCreated,
  orderEvent,
  OrderPaymentStatus,
  OrderSource,
  OrderStatus,
  promisedBy,
  toOrderLines,
  type NewOrderLine,
  type OrderEntity,
  type OrderService,
} from '../orders/index.js';
import {
  lockBankTransfer,
  PaymentMethod,
  type PaymentProviders,
  type PaymentService,
  type Tenders,
} from '../payments/index.js';
import { holdsGroup, type SettingsService } from '../store/index.js';
import { checkoutBeforePlace } from './checkout.hooks.js';
import { amountErrorOf, changesOf, methodsFor, type AgreedAmounts } from './cart-readiness.js';
import type { OfferedMethods } from './offered-methods.js';
import { answerKey, latestOrderOfOwner } from './checkout.statements.js';
import type { CheckoutAttempt, UnpaidGuard } from './unpaid/unpaid-guard.js';

/*
 * Transactions and locks of checkoutComplete (payments.md, section 3)
 *
 * One transaction, T: the idempotency key first (a repeat waits on its unique index and then finds the order), then
 * the cart's row FOR UPDATE, the accounts of the shop that the buyer pays with (`payments/ledgers/ledger.ts`; they pay less where the method could not take the rest), for a bank transfer the settings of payments FOR SHARE (payment-settings.ts), then stock rows in (variant, location) order. Under these locks version, agreed total,
 * minimum and stock are checked against the present state; then order, lines, payment CREATING, reservation,
 * movements, the converted cart, the outbox event and the key's response are written, and all of it commits or none.
 * The order's statement finds the customer, with a lock on the account or the guest's row (`customer_of_order`).
 * Handlers of checkout.beforePlace come last: what they lock is locked after all of the above.
 *
 * Then, with no transaction open: the provider's intent, created under a key that comes from the payment's row, and
 * one statement that stores its reference. If the process dies in between, the client's retry with the same key or
 * the reconciler repeats exactly this step. A definite rejection closes the order and releases the stock.
 *
 * Two concurrent calls with two keys: the second waits for the cart's row, finds the cart converted, and returns the
 * order that the first created.
 */

export interface CheckoutRequest extends AgreedAmounts {
  readonly owner: CartOwner;
  readonly idempotencyKey: string;
  readonly cartVersion: number;
  readonly language: Language;
  readonly paymentMethod: PaymentMethod;
  /** The networks that the request comes from. */
  readonly networks: Networks;
  /** Whether the buyer works in the shop, and may try it out before it opens. */
  readonly isStaff: boolean;
}

export interface CheckoutSettings {
  /** One payment is checked at its provider for buyers' pages at most once in so many seconds. */
  readonly askAgainSeconds: number;
}

export interface PlaceOrderDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly hooks: Hooks;
  readonly clock: Clock;
  readonly carts: CartService;
  readonly cartData: CartAdditionalData;
  readonly stock: StockService;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly tenders: Tenders;
  readonly providers: PaymentProviders;
  readonly settings: CheckoutSettings;
  readonly shopSettings: SettingsService;
  readonly offered: OfferedMethods;
  readonly guard: UnpaidGuard;
}

/** Turns a ready cart into an order with its stock held, in one transaction. */
export class PlaceOrder {
  constructor(private readonly deps: PlaceOrderDeps) {}

  /**
   * The new order, or the id of the order that this key or this cart has created already.
   * @throws RatesEnded, with nothing written: call it again
   */
  async place(request: CheckoutRequest, attempt: CheckoutAttempt | null): Promise<OrderEntity | string> {
    const { database, keys, carts, clock } = this.deps;
    const { owner, idempotencyKey: key, cartVersion, expectedTotal, expectedDue, paymentMethod } = request;
    const { userId, tokenHash } = ownerKeys(owner);
    if (!userId && !tokenHash) throw new CartNotReadyError(['LINES']);
    const actor = userId ? `user:${userId}` : `cart:${tokenHash?.toString('hex')}`;
    const reference = await carts.reference();
    const terms = await this.terms();
    return database.transaction(async (tx) => {
      const agreed = { cartVersion, expectedTotal, paymentMethod };
      const body = { ...agreed, ...(expectedDue !== null && { expectedDue }) };
      const claim = { actor, operation: 'checkoutComplete', key, body };
      const earlier = await keys.claim(tx, claim);
      if (earlier?.orderId) return earlier.orderId;

      const cart = await tx.row(lockCart, { userId, tokenHash });
      if (!cart) return this.alreadyMade(tx, owner, claim);
      assertPresent(reference, clock);
      const view = paidBy(await carts.price(tx, cart, reference), paymentMethod, this.deps.providers);
      this.assertReady(view, request, terms);
      if (paymentMethod === PaymentMethod.BANK_TRANSFER) await this.lockTransfer(tx);
      await this.deps.guard.confirm(tx, attempt, view.cart);
      const order = await this.writeOrder(tx, { view, request, claim, terms });
      // Again: the stock or an account may have been waited for past midnight.
      assertPresent(reference, clock);
      await this.deps.hooks.run(tx, checkoutBeforePlace, { order, cart: view });
      return order;
    });
  }

  /** The settings of the shop as they stand when the buyer presses: before the transaction, on no connection of its own. */
  private async terms(): Promise<Terms> {
    const { shopSettings, offered } = this.deps;
    const [{ checkoutMinutes, transferDays }, methods, taking] = await Promise.all([
      shopSettings.get(holdsGroup),
      offered.list(),
      takingOrders(shopSettings),
    ]);
    return { checkoutMinutes, transferDays, methods, taking };
  }

  /** The cart is no longer active: returns the order that a concurrent call created from it. */
  private async alreadyMade(
    tx: Tx,
    owner: CartOwner,
    claim: { actor: string; key: string },
  ): Promise<string> {
    const order = await tx.row(latestOrderOfOwner, ownerKeys(owner));
    if (!order) throw new CartNotReadyError(['LINES']);
    await tx.count(answerKey, { actor: claim.actor, key: claim.key, orderId: order.id });
    return order.id;
  }

  private assertReady(cart: CartView, request: CheckoutRequest, { methods, taking }: Terms): void {
    assertTakesOrders(taking, request.isStaff, this.deps.clock.now());
    if (cart.cart.version !== request.cartVersion) {
      const message = 'The cart has changed since the buyer looked at it.';
      throw new StaleVersionError(cart.cart.version, { field: 'cartVersion', message });
    }
    const userErrors = changesOf(cart, request);
    if (userErrors.length > 0) throw new UserErrorWithWarnings(userErrors, cart.warnings);
    if (cart.missingSteps.length > 0) throw new CartNotReadyError(cart.missingSteps);
    if (!methodsFor(cart, methods).includes(request.paymentMethod)) throw notOffered();
    this.assertPayable(cart, request.paymentMethod, methods);
  }

  /** The account of the shop stays until the order has been written, and as long as its money is awaited. */
  private async lockTransfer(tx: Tx): Promise<void> {
    if (await lockBankTransfer(tx, this.deps.shopSettings)) return;
    throw notOffered();
  }

  /** Refuses amounts that the provider would refuse, before any stock is held. */
  private assertPayable(cart: CartView, method: PaymentMethod, methods: readonly PaymentMethod[]): void {
    const { providers } = this.deps;
    const userError = amountErrorOf(cart, providers, method);
    if (userError === 'TOO_SMALL') {
      const others = methodsFor(cart, methods).filter((other) => !amountErrorOf(cart, providers, other));
      const instead = others.length > 0 ? ` Offered: ${others.join(', ')}.` : '';
      throw new DomainError(
        'AMOUNT_TOO_SMALL',
        `The payment provider does not take so small an amount.${instead}`,
        ['paymentMethod'],
      );
    }
    if (userError)
      throw new DomainError('AMOUNT_NOT_PAYABLE', 'The payment provider cannot take this amount by card.');
  }

  private async writeOrder(tx: Tx, { view: cart, request, claim, terms }: Confirmed): Promise<OrderEntity> {
    const { stock, outbox, clock } = this.deps;
    const lines = toOrderLines(cart.lines, cart.price, {
      language: request.language,
      fallback: cart.defaultLanguage,
    });
    const locked = await stock.lock(tx, lines, { carts: [{ id: cart.id, stays: false }] });
    const isTransfer = request.paymentMethod === PaymentMethod.BANK_TRANSFER;
    const minutes = isTransfer ? terms.transferDays * 1440 : terms.checkoutMinutes;
    const expiresAt = new Date(clock.now().getTime() + minutes * 60_000);
    const order = await this.insert(tx, { cart, lines, request, claim, expiresAt });
    await this.deps.tenders.hold(tx, order, cart.tenders);
    await this.deps.cartData.toOrder(tx, cart.cart, order.id);
    await stock.hold(tx, locked, order.id, expiresAt);
    if (order.totalGross === order.tendered) return this.placeFree(tx, order);
    if (request.paymentMethod === PaymentMethod.CASH_ON_DELIVERY) return this.placeOnTrust(tx, order);
    await outbox.append(tx, orderEvent(orderCreated, order));
    return order;
  }

  /** Places an order that costs nothing, or that accounts of the shop pay in full, at once, without the provider. */
  private async placeFree(tx: Tx, order: OrderEntity): Promise<OrderEntity> {
    const { stock, orders } = this.deps;
    await stock.sell(tx, order.id);
    return orders.place(tx, order, order.tendered);
  }

  /** Places an order with cash on delivery at once. */
  private async placeOnTrust(tx: Tx, order: OrderEntity): Promise<OrderEntity> {
    const { stock, orders } = this.deps;
    await stock.sell(tx, order.id);
    return orders.placeUnpaid(tx, order, OrderPaymentStatus.PENDING);
  }

  private insert(tx: Tx, draft: OrderDraft): Promise<OrderEntity> {
    const { cart: view, lines, request, claim, expiresAt } = draft;
    const { cart, price, shipping, taxNames, taxMode, currency } = view;
    const { email, shippingAddress } = cart;
    if (!email || !shippingAddress || !shipping) throw new CartNotReadyError(['SHIPPING_METHOD']);
    const { payments } = this.deps;
    return insertOrder(tx, {
      status: OrderStatus.PENDING_PAYMENT,
      source: OrderSource.STOREFRONT,
      cartId: cart.id,
      userId: cart.userId,
      currency,
      language: request.language,
      email,
      phone: cart.phone,
      shippingAddress,
      billingAddress: cart.billingAddress ?? shippingAddress,
      shippingMethodId: shipping.method.id,
      shippingMethodName: localized(shipping.method.name, request.language, view.defaultLanguage) ?? '',
      promised: promisedBy(shipping.method, cheapestOf(view.shippingMethods)),
      lines,
      price,
      taxNames,
      taxMode,
      tendered: tenderedIn(view),
      paymentMethod: request.paymentMethod,
      payment: payments.first(request.paymentMethod),
      expiresAt,
      note: null,
      actor: { kind: 'CUSTOMER', userId: cart.userId },
      claim: { ...claim, operation: 'checkoutComplete' },
    });
  }
}

/** What the settings of the shop say about a new order. */
interface Terms {
  readonly checkoutMinutes: number;
  readonly transferDays: number;
  readonly methods: readonly PaymentMethod[];
  readonly taking: TakingOrders;
}

interface Confirmed {
  readonly view: CartView;
  readonly request: CheckoutRequest;
  readonly claim: { actor: string; key: string };
  readonly terms: Terms;
}

interface OrderDraft {
  readonly cart: CartView;
  readonly lines: readonly NewOrderLine[];
  readonly request: CheckoutRequest;
  readonly claim: { actor: string; key: string };
  readonly expiresAt: Date;
}

function notOffered(): DomainError {
  return new DomainError('PAYMENT_METHOD_NOT_OFFERED', 'This shop does not offer this way to pay here.', [
    'paymentMethod',
  ]);
}
