export type { FirstDelivery } from './first-delivery.js';
export { DeliveryTable, type ShippingMethod, type StoredMethod } from './delivery-table.js';
export { ShippingRates } from './rates/rated-method.js';
export { defineShippingRate, type ShipmentToPrice } from './rates/shipping-rate.js';
export { seedDeliveries } from './seed-deliveries.js';
export { ShippingKind } from './shipping.entity.js';
export { STORED_AREAS, STORED_METHODS } from './shipping.statements.js';
export type { Place, StoredArea } from './zones/delivery-zones.js';
