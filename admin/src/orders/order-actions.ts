import type { OrderAction, OrderStatus } from '../generated/orders/graphql';

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

interface CancelMessages {
  readonly action: string;
  readonly title: string;
  readonly text: string;
  readonly done: string;
}
const CANCEL: CancelMessages = {
  action: 'order.cancel',
  title: 'order.cancelTitle',
  text: 'order.cancelText',
  done: 'order.cancelled',
};
const DISCARD: CancelMessages = {
  action: 'draft.discard',
  title: 'draft.discardTitle',
  text: 'draft.discardText',
  done: 'draft.discarded',
};
const GIVE_UP: CancelMessages = {
  action: 'cancel.giveUp',
  title: 'cancel.giveUpTitle',
  text: 'cancel.giveUpText',
  done: 'order.cancelled',
};

/**
 * The messages of cancelling. The buyer of a draft knows nothing of it: sending the link makes it an order. Of a refunded
 * order only unshipped units can still be cancelled; it stays refunded.
 */
export function cancelMessages(order: { readonly status: OrderStatus } | null): CancelMessages {
  if (order?.status === 'DRAFT') return DISCARD;
  return order?.status === 'REFUNDED' ? GIVE_UP : CANCEL;
}
