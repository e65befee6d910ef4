import { createHmac } from 'node:crypto';
import type { Logger } from '../../kernel/logger.js';
import { newId } from '../../kernel/ids.js';
import type { Networks } from '../../kernel/networks.js';
import type { Database, Tx } from '../../platform/database/database.js';
import { StaleVersionError } from '../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { ownerKeys, type CartOwner } from '../cart/index.js';
import type { PaymentMethod } from '../payments/index.js';
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
  /** Where it is pressed. */
  readonly networks: Networks;
}

/** One press of pay, from being written down to its order. */
export interface Press {
  readonly id: string;
  isPlaced: boolean;
}

export interface UnpaidGuardDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly limits: UnpaidLimits;
  readonly secret: string;
}

/** The stock of the whole shop may be so old when shares of it are weighed. */
const STOCK_KNOWN_FOR_MS = 60_000;

type Standing = Record<
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

/** Keeps what is held without being paid within the shop's limits (`unpaid-limits.ts` says which). */
export class UnpaidGuard {
  private stock: { readonly units: number; readonly at: number } | null = null;

  constructor(private readonly deps: UnpaidGuardDeps) {}

  /**
   * Writes the press down, judges it, then lets `place` make the order with it. A press that makes no order leaves nothing.
   *
   * Not in the order's own transaction: presses must be seen by each other at once, and must not wait for each other. What was
   * judged is tied to what is placed by `confirm`, inside that transaction.
   *
   * @param place gets the press; null when the cart is not as the request says, or has no e-mail
   * @throws DomainError CHECKOUT_BLOCKED | TOO_MANY_UNPAID_ORDERS | UNPAID_QUANTITY_TOO_LARGE
   */
  async hold<T>(request: HoldRequest, place: (press: Press | null) => Promise<T>): Promise<T> {
    const { database } = this.deps;
    const { near, wide } = request.networks;
    const network = this.hashOf(near);
    const press: Press = { id: newId(), isPlaced: false };
    const written = await database.row<{ id: string }>(sql.insertAttempt, [
      ...[...ownerKeys(request.owner), request.cartVersion],
      ...[network, request.paymentMethod, press.id, wide === null ? null : this.hashOf(wide)],
    ]);
    if (!written) return place(null);
    const takeBack = (): Promise<number> => database.count(sql.deleteAttempt, [press.id]);
    try {
      await this.judge(press.id, network);
      const placed = await place(press);
      if (!press.isPlaced) await takeBack();
      return placed;
    } catch (error) {
      // Also after `confirm`: its mark was rolled back with the order. One that was committed after all stays.
      await takeBack();
      throw error;
    }
  }

  /** In the order's transaction, under the cart's lock. @throws StaleVersionError when this cart was not judged as it is */
  async confirm(tx: Tx, press: Press | null, cart: { id: string; version: number }): Promise<void> {
    if (press && (await tx.count(sql.markPlaced, [press.id, cart.id, cart.version])) === 1) {
      press.isPlaced = true;
      return;
    }
    const message = 'The cart was changed while you pressed pay. Look at it again.';
    throw new StaleVersionError(cart.version, { field: 'cartVersion', message });
  }

  /** How a network is stored: a keyed hash, so that the table names nobody. */
  hashOf(network: string): Buffer {
    return createHmac('sha256', this.deps.secret).update('checkout-network').update(network).digest();
  }

  private async judge(press: string, network: Buffer): Promise<void> {
    const { database, limits, logger } = this.deps;
    const row = await database.row<Standing & { cartId: string }>(sql.progress, [press, limits.freeUnits]);
    if (!row) throw new Error('A press of pay that was just written down is missing');
    const { cartId } = row;
    const held = situationOf(row);
    const details = { ...held, stock: dependsOnStock(held, limits) ? await this.shopStock() : 0 };
    const refusal = userErrorOf(details, limits);
    if (refusal)
      logger.warn({ cartId, code: refusal.code }, 'An order was refused by the limits on unpaid orders');
    if (isAlarming(details, limits)) await this.alert(cartId, network, details);
    if (refusal) throw refusal;
  }

  private async shopStock(): Promise<number> {
    const now = Date.now();
    if (!this.stock || now - this.stock.at > STOCK_KNOWN_FOR_MS) {
      const row = await this.deps.database.row<{ units: number }>(sql.shopStock);
      this.stock = { units: row?.units ?? 0, at: now };
    }
    return this.stock.units;
  }

  /** Tells the owner once a day for each network. */
  private async alert(cartId: string, network: Buffer, details: UnpaidSituation): Promise<void> {
    const { database, outbox } = this.deps;
    const day = new Date().toISOString().slice(0, 10);
    const units = details.units + Math.max(details.buyer.units, details.network.units, details.wide.units);
    await database.transaction((tx) =>
      outbox.append(tx, {
        kind: 'stock.held-unpaid',
        aggregateId: cartId,
        dedupeKey: `stock.held-unpaid:${network.toString('hex')}:${day}`,
        payload: { units, percent: Math.round((units / Math.max(1, details.stock)) * 100) },
      }),
    );
    outbox.notifyRelay();
  }
}

function situationOf(row: Standing): Omit<UnpaidSituation, 'stock'> {
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
