export { CartHoldService } from './holds/cart-hold.service.js';
export { InsufficientStockError } from './inventory.errors.js';
export { extendHoldsOf } from './reservations.js';
export { StockService, type LockedStock } from './stock.service.js';
export { stockLow } from './stock.events.js';
