export { OrderEntity, type OrderLineEntity, type StoredTaxLine } from './order.entity.js';
export type { BuyerAccess } from './buyer/buyer-access.js';
export { FORGOTTEN_EMAIL } from './buyer/forgotten-buyer.js';
export { IS_OF_PERSON } from './buyer/personal-data.js';
export type { OrderTokens } from './buyer/order-tokens.js';
export { buyerActions, OrderAction, staffActions, type OrderSituation } from './order-actions.js';
export type { OrderRefundService } from './refunds/order-refund.service.js';
export { OrderRefund } from './refunds/order-refund.type.js';
export { refundLoaders, type OrderRefundRow } from './refunds/refund.loaders.js';
export { readRefundableLines } from './refunds/refundable-lines.js';
export type { RefundedCharge, RefundedRate } from './refunds/refund-charges.js';
export {
  unitsWorth,
  type RefundableLine,
  type RefundableOrder,
  type RequestedRefund,
} from './refunds/refund-plan.js';
export {
  EDITABLE_STATUSES,
  ENDED_UNPAID,
  FulfillmentStatus,
  fulfillmentOf,
  LIVE_STATUSES,
  OrderPaymentStatus,
  OrderStatus,
} from './order-states.js';
export { OrderFilter, OrderSort } from './order.input.js';
export { onOrders, orderRows } from './order-rows.js';
export { ORDER_SOURCES, OrderList, orderQuery, type OrderQuery } from './order-list.js';
export { DisputeFilter } from './payments/order-payment.resolver.js';
export { currentOrder } from './current-order.js';
export { promisedDays } from './fulfillment/delivery-days.js';
export { expectedDelivery, type ExpectedDelivery } from './fulfillment/expected-delivery.js';
export {
  acceptablePayment,
  customerSummaries,
  deliveryDays,
  orderLoaders,
  type CustomerSummary,
  type ShipmentRow,
} from './order.loaders.js';
export {
  defineOrderEvent,
  orderClosed,
  orderCreated,
  orderData,
  orderEvent,
  orderEventData,
  orderPaid,
  orderPlaced,
  orderShipped,
  receivedByOrderPage,
  receivedByStaffPage,
  type OrderEventData,
} from './order.events.js';
export { orderBeforeChange, type OrderChange } from './order.hooks.js';
export type { FulfillmentService } from './fulfillment/fulfillment.service.js';
export { OrderService } from './order.service.js';
export { promisedBy, promisedOf } from './placing/promised-delivery.js';
export {
  insertOrder,
  OF_OPEN_CUSTOMER,
  isTaxed,
  shownTaxLines,
  type NewOrder,
  type NewOrderLine,
} from './placing/new-order.js';
export { deliveryOf, priceAt, toOrderLine, toOrderLines } from './placing/order-lines.js';
export {
  replaceLines,
  repriceOrder,
  rewriteDraft,
  setPaidByHand,
  toTotals,
  type OrderTotals,
} from './placing/rewrite-order.js';
export { OrderSource } from './placing/order-source.js';
export { chargesOf, followLines, storedAdjustments } from './placing/stored-adjustments.js';
export type { StoredAdjustment } from './placing/stored-adjustment.js';
export { linesByOrder, liveOrderOfCart, orderById } from './order.statements.js';
export { shipmentsByOrder } from './fulfillment/shipment.statements.js';
export { Order, OrderLine, OrderPayload } from './order.type.js';
export type { OrderClosingService } from './closing/order-closing.service.js';
export type { OrderPayments } from './payments/order-payments.js';
export { orderChangeErrors } from './order.errors.js';
export type {
  OrderLineForMail,
  OrderMailParts,
  OrderMails,
  OrderNoticeModel,
  TaxForMail,
} from './mails/order-mail.js';
