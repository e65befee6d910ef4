import { createHmac } from 'node:crypto';
import type { Logger } from '../../kernel/logger.js';
import type { Database } from '../../platform/database/database.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { ownerKeys, type CartOwner } from '../cart/index.js';
import type { PaymentMethod } from '../payments/index.js';
import { isAlarming, refusalOf, type HoldFacts, type UnpaidLimits } from './unpaid-limits.js';
import * as sql from './unpaid-limits.statements.js';

/** An order that is about to hold stock. */
export interface HoldRequest {
  readonly owner: CartOwner;
  readonly cartVersion: number;
  readonly paymentMethod: PaymentMethod;
  /** As `networkOf` names it. */
  readonly network: string;
}

export interface UnpaidGuardParts {
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
  | 'networkUnits',
  number
> &
  Pick<HoldFacts, 'isBlocked' | 'paymentMethod' | 'variants'>;

/** Keeps what is held without being paid within the shop's limits (`unpaid-limits.ts` says which). */
export class UnpaidGuard {
  private stock: { readonly units: number; readonly at: number } | null = null;

  constructor(private readonly parts: UnpaidGuardParts) {}

  /**
   * Writes the attempt down, judges it, then lets `place` make the order. What is refused or fails leaves nothing.
   *
   * Not in the order's own transaction: attempts must be seen by each other at once, and must not wait for each other.
   *
   * @throws DomainError CHECKOUT_BLOCKED | TOO_MANY_UNPAID_ORDERS | UNPAID_QUANTITY_TOO_LARGE
   */
  async hold<T>(request: HoldRequest, place: () => Promise<T>): Promise<T> {
    const { database } = this.parts;
    const network = this.hashOf(request.network);
    const attempt = await database.row<{ cartId: string }>(sql.insertAttempt, [
      ...ownerKeys(request.owner),
      request.cartVersion,
      network,
      request.paymentMethod,
    ]);
    // A repeat of a press that made its order, or a cart that checkout will refuse: there is nothing to weigh.
    if (!attempt) return place();
    try {
      await this.judge(attempt.cartId, request.cartVersion, network);
      return await place();
    } catch (error) {
      await database.count(sql.deleteAttempt, [attempt.cartId, request.cartVersion]);
      throw error;
    }
  }

  /** How a network is stored: a keyed hash, so that the table names nobody. */
  hashOf(network: string): Buffer {
    return createHmac('sha256', this.parts.secret).update('checkout-network').update(network).digest();
  }

  private async judge(cartId: string, version: number, network: Buffer): Promise<void> {
    const { database, limits, logger } = this.parts;
    const row = await database.row<Standing>(sql.standing, [cartId, version, limits.freeUnits]);
    if (!row) return;
    const facts = factsOf(row, await this.shopStock());
    const refusal = refusalOf(facts, limits);
    if (refusal)
      logger.warn({ cartId, code: refusal.code }, 'An order was refused by the limits on unpaid orders');
    if (isAlarming(facts, limits)) await this.alert(cartId, network, facts);
    if (refusal) throw refusal;
  }

  private async shopStock(): Promise<number> {
    const now = Date.now();
    if (!this.stock || now - this.stock.at > STOCK_KNOWN_FOR_MS) {
      const row = await this.parts.database.row<{ units: number }>(sql.shopStock);
      this.stock = { units: row?.units ?? 0, at: now };
    }
    return this.stock.units;
  }

  /** Tells the owner once a day for each network. */
  private async alert(cartId: string, network: Buffer, facts: HoldFacts): Promise<void> {
    const { database, outbox } = this.parts;
    const day = new Date().toISOString().slice(0, 10);
    const units = facts.units + Math.max(facts.buyer.units, facts.network.units);
    await database.transaction((tx) =>
      outbox.append(tx, {
        kind: 'stock.held-unpaid',
        aggregateId: cartId,
        dedupeKey: `stock.held-unpaid:${network.toString('hex')}:${day}`,
        payload: { units, percent: Math.round((units / Math.max(1, facts.stock)) * 100) },
      }),
    );
    outbox.nudge();
  }
}

function factsOf(row: Standing, stock: number): HoldFacts {
  return {
    isBlocked: row.isBlocked,
    paymentMethod: row.paymentMethod,
    units: row.units,
    value: row.value,
    stock,
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
  };
}
