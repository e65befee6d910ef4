import type { OrderAction } from '../generated/orders/graphql';

/** The staff actions that open a dialog. Editing has a page of its own. */
export type DialogAction = Extract<
  OrderAction,
  'SHIP' | 'CAPTURE' | 'MARK_RECEIVED' | 'ACCEPT_PAYMENT' | 'SEND_LINK' | 'MARK_PAID' | 'REFUND' | 'CANCEL'
>;

/** The actions that advance an order, most urgent first. */
export const MAIN_ACTIONS = [
  'SHIP',
  'CAPTURE',
  'MARK_RECEIVED',
  'ACCEPT_PAYMENT',
  'SEND_LINK',
  'MARK_PAID',
  'REFUND',
] as const satisfies readonly DialogAction[];

interface Acted {
  staffActions?: readonly OrderAction[] | null;
}

/** The server decides alone: it knows disputes, shipments and the user's role. */
export const may = (order: Acted, action: OrderAction): boolean =>
  order.staffActions?.includes(action) ?? false;

/** The action that has its own button. A refund is never the primary action. */
export const mainAction = (order: Acted): DialogAction | undefined =>
  MAIN_ACTIONS.find((action) => action !== 'REFUND' && may(order, action));
