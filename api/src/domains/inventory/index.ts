export { InsufficientStockError } from './inventory.errors.js';
export { StockService, type LockedStock, type WantedVariant } from './stock.service.js';
