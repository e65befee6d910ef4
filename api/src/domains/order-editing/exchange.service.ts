import { staff } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import { money } from '../../kernel/money.js';
import type { Tx } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { StockService } from '../inventory/index.js';
import {
  insertOrder,
  orderCreated,
  orderEvent,
  promisedOf,
  OrderSource,
  OrderStatus,
  toOrderLines,
  type OrderEntity,
  type OrderService,
} from '../orders/index.js';
import { PaymentMethod, type PaymentService } from '../payments/index.js';
import { assertPresent, byPresentRates, type Reference, type ShopConfigCache } from '../pricing/index.js';
import type { DraftOrderService } from './drafts/draft-order.service.js';
import type { DraftWriter } from './drafts/draft-writer.js';
import type { LinkPayments } from './link-payments.js';
import type { PricedDraft, Requested } from './drafts/price-draft.js';

/*
 * How exchanges are ordered
 *
 * Part of the caller's transaction, which holds the lock of the order whose goods were returned: the new order with
 * its payment is inserted, then its stock is taken in (variant, location) order. An order that the credit covers is
 * placed at once; else the buyer pays the rest by a link, and the order is handled like every unpaid one.
 */

const HOLD_MS = 3 * 86_400_000;

export interface ExchangeRequest {
  /**
   * The order whose goods were returned, locked by the caller: its buyer, addresses and delivery are copied to the
   * new order.
   */
  readonly order: OrderEntity;
  readonly lines: readonly Requested[];
  /** What the returned goods are worth, gross, minor units. */
  readonly credit: number;
  /** The member of staff who exchanges. */
  readonly actorId: string;
  /** From `byPresentTerms`. */
  readonly terms: Reference;
}

export interface ExchangeOutcome {
  /** PAID when the credit covers it, else PENDING_PAYMENT; the caller's event sends the buyer the link. */
  readonly order: OrderEntity;
  /** What the new goods do not use up of the credit, minor units: the caller must refund it. */
  readonly creditLeft: number;
}

export interface ExchangeDeps {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly stock: StockService;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly links: LinkPayments;
  readonly writer: DraftWriter;
  readonly drafts: DraftOrderService;
  readonly reference: ShopConfigCache;
}

/** Orders other goods for goods that were returned. */
export class ExchangeService {
  constructor(private readonly deps: ExchangeDeps) {}

  /**
   * Runs the transaction of an exchange with countries, rates and methods: once more where the day ended meanwhile, and
   * another tax rate has begun.
   */
  byPresentTerms<T>(exchange: (terms: Reference) => Promise<T>): Promise<T> {
    return byPresentRates(async () => exchange(await this.deps.reference.get()));
  }

  /**
   * Inserts the exchange order in the caller's transaction: goods at today's prices less the credit, delivered free.
   * A rest that is too small to be charged is waived. After the commit call `begin` with its id.
   *
   * @throws InsufficientStockError a line cannot be held; the caller's transaction must fail with it
   * @throws NotFoundError | InvalidInputError for the lines
   */
  async create(tx: Tx, request: ExchangeRequest): Promise<ExchangeOutcome> {
    const { stock, orders, outbox } = this.deps;
    const { credit, actorId } = request;
    const priced = await this.price(tx, request);
    const worth = priced.price.discount + priced.price.total.gross;
    const order = await this.insert(tx, request, priced);
    const expiresAt = order.expiresAt ?? this.deps.clock.now();
    await stock.hold(tx, await stock.lock(tx, priced.lines.map(toWanted)), order.id, expiresAt);
    // The stock may have been waited for past midnight.
    assertPresent(request.terms, this.deps.clock);
    await outbox.append(tx, orderEvent(orderCreated, order));
    const creditLeft = Math.max(0, credit - worth);
    if (order.totalGross === 0) {
      await stock.sell(tx, order.id);
      return { order: await orders.place(tx, order, 0, staff(actorId)), creditLeft };
    }
    // The mail about the exchange contains the link.
    return {
      order: await orders.change(tx, order, { event: 'LINK_SENT', actor: staff(actorId) }),
      creditLeft,
    };
  }

  /**
   * Begins the payment of an exchange order that needs one. Call after the commit. Has no effect on any other order,
   * or when called again.
   */
  begin(orderId: string): Promise<void> {
    return this.deps.drafts.begin(orderId);
  }

  private async price(tx: Tx, { order, lines, credit, terms }: ExchangeRequest): Promise<PricedDraft> {
    const requested = { place: order.shippingAddress, shippingMethodId: null, lines };
    const priced = await this.deps.writer.priceExchange(tx, { ...requested, discount: credit }, terms);
    const { gross } = priced.price.total;
    if (gross === 0 || this.deps.links.isPayable(money(gross, priced.currency))) return priced;
    return this.deps.writer.priceExchange(tx, { ...requested, discount: credit + gross }, terms);
  }

  private insert(
    tx: Tx,
    { order, actorId, terms }: ExchangeRequest,
    { lines, price, taxNames, taxMode }: PricedDraft,
  ): Promise<OrderEntity> {
    const { payments, clock } = this.deps;
    const languages = { language: order.language, fallback: terms.defaultLanguage };
    return insertOrder(tx, {
      status: OrderStatus.PENDING_PAYMENT,
      source: OrderSource.EXCHANGE,
      cartId: null,
      userId: order.userId,
      currency: order.currency,
      language: order.language,
      email: order.email,
      phone: order.phone,
      shippingAddress: order.shippingAddress,
      billingAddress: order.billingAddress,
      shippingMethodId: order.shippingMethodId,
      shippingMethodName: order.shippingMethodName,
      promised: promisedOf(order),
      lines: toOrderLines(lines, price, languages),
      price,
      taxNames,
      taxMode,
      paymentMethod: PaymentMethod.CARD,
      payment: payments.first(PaymentMethod.CARD),
      expiresAt: new Date(clock.now().getTime() + HOLD_MS),
      note: null,
      actor: staff(actorId),
      claim: null,
    });
  }
}

function toWanted({ variantId, product, quantity }: PricedDraft['lines'][number]) {
  return { variantId, productId: product.id, quantity };
}
