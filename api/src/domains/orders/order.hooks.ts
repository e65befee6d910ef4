import { defineHook } from '../../platform/hooks/define-hook.js';
import type { Actor } from '../../kernel/actor.js';
import type { OrderEntity } from './order.entity.js';

/** What somebody asked to do with an order; the order as it was before, locked. */
export interface OrderChange {
  /** EDIT: its lines; CANCEL: all of it, or what is left of it; SHIP: a new shipment. */
  readonly change: 'EDIT' | 'CANCEL' | 'SHIP';
  readonly order: OrderEntity;
  /** Staff, or the buyer who cancels. */
  readonly actor: Actor;
}

/**
 * Somebody asks to change an order: the last step of a transaction that holds its lock and has written the change, none
 * of it committed. Where a payment provider must cancel the payment first, CANCEL is called before it is asked, with
 * nothing written yet: what the provider did cannot be undone. Not called for what the shop does by itself, such as ending an order that was never
 * paid.
 */
export const orderBeforeChange = defineHook<OrderChange>('order.beforeChange', 'REFUSE');
