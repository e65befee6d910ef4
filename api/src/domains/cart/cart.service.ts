import { NotFoundError, type DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import { randomToken, sha256 } from '../../kernel/tokens.js';
import type { Database, Querying, Tx } from '../../platform/database/database.js';
import type { AttemptsPerMinute } from '../../platform/attempts-per-minute.js';
import { rateLimited } from '../identity/index.js';
import type { CartHoldService } from '../inventory/index.js';
import type { Reference, ShippingQuote, ShopConfigCache } from '../pricing/index.js';
import type { Place } from '../shipping/index.js';
import { tooManyToHold, type CartHoldLimits } from './cart-hold-limits.js';
import type { CartEntity } from './cart.entity.js';
import { ownerKeys, type CartOwner } from './cart-owner.js';
import { noCart } from './cart.errors.js';
import {
  assertInStock,
  assertOnce,
  assertQuantity,
  whyNotAdded,
  type CartLineChange,
  type RequestedCartLine,
  type Changed,
} from './requested-lines.js';
import * as sql from './cart.statements.js';
import type { CartLineRow } from './cart-line.js';
import { shippingMethodsTo, viewCart, type CartView } from './cart-view.js';
import type { CartPricer } from './pricing/cart-pricer.js';
import { isForSale } from './line-availability.js';

// The window of `AttemptsPerMinute`, in seconds.
const A_MINUTE = 60;

export interface ChangedCart {
  readonly cart: CartView;
  /**
   * The token of a guest's cart that was just created, for the client to store; null otherwise. The server stores its
   * hash only.
   */
  readonly token: string | null;
  /** True when the request's token names no cart, or none any more, so that a new cart was created. */
  readonly isReplaced?: boolean;
}

export type CartWithLines = CartEntity & { readonly lines: readonly CartLineRow[] };

export interface CartServiceDeps {
  readonly database: Database;
  readonly shopConfig: ShopConfigCache;
  readonly holds: CartHoldService;
  /** Counts the new carts of guests by network. */
  readonly newCarts: AttemptsPerMinute;
  /** Counts the lines that are changed by network. */
  readonly changes: AttemptsPerMinute;
  readonly holdLimits: CartHoldLimits;
  readonly pricer: CartPricer;
}

export class CartService {
  private readonly database: Database;
  private readonly holds: CartHoldService;

  constructor(private readonly deps: CartServiceDeps) {
    this.database = deps.database;
    this.holds = deps.holds;
  }

  /** Counts a change of so many lines before it is applied. @throws GraphQLError RATE_LIMITED */
  countChange({ networks }: CartOwner, lines: number): void {
    if (networks && !this.deps.changes.allows(networks, lines)) throw rateLimited(A_MINUTE);
  }

  /** The owner's active cart, or null while there is none. */
  async find(owner: CartOwner): Promise<CartView | null> {
    if (!owner.userId && !owner.token) return null;
    const cart = await this.database.row(sql.readCart, ownerKeys(owner));
    return cart && this.deps.pricer.show(cart, cart.lines, await this.reference());
  }

  /** An open cart of anybody, for staff; null when there is none, or it has become an order. */
  async findOpen(cartId: string): Promise<CartView | null> {
    const cart = await this.database.row(sql.readOpenCart, { cartId });
    return cart && this.deps.pricer.show(cart, cart.lines, await this.reference());
  }

  /**
   * Adds lines to the cart, and creates the cart when there is none. Locks the cart's row first, so parallel
   * additions add up.
   *
   * @throws NotFoundError the variant is not for sale
   * @throws InsufficientStockError the line would need more than is available; nothing is written
   * @throws DomainError QUANTITY_LIMIT: the line would hold more than 999; nothing is written
   * @throws GraphQLError RATE_LIMITED: too many new carts of guests from one network within a minute
   */
  async addLines(owner: CartOwner, requestedLines: readonly RequestedCartLine[]): Promise<ChangedCart> {
    for (const { quantity, at } of requestedLines) assertQuantity(quantity, 1, at);
    const reference = await this.reference();
    if (!owner.userId && !owner.token) this.countNew(owner);
    return (
      (await this.addAtOnce(owner, requestedLines, reference)) ??
      (await this.addToCart(owner, requestedLines, reference))
    );
  }

  /**
   * Adds a single line that is in stock in one statement. Returns null for every other case, so also for requests
   * that are to be refused.
   */
  private async addAtOnce(
    owner: CartOwner,
    [first, ...more]: readonly RequestedCartLine[],
    reference: Reference,
  ): Promise<ChangedCart | null> {
    // A cart that holds stock locks its row before the stock levels, which takes more than one statement.
    if (this.holds.enabled || !first || more.length > 0) return null;
    const line = { lineId: newId(), variantId: first.variantId, quantity: first.quantity };
    const token = owner.userId || owner.token ? null : randomToken();
    const cart = token
      ? await this.database.row(sql.startCart, {
          id: newId(),
          tokenHash: sha256(token),
          ...line,
        })
      : await this.database.row(sql.addAtOnce, { ...ownerKeys(owner), ...line });
    return cart && { cart: await this.deps.pricer.show(cart, cart.lines, reference), token };
  }

  private addToCart(
    owner: CartOwner,
    requestedLines: readonly RequestedCartLine[],
    reference: Reference,
  ): Promise<ChangedCart> {
    return this.changed(reference, async (tx) => {
      const { cart, token, isReplaced } = await this.open(tx, owner);
      for (const { variantId, quantity, at } of requestedLines) {
        const added = await tx.row(sql.addLine, { id: newId(), cartId: cart.id, variantId, quantity });
        if (!added) throw await whyNotAdded(tx, cart.id, { variantId, quantity, at });
      }
      const view = await this.view(tx, cart, reference);
      await this.assertAndHold(tx, view, {
        changed: new Map(requestedLines.map(({ variantId, at }) => [variantId, at])),
        owner,
      });
      return { cart: view, token, isReplaced };
    });
  }

  /**
   * Sets the quantities of lines, all or none; 0 removes a line. A smaller quantity than before is always accepted,
   * even where it is still more than is available. Locks the cart's row first.
   *
   * @throws NotFoundError there is no such line
   * @throws InvalidInputError a quantity that no line can have, or a line named twice
   * @throws InsufficientStockError more than before, and more than is available; nothing is written
   */
  async setLines(owner: CartOwner, changes: readonly CartLineChange[]): Promise<ChangedCart> {
    for (const { quantity, at } of changes) assertQuantity(quantity, 0, at);
    assertOnce(changes);
    const reference = await this.reference();
    return this.changed(reference, async (tx) => {
      const cart = await this.touch(tx, owner, new NotFoundError('cart'));
      const grown = new Map<string, readonly string[]>();
      for (const { lineId, quantity, at } of changes) {
        const line =
          quantity === 0
            ? await tx.row(sql.removeLine, { cartId: cart.id, lineId })
            : await tx.row(sql.setLine, { cartId: cart.id, lineId, quantity });
        if (!line) throw new NotFoundError('line in this cart', [...at, 'lineId']);
        if (quantity > line.before) grown.set(lineId, at);
      }
      const view = await this.view(tx, cart, reference);
      const places = view.lines.flatMap(({ id, variantId }) => {
        const at = grown.get(id);
        return at ? [[variantId, at] as const] : [];
      });
      await this.assertAndHold(tx, view, { changed: new Map(places), owner });
      return { cart: view, token: null };
    });
  }

  /** Removes every line; contact, addresses and delivery stay. @throws DomainError CART_EMPTY when there is no cart */
  async clear(owner: CartOwner): Promise<ChangedCart> {
    const reference = await this.reference();
    return this.changed(reference, async (tx) => {
      const cart = await this.touch(tx, owner, noCart());
      await tx.count(sql.emptyCart, { cartId: cart.id });
      const view = await this.view(tx, cart, reference);
      await this.assertAndHold(tx, view, { changed: new Map(), owner });
      return { cart: view, token: null };
    });
  }

  /**
   * Changes what a module keeps beside the owner's cart, in one transaction under the lock of the cart's row: a checkout
   * that has begun is over before, and one that begins then is told that the cart has changed. What `write` throws undoes
   * all. Returns the cart as `find` does.
   *
   * @throws NotFoundError there is no cart, or it has become an order meanwhile
   */
  async change(owner: CartOwner, write: (tx: Tx, cartId: string) => Promise<void>): Promise<CartView | null> {
    await this.database.transaction(async (tx) => {
      const { id } = await this.touch(tx, owner, new NotFoundError('cart'));
      await write(tx, id);
    });
    return this.find(owner);
  }

  /** Shipping methods with their prices to a place; empty for one that the shop does not deliver to. */
  async estimateShipping(cart: CartView, place: Place): Promise<readonly ShippingQuote[]> {
    return shippingMethodsTo(cart, place, await this.reference());
  }

  /**
   * Countries, rates and methods, for `view`. Call it before a transaction, never inside: a cold cache is filled over
   * another connection of the pool, and when all of them are held by transactions that wait for it, none is left.
   */
  reference(): Promise<Reference> {
    return this.deps.shopConfig.get();
  }

  /** Shows the cart from its rows as they are now. Not inside a transaction. */
  async show(cart: CartEntity, reference: Reference, lines?: readonly CartLineRow[]): Promise<CartView> {
    const rows = lines ?? (await this.database.rows(sql.readLines, { cartId: cart.id }));
    return this.deps.pricer.show(cart, rows, reference);
  }

  /** Prices a cart that is to be ordered, under the lock of its row. @throws DomainError PLUGIN_FAILED */
  async price(tx: Tx, cart: CartEntity, reference: Reference): Promise<CartView> {
    const rows = await tx.rows(sql.readLines, { cartId: cart.id });
    return this.deps.pricer.price(tx, { cart, rows, reference });
  }

  /** The cart's lines with their stock; price parts of plugins follow after the commit. */
  private async view(querying: Querying, cart: CartEntity, reference: Reference): Promise<CartView> {
    return viewCart(cart, await querying.rows(sql.readLines, { cartId: cart.id }), reference);
  }

  /** Commits a change, and then prices the cart as it was committed. */
  private async changed(
    reference: Reference,
    change: (tx: Tx) => Promise<ChangedCart>,
  ): Promise<ChangedCart> {
    const changed = await this.database.transaction(change);
    return { ...changed, cart: await this.deps.pricer.complete(changed.cart, reference) };
  }

  /**
   * Refuses changed lines that exceed the available stock; where carts hold stock, holds what the cart now needs.
   * Only a request for more is refused; any other change holds as much as the limits allow.
   */
  private async assertAndHold(
    tx: Tx,
    view: CartView,
    { changed, owner }: { changed: Changed; owner: CartOwner },
  ): Promise<void> {
    assertInStock(view, changed);
    if (!this.holds.enabled) return;
    const lines = view.lines.filter(isForSale);
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const most = await this.deps.holdLimits.maxUnits(tx, { id: view.id, units, networks: owner.networks });
    if (changed.size > 0 && units > most) throw tooManyToHold();
    await this.holds.holdLines(tx, view.id, { lines, most, changed });
  }

  private async open(
    tx: Tx,
    owner: CartOwner,
  ): Promise<{ cart: CartEntity; token: string | null; isReplaced: boolean }> {
    if (owner.userId || owner.token) {
      const cart = await tx.row(sql.touchCart, ownerKeys(owner));
      if (cart) return { cart, token: null, isReplaced: false };
    }
    // A cart that became an order is not missing; for any other missing cart the buyer is warned.
    const isReplaced =
      !owner.userId &&
      owner.token !== null &&
      (await tx.row(sql.becameOrder, { tokenHash: sha256(owner.token) })) === null;
    const token = owner.userId ? null : randomToken();
    // A request without any token was counted before.
    if (token && owner.token) this.countNew(owner);
    const cart = await tx.row(sql.createCart, {
      id: newId(),
      userId: owner.userId,
      tokenHash: token === null ? null : sha256(token),
      formerTokenHash: owner.token && !owner.userId ? sha256(owner.token) : null,
    });
    if (!cart) throw new Error('A cart that was just inserted is missing');
    return { cart, token, isReplaced };
  }

  private countNew({ networks }: CartOwner): void {
    if (networks && !this.deps.newCarts.allows(networks)) throw rateLimited(A_MINUTE);
  }

  private async touch(tx: Tx, owner: CartOwner, missing: DomainError): Promise<CartEntity> {
    const cart = await tx.row(sql.touchCart, ownerKeys(owner));
    if (!cart) throw missing;
    return cart;
  }
}
