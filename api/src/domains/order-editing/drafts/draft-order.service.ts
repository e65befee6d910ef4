import { staff, SYSTEM } from '../../../kernel/actor.js';
import type { Clock } from '../../../kernel/clock.js';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { money } from '../../../kernel/money.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { EarlierRequest, RequestKeys } from '../../../platform/database/request-keys.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import type { StockService } from '../../inventory/index.js';
import {
  insertOrder,
  linesByOrder,
  orderCreated,
  orderEvent,
  OrderSource,
  OrderStatus,
  replaceLines,
  repriceOrder,
  rewriteDraft,
  setPaidByHand,
  storedAdjustments,
  toTotals,
  type OrderClosingService,
  type OrderEntity,
  type OrderLineEntity,
  type OrderService,
} from '../../orders/index.js';
import { PaymentMethod, type PaymentEntity, type PaymentService } from '../../payments/index.js';
import { assertPresent, byPresentRates, type Reference, type ShopConfigCache } from '../../pricing/index.js';
import { draftSent } from '../order-editing.events.js';
import { contentOf, type DraftContent, type RequestedPrice } from './draft-content.js';
import type { DraftWriter } from './draft-writer.js';
import type { LinkPayments } from '../link-payments.js';
import type { PricedDraft } from './price-draft.js';

/*
 * How drafts become orders
 *
 * A draft holds no stock: it is an order with lines, addresses and a delivery, priced when it was last written, with the
 * parts of plugins. Whoever writes it locks its row first; plugins are asked after that and read their own rows without a
 * lock, as in a checkout, so that the total, the lines and the adjustments are of one reading.
 * Sending it or marking it as paid is the sale, in one transaction: the request's key, the order's row, then (the
 * draft is priced again and must cost what it says) its payment, its stock in (variant, location) order, its new
 * status, the timeline and the events. The provider is asked for the intent after the commit, as in a checkout; the
 * link opens the page that pays any order, so whatever follows (paid, declined, expired, too late) is handled like
 * for every unpaid order.
 */

interface Keyed {
  readonly idempotencyKey: string;
  readonly actorId: string;
}
interface ChangeOfDraft extends Keyed {
  readonly orderId: string;
  readonly expectedVersion: number;
}

export interface DraftDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly stock: StockService;
  readonly orders: OrderService;
  readonly payments: PaymentService;
  readonly closing: OrderClosingService;
  readonly links: LinkPayments;
  readonly writer: DraftWriter;
  readonly reference: ShopConfigCache;
  readonly settings: SettingsService;
}

const DAY_MS = 86_400_000;

export class DraftOrderService {
  constructor(private readonly deps: DraftDeps) {}

  /** What a draft would cost now; `draftId` is null for a new one. @throws NotFoundError | InvalidInputError for its lines */
  async preview(requested: RequestedPrice & { readonly draftId: string | null }): Promise<PricedDraft> {
    return this.deps.writer.preview(this.deps.database, requested, await this.deps.reference.get());
  }

  /** Creates a draft. @throws NotFoundError | InvalidInputError | DomainError PLUGIN_FAILED */
  async create({ actorId, idempotencyKey, draft }: Keyed & { draft: DraftContent }): Promise<OrderEntity> {
    const reference = await this.deps.reference.get();
    const keyed = { actor: `user:${actorId}`, operation: 'draftOrderCreate', key: idempotencyKey };
    const made = await this.deps.database.transaction(async (tx) => {
      const earlier = await this.deps.keys.claim(tx, { ...keyed, body: draft });
      if (earlier?.orderId) return earlier.orderId;
      // The currency of the shop changes only while there is no order: from here on not before this draft is there.
      const { currency } = await this.deps.settings.lockShared(tx, regionalGroup);
      const written = await this.deps.writer.write(tx, draft, { draftId: null, reference });
      const order = await insertOrder(tx, {
        ...written,
        status: OrderStatus.DRAFT,
        source: OrderSource.STAFF,
        cartId: null,
        currency,
        paymentMethod: PaymentMethod.CARD,
        payment: null,
        expiresAt: null,
        actor: staff(actorId),
        claim: keyed,
      });
      await this.deps.outbox.append(tx, orderEvent(orderCreated, order));
      return order.id;
    });
    this.deps.outbox.notifyRelay();
    return this.found(made);
  }

  /**
   * Replaces the content of a draft. @throws StaleVersionError | DomainError ILLEGAL_TRANSITION (no draft any more) |
   * as `create`
   */
  async update({ draft, ...request }: ChangeOfDraft & { draft: DraftContent }): Promise<OrderEntity> {
    const reference = await this.deps.reference.get();
    await this.deps.database.transaction(async (tx) => {
      if (await this.claim(tx, 'draftOrderUpdate', request, { draft })) return;
      const order = await this.lockDraft(tx, request);
      await this.rewrite(tx, order, { draft, reference, actorId: request.actorId });
    });
    this.deps.outbox.notifyRelay();
    return this.found(request.orderId);
  }

  /**
   * Writes what a plugin keeps about a draft, and prices the draft again at today's prices: in one transaction, under the
   * lock of the order's row, so that no draft is sent with one choice for the price of another. `write` locks and
   * writes rows of the plugin only.
   *
   * @throws StaleVersionError | NotFoundError | InvalidInputError for lines or a delivery that are not sold any more
   * @throws DomainError ILLEGAL_TRANSITION (no draft any more) | PLUGIN_FAILED | LANGUAGE_NOT_OFFERED | what `write` throws
   */
  async change(
    request: Omit<ChangeOfDraft, 'idempotencyKey'>,
    write: (tx: Tx, orderId: string) => Promise<void>,
  ): Promise<OrderEntity> {
    const reference = await this.deps.reference.get();
    await this.deps.database.transaction(async (tx) => {
      const order = await this.lockDraft(tx, request);
      await write(tx, order.id);
      const draft = contentOf(order, await tx.rows(linesByOrder, { ids: [order.id] }));
      await this.rewrite(tx, order, { draft, reference, actorId: request.actorId });
    });
    this.deps.outbox.notifyRelay();
    return this.found(request.orderId);
  }

  /**
   * Holds a draft's stock and sends its buyer the link to pay. A draft that costs nothing is placed at once.
   *
   * @throws StaleVersionError | DomainError ILLEGAL_TRANSITION | AMOUNT_TOO_SMALL | PAYMENT_FAILED
   * @throws PriceChangedError it costs something else today, or has other taxes: update it first
   * @throws InsufficientStockError a line cannot be held; nothing is written
   */
  async send(request: ChangeOfDraft & { holdDays: number }): Promise<OrderEntity> {
    const { orderId, holdDays, actorId } = request;
    await this.sell(async (tx, reference) => {
      if (await this.claim(tx, 'draftOrderSend', request, { holdDays })) return;
      const { order, lines } = await this.unchangedDraft(tx, request, reference);
      if (order.totalGross === 0) return this.placeFree(tx, order, lines, actorId);
      const expiresAt = new Date(this.deps.clock.now().getTime() + holdDays * DAY_MS);
      this.deps.links.assertPayable(money(order.totalGross, order.currency));
      await this.openPayment(tx, order, PaymentMethod.CARD);
      await this.hold(tx, order, lines, expiresAt);
      await this.deps.orders.change(tx, order, {
        status: OrderStatus.PENDING_PAYMENT,
        expiresAt,
        event: 'LINK_SENT',
        actor: staff(actorId),
        events: (sent) => [orderEvent(draftSent, sent)],
      });
    });
    this.deps.outbox.notifyRelay();
    await this.begin(orderId);
    return this.found(orderId);
  }

  /**
   * Places a draft that staff marks as paid, without any provider.
   * @throws as `send`, without AMOUNT_TOO_SMALL and PAYMENT_FAILED
   */
  async markPaid(request: ChangeOfDraft & { note: string | null }): Promise<OrderEntity> {
    const { orderId, note, actorId } = request;
    await this.sell(async (tx, reference) => {
      if (await this.claim(tx, 'draftOrderMarkPaid', request, { note })) return;
      const { order, lines } = await this.unchangedDraft(tx, request, reference);
      await setPaidByHand(tx, orderId, note);
      if (order.totalGross === 0) return this.placeFree(tx, order, lines, actorId);
      const payment = await this.openPayment(tx, order, PaymentMethod.MANUAL);
      await this.hold(tx, order, lines, this.deps.clock.now());
      await this.deps.stock.sell(tx, orderId);
      await this.deps.payments.transition(tx, payment, 'CAPTURED', null);
      await this.deps.orders.place(tx, order, order.totalGross, staff(actorId));
    });
    this.deps.outbox.notifyRelay();
    return this.found(orderId);
  }

  /** The sale of a draft, by the tax rates of the day on which it ends: its order or its stock may be waited for past midnight. */
  private sell(work: (tx: Tx, reference: Reference) => Promise<void>): Promise<void> {
    const { database, reference: known, clock } = this.deps;
    return byPresentRates(async () => {
      const reference = await known.get();
      await database.transaction(async (tx) => {
        await work(tx, reference);
        assertPresent(reference, clock);
      });
    });
  }

  /** Creates the intent of an order that awaits its first payment. Call after the commit. */
  async begin(orderId: string): Promise<void> {
    const { payments, links, closing } = this.deps;
    await links.begin(await payments.current(orderId), (payment) =>
      closing.closeWithoutIntent(orderId, payment, { reason: 'CANCELLED', actor: SYSTEM }),
    );
  }

  private claim(
    tx: Tx,
    operation: string,
    { orderId, expectedVersion, actorId, idempotencyKey: key }: ChangeOfDraft,
    requested: object,
  ): Promise<EarlierRequest | null> {
    const body = { orderId, expectedVersion, ...requested };
    return this.deps.keys.claim(tx, { actor: `user:${actorId}`, operation, key, body });
  }

  private async rewrite(
    tx: Tx,
    order: OrderEntity,
    { draft, reference, actorId }: { draft: DraftContent; reference: Reference; actorId: string },
  ): Promise<void> {
    const written = await this.deps.writer.write(tx, draft, { draftId: order.id, reference });
    const { lines, price, taxNames, taxMode, ...details } = written;
    await replaceLines(tx, order.id, lines);
    const totals = { ...toTotals(price, taxNames), taxMode };
    await repriceOrder(tx, order.id, totals, storedAdjustments(price.adjustments, lines));
    await rewriteDraft(tx, order.id, details);
    await this.deps.orders.change(tx, order, { event: 'STATUS_CHANGED', actor: staff(actorId) });
  }

  private async lockDraft(
    tx: Tx,
    { orderId, expectedVersion }: Omit<ChangeOfDraft, 'idempotencyKey'>,
  ): Promise<OrderEntity> {
    const order = await this.deps.orders.lockVersion(tx, orderId, expectedVersion);
    if (order.status === OrderStatus.DRAFT) return order;
    throw new DomainError('ILLEGAL_TRANSITION', `An order that is ${order.status} is no draft any more.`, [
      'orderId',
    ]);
  }

  private async unchangedDraft(
    tx: Tx,
    request: ChangeOfDraft,
    reference: Reference,
  ): Promise<{ order: OrderEntity; lines: OrderLineEntity[] }> {
    const order = await this.lockDraft(tx, request);
    return { order, lines: await this.deps.writer.unchangedLines(tx, order, reference) };
  }

  private openPayment(tx: Tx, order: OrderEntity, method: PaymentMethod): Promise<PaymentEntity> {
    const { id: orderId, totalGross: amount, currency } = order;
    return this.deps.payments.open(tx, { orderId, amount, currency, method });
  }

  private async hold(
    tx: Tx,
    order: OrderEntity,
    lines: readonly OrderLineEntity[],
    expiresAt: Date,
  ): Promise<void> {
    await this.deps.stock.hold(tx, await this.deps.stock.lock(tx, lines), order.id, expiresAt);
  }

  private async placeFree(
    tx: Tx,
    order: OrderEntity,
    lines: readonly OrderLineEntity[],
    actorId: string,
  ): Promise<void> {
    await this.hold(tx, order, lines, this.deps.clock.now());
    await this.deps.stock.sell(tx, order.id);
    await this.deps.orders.place(tx, order, 0, staff(actorId));
  }

  private async found(orderId: string): Promise<OrderEntity> {
    const order = await this.deps.orders.find(orderId);
    if (!order) throw new NotFoundError('order', ['orderId']);
    return order;
  }
}
