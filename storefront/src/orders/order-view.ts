import type { OrderView_OrderFragment, Return_ReturnFragment } from '../generated/orders/graphql';

/** What is shown of an order, whether a guest looks at it or a customer in their account. */
export type OrderView = OrderView_OrderFragment;
export type ReturnView = Return_ReturnFragment;

/** How a buyer names an order: a guest by the token from its link, a customer by its id. */
export type OrderHandle = { orderToken: string } | { orderId: string };
