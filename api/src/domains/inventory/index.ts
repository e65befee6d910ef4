export { CartHoldService } from './holds/cart-hold.service.js';
export { InsufficientStockError } from './inventory.errors.js';
export { extendHoldsOf } from './reservations.js';
export { StockService, type LockedStock } from './stock.service.js';
export {
  LedgerList,
  type MovementLine,
  type MovementQuery,
  type ReservationLine,
} from './lists/ledger-list.js';
export { movementQuery, stockQuery } from './lists/stock-queries.js';
export { StockFilter, StockMovementFilter } from './lists/stock-filter.input.js';
export { StockList, type StockQuery } from './lists/stock-list.js';
export { StockSort } from './stock.enums.js';
export type { StockItemRow } from './stock.type.js';
export { stockLow } from './stock.events.js';
