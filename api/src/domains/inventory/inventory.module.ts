import type { Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/pagination.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import type { DomainModule } from '../../platform/module.js';
import { InsufficientStockError, StaleQuantityError } from './inventory.errors.js';
import {
  ReservationEntity,
  StockLevelEntity,
  StockLocationEntity,
  StockMovementEntity,
} from './stock.entity.js';
import { StockAdminResolver } from './stock-admin.resolver.js';
import { StockNews } from './stock-news.js';
import { StockService, type StockSettings } from './stock.service.js';
import { StockSetService } from './stock-set.service.js';

export const inventoryModule: DomainModule = {
  entities: [StockLocationEntity, StockLevelEntity, StockMovementEntity, ReservationEntity],
  resolvers: [StockAdminResolver],
  orphanedTypes: [InsufficientStockError, StaleQuantityError],
};

export interface InventoryDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly settings: StockSettings;
}

/** Builds the domain's services and resolvers. */
export function createInventory(deps: InventoryDeps): {
  resolvers: object[];
  stock: StockService;
} {
  const news = new StockNews(deps.outbox);
  return {
    resolvers: [new StockAdminResolver(new StockSetService(deps.database, deps.keys))],
    stock: new StockService(news, deps.settings),
  };
}
