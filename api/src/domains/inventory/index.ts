export { CartHoldService, type CartWish } from './cart-hold.service.js';
export { InsufficientStockError } from './inventory.errors.js';
export {
  StockService,
  type LockedStock,
  type LockOptions,
  type Restock,
  type WantedVariant,
} from './stock.service.js';
