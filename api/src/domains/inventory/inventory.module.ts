import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { DomainModule } from '../../platform/module.js';
import { InsufficientStockError, StaleQuantityError } from './inventory.errors.js';
import {
  ReservationEntity,
  StockLevelEntity,
  StockLocationEntity,
  StockMovementEntity,
} from './stock.entity.js';
import { StockAdminResolver } from './stock-admin.resolver.js';
import { StockService } from './stock.service.js';
import { StockSetService } from './stock-set.service.js';

export const inventoryModule: DomainModule = {
  entities: [StockLocationEntity, StockLevelEntity, StockMovementEntity, ReservationEntity],
  resolvers: [StockAdminResolver],
  orphanedTypes: [InsufficientStockError, StaleQuantityError],
};

/** Builds the domain's services and resolvers. */
export function createInventory(deps: { database: Database; keys: RequestKeys }): {
  resolvers: object[];
  stock: StockService;
} {
  return {
    resolvers: [new StockAdminResolver(new StockSetService(deps.database, deps.keys))],
    stock: new StockService(),
  };
}
