import { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from '../../orders/index.js';

/** SQL: order `o` is neither paid nor shipped in part; an authorized payment counts as paid. */
export const IS_UNPAID = `(o.status = '${OrderStatus.PENDING_PAYMENT}' OR (o.status = '${OrderStatus.PLACED}'
  AND o.payment_status = '${OrderPaymentStatus.PENDING}' AND o.fulfillment_status = '${FulfillmentStatus.UNFULFILLED}'))`;
