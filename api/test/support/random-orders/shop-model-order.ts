import type { ModelVariant, Units } from './shop-model-stock.js';

/* The order and return data of the reference model. */

export type Method = 'CARD' | 'CASH_ON_DELIVERY' | 'BANK_TRANSFER' | 'MANUAL';

export interface ModelLine {
  readonly variant: ModelVariant;
  quantity: number;
  total: number;
  fulfilled: number;
  cancelled: number;
  /** Refunded: units, their value, and how many of them were shipped and not returned. */
  refunded: number;
  refundedWorth: number;
  refundedAway: number;
  /** Units shipped for this order and not restocked. */
  out: number;
}

export interface ModelReturn {
  id: string;
  status: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'CANCELLED' | 'RECEIVED' | 'REFUNDED' | 'EXCHANGED';
  readonly order: ModelOrder;
  readonly line: ModelLine;
  readonly quantity: number;
  readonly wanted: ModelVariant | null;
  received: number;
  exchange: ModelOrder | null;
  /** The exchanged units, their value, and the credit that the new order used. */
  traded: { units: number; worth: number; used: number };
}

export interface ModelEdit {
  readonly line: ModelLine | null;
  readonly variant: ModelVariant;
  readonly quantity: number;
  readonly difference: number;
  readonly held: Units;
  readonly expiresAt: number;
  secret: string;
}

export interface ModelOrder {
  id: string;
  token: string;
  secret: string;
  method: Method;
  status: string;
  paymentStatus: string;
  lines: ModelLine[];
  shipping: number;
  total: number;
  captured: number;
  returned: number;
  refunded: number;
  shippingRefunded: number;
  held: Units;
  expiresAt: number;
  edit: ModelEdit | null;
  isExchange: boolean;
  shipments: { id: string; isDelivered: boolean }[];
}

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** How long an unpaid order reserves its stock. */
export const LIVES: Readonly<Record<Method, number>> = {
  CARD: 30 * MINUTE,
  BANK_TRANSFER: 7 * DAY,
  CASH_ON_DELIVERY: 0,
  MANUAL: 0,
};

export const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
export const isIn = ({ status }: ModelOrder, ...statuses: string[]): boolean => statuses.includes(status);
export const toUnits = (lines: readonly { variant: ModelVariant; quantity: number }[]): Units =>
  new Map(lines.map(({ variant, quantity }) => [variant, quantity]));

export function newLine(variant: ModelVariant, quantity: number): ModelLine {
  const nothing = { fulfilled: 0, cancelled: 0, refunded: 0, refundedWorth: 0, refundedAway: 0, out: 0 };
  return { variant, quantity, total: quantity * variant.price, ...nothing };
}

export function hasLeft({ lines }: ModelOrder): boolean {
  return lines.some(({ fulfilled }) => fulfilled > 0);
}

/** The shipped quantity of an order. */
export function fulfillmentOf(order: ModelOrder): string {
  if (!hasLeft(order)) return 'UNFULFILLED';
  return order.lines.every(({ quantity, cancelled, fulfilled }) => fulfilled === quantity - cancelled)
    ? 'FULFILLED'
    : 'PARTIALLY_FULFILLED';
}
