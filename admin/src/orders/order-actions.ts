import type { OrderAction } from '../generated/orders/graphql';

/** The steps of staff that open a dialog. Editing has a page of its own. */
export type DialogAction = Extract<
  OrderAction,
  'SHIP' | 'CAPTURE' | 'MARK_RECEIVED' | 'SEND_LINK' | 'MARK_PAID' | 'REFUND' | 'CANCEL'
>;

/** What moves an order forward, most urgent first. */
export const MAIN_ACTIONS = [
  'SHIP',
  'CAPTURE',
  'MARK_RECEIVED',
  'SEND_LINK',
  'MARK_PAID',
  'REFUND',
] as const satisfies readonly DialogAction[];

interface Acted {
  staffActions?: readonly OrderAction[] | null;
}

/** The server's word alone: it knows disputes, parcels and the person's role. */
export const may = (order: Acted, action: OrderAction): boolean =>
  order.staffActions?.includes(action) ?? false;

/** The step that is a button of its own. Giving money back is never the obvious next step. */
export const mainAction = (order: Acted): DialogAction | undefined =>
  MAIN_ACTIONS.find((action) => action !== 'REFUND' && may(order, action));
