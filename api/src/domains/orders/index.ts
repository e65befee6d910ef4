export { OrderEntity, type OrderLineEntity, type StoredTaxLine } from './order.entity.js';
export { OrderStatus } from './order-states.js';
export type { ShipmentRow } from './order.loaders.js';
export { orderEvents } from './order.jobs.js';
export { OrderService, orderNews, SYSTEM } from './order.service.js';
export { insertOrder, linesByOrder, shipmentsByOrder } from './order.statements.js';
export { Order } from './order.type.js';
export type { OrderClosingService } from './order-closing.service.js';
export type { PaymentFinalizer } from './payment-finalizer.js';
