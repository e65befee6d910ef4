import type { OrderView_OrderFragment, Return_ReturnFragment } from '../generated/orders/graphql';

/** The order data shown to guests and customers. */
export type OrderView = OrderView_OrderFragment;
export type ReturnView = Return_ReturnFragment;

/** How a buyer identifies an order: a guest by the token from its link, a customer by its id. */
export type OrderHandle = { orderToken: string } | { orderId: string };
