import { createHmac } from 'node:crypto';
import type { Logger } from '../../../kernel/logger.js';
import { newId } from '../../../kernel/ids.js';
import type { Networks } from '../../../kernel/networks.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { ownerKeys, type CartOwner } from '../../cart/index.js';
import type { PaymentMethod } from '../../payments/index.js';
import { stockHeldUnpaid } from '../checkout.events.js';
import {
  dependsOnStock,
  isAlarming,
  userErrorOf,
  type UnpaidSituation,
  type UnpaidLimits,
} from './unpaid-limits.js';
import * as sql from './unpaid-limits.statements.js';

/** An order that is about to hold stock. */
export interface HoldRequest {
  readonly owner: CartOwner;
  readonly cartVersion: number;
  readonly paymentMethod: PaymentMethod;
  /** The networks that the request comes from. */
  readonly networks: Networks;
}

/** One checkout attempt, from its insertion to its order. */
export interface CheckoutAttempt {
  readonly id: string;
  /** Units of the largest line of the cart. */
  readonly largestLine: number;
  /** Set in the transaction of the order, directly before stock is asked for. */
  isPlaced: boolean;
}

export interface UnpaidGuardDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly limits: UnpaidLimits;
  readonly secret: string;
}

/** For how long the cached sum of units on hand is used, in milliseconds. */
const STOCK_KNOWN_FOR_MS = 60_000;

type HoldTotalsRow = Record<
  | 'units'
  | 'value'
  | 'buyerOrders'
  | 'buyerPastHour'
  | 'buyerLapsed'
  | 'buyerUnits'
  | 'buyerValue'
  | 'networkOrders'
  | 'networkPastHour'
  | 'networkLapsed'
  | 'networkUnits'
  | 'wideOrders'
  | 'widePastHour'
  | 'wideLapsed'
  | 'wideUnits',
  number
> &
  Pick<UnpaidSituation, 'isBlocked' | 'paymentMethod' | 'variants'>;

/** Keeps what is held without being paid within the shop's limits (see `unpaid-limits.ts`). */
export class UnpaidGuard {
  private stock: { readonly units: number; readonly at: number } | null = null;

  constructor(private readonly deps: UnpaidGuardDeps) {}

  /**
   * Inserts a checkout attempt, checks the limits, then lets `place` create the order with it. An attempt that
   * creates no order is deleted.
   *
   * Not in the order's own transaction: attempts must see each other at once, and must not wait for each other.
   * `confirm`, inside that transaction, makes sure that what is placed is what was checked here.
   *
   * @param place gets the attempt; null when the cart is not as the request says, or has no e-mail
   * @throws DomainError CHECKOUT_BLOCKED | TOO_MANY_UNPAID_ORDERS | UNPAID_QUANTITY_TOO_LARGE
   */
  async hold<T>(request: HoldRequest, place: (attempt: CheckoutAttempt | null) => Promise<T>): Promise<T> {
    const { database } = this.deps;
    const { near, wide } = request.networks;
    const network = this.hashOf(near);
    const id = newId();
    const written = await database.row(sql.insertAttempt, {
      ...ownerKeys(request.owner),
      id,
      cartVersion: request.cartVersion,
      network,
      wideNetwork: wide === null ? null : this.hashOf(wide),
      paymentMethod: request.paymentMethod,
    });
    if (!written) return place(null);
    const attempt: CheckoutAttempt = { id, largestLine: written.largestLine, isPlaced: false };
    const deleteAttempt = (): Promise<number> => database.count(sql.deleteAttempt, { attemptId: attempt.id });
    try {
      await this.judge(attempt.id, network);
      const placed = await place(attempt);
      if (!attempt.isPlaced) await deleteAttempt();
      return placed;
    } catch (error) {
      // Also after `confirm`: its `placed` flag was rolled back with the order. An attempt that was committed after
      // all stays.
      await deleteAttempt();
      throw error;
    }
  }

  /**
   * Marks the attempt as placed, in the order's transaction and under the cart's lock. @throws StaleVersionError when
   * this version of the cart was not checked
   */
  async confirm(
    tx: Tx,
    attempt: CheckoutAttempt | null,
    cart: { id: string; version: number },
  ): Promise<void> {
    if (
      attempt &&
      (await tx.count(sql.markPlaced, { attemptId: attempt.id, cartId: cart.id, version: cart.version })) ===
        1
    ) {
      attempt.isPlaced = true;
      return;
    }
    const message = 'The cart was changed while you pressed pay. Look at it again.';
    throw new StaleVersionError(cart.version, { field: 'cartVersion', message });
  }

  /** The keyed hash under which a network is stored, so that the table contains no addresses. */
  hashOf(network: string): Buffer {
    return createHmac('sha256', this.deps.secret).update('checkout-network').update(network).digest();
  }

  private async judge(attemptId: string, network: Buffer): Promise<void> {
    const { database, limits, logger } = this.deps;
    const row = await database.row(sql.progress, { attemptId, freeUnits: limits.freeUnits });
    if (!row) throw new Error('A checkout attempt that was just inserted is missing');
    const { cartId } = row;
    const held = situationOf(row);
    const details = { ...held, stock: dependsOnStock(held, limits) ? await this.shopStock() : 0 };
    const userError = userErrorOf(details, limits);
    if (userError)
      logger.warn({ cartId, code: userError.code }, 'An order was refused by the limits on unpaid orders');
    if (isAlarming(details, limits)) await this.alert(cartId, network, details);
    if (userError) throw userError;
  }

  private async shopStock(): Promise<number> {
    const now = Date.now();
    if (!this.stock || now - this.stock.at > STOCK_KNOWN_FOR_MS) {
      const row = await this.deps.database.row(sql.shopStock);
      this.stock = { units: row?.units ?? 0, at: now };
    }
    return this.stock.units;
  }

  /** Alerts the owner once a day for each network. */
  private async alert(cartId: string, network: Buffer, details: UnpaidSituation): Promise<void> {
    const { database, outbox } = this.deps;
    const day = new Date().toISOString().slice(0, 10);
    const units = details.units + Math.max(details.buyer.units, details.network.units, details.wide.units);
    const percent = Math.round((units / Math.max(1, details.stock)) * 100);
    const event = stockHeldUnpaid(cartId, { units, percent }, `${network.toString('hex')}:${day}`);
    await database.transaction((tx) => outbox.append(tx, event));
    outbox.notifyRelay();
  }
}

function situationOf(row: HoldTotalsRow): Omit<UnpaidSituation, 'stock'> {
  return {
    isBlocked: row.isBlocked,
    paymentMethod: row.paymentMethod,
    units: row.units,
    value: row.value,
    variants: row.variants,
    buyer: {
      orders: row.buyerOrders,
      ordersPastHour: row.buyerPastHour,
      lapsedPastDay: row.buyerLapsed,
      units: row.buyerUnits,
      value: row.buyerValue,
    },
    network: {
      orders: row.networkOrders,
      ordersPastHour: row.networkPastHour,
      lapsedPastDay: row.networkLapsed,
      units: row.networkUnits,
    },
    wide: {
      orders: row.wideOrders,
      ordersPastHour: row.widePastHour,
      lapsedPastDay: row.wideLapsed,
      units: row.wideUnits,
    },
  };
}
