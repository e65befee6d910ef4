import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import type { Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { HandledImport } from '../../platform/imports/define-import.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { HandledLongJob } from '../../platform/jobs/define-long-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import type { SettingsService } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { identityModule } from '../identity/identity.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { applyLowStockThreshold } from './threshold/low-stock-threshold.js';
import { relabelProducts, relabelSubscriptions } from './threshold/relabel.job.js';
import { stockGroup, StockSettingsResolver } from './threshold/stock-settings.js';
import { stockLow } from './stock.events.js';
import { CartHoldService } from './holds/cart-hold.service.js';
import {
  inventoryErrors,
  HoldClosedError,
  InsufficientStockError,
  StaleQuantityError,
} from './inventory.errors.js';
import { inventoryNodes } from './inventory.nodes.js';
import { LedgerList } from './lists/ledger-list.js';
import {
  BackorderEntity,
  ReservationEntity,
  StockHoldEntity,
  StockLevelEntity,
  StockLocationEntity,
  StockMovementEntity,
} from './stock.entity.js';
import { receiveByList } from './receiving/receive-list.js';
import { stockReceiveImport } from './receiving/stock-receive.import.js';
import { handleStockAdjust, stockAdjust } from './stock-bulk.js';
import { StockBulkResolver } from './stock-bulk-preview.js';
import { StockAdminResolver } from './stock-admin.resolver.js';
import { expireHolds } from './holds/expire-holds.job.js';
import { StockHoldResolver } from './holds/stock-hold.resolver.js';
import { StockHoldService } from './holds/stock-hold.service.js';
import { StockKeepingService } from './stock-keeping.service.js';
import { StockList } from './lists/stock-list.js';
import { StockLocationService } from './locations/stock-location.service.js';
import { StockEvents } from './stock-events.js';
import { StockResolver } from './stock.resolver.js';
import { StockService, type StockSettings } from './stock.service.js';

const idPrefixes = defineIdPrefixes({
  loc: 'StockLocation',
  smov: 'StockMovement',
  resv: 'StockReservation',
  hold: 'StockHold',
});
const permissions = definePermissions({
  STOCK_WRITE: { description: 'Adjust stock.', role: Role.MANAGER },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/**
 * Stock by location. Orders hold, sell and release it through `stock.service.ts`; staff counts, receives and transfers
 * through `stock-keeping.service.ts`; holds of carts and of other channels: `holds/`; locks come first in
 * `lock-stock-levels.ts`.
 */
export const inventoryModule = defineModule({
  name: 'inventory',
  dependsOn: [storeModule, identityModule, longJobsModule, catalogModule],
  tables: {
    stock_location: KEPT.catalogue,
    stock_level: KEPT.catalogue,
    stock_movement: KEPT.ledger,
    reservation: KEPT.ledger,
    stock_hold: KEPT.ledger,
    backorder: KEPT.ledger,
  },
  permissions,
  idPrefixes,
  errors: inventoryErrors,
  entities: [
    StockLocationEntity,
    StockLevelEntity,
    StockMovementEntity,
    ReservationEntity,
    StockHoldEntity,
    BackorderEntity,
  ],
  resolvers: [StockResolver, StockAdminResolver, StockHoldResolver, StockSettingsResolver, StockBulkResolver],
  orphanedTypes: [InsufficientStockError, StaleQuantityError, HoldClosedError],
  nodes: inventoryNodes,
  events: [stockLow],
  settingsGroups: [stockGroup],
  imports: [stockReceiveImport],
  bulkActions: [stockAdjust],
  setup(platform, { store }, settings: StockSettings) {
    const { resolvers, jobs, longJobs, imports, ...services } = createInventory({
      ...platform,
      ...{ settings, shopSettings: store.settings },
    });
    return {
      ...{ services, resolvers, jobs, longJobs, imports, subscriptions: relabelSubscriptions },
      start: async () => {
        const { lowStockThreshold } = await store.settings.get(stockGroup);
        await applyLowStockThreshold(platform.database, lowStockThreshold);
      },
    };
  },
});

export interface InventoryDeps {
  readonly database: Database;
  readonly keys: RequestKeys;
  readonly outbox: Outbox;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly settings: StockSettings;
  readonly shopSettings: SettingsService;
}

export interface Inventory {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly longJobs: readonly HandledLongJob[];
  readonly imports: HandledImport[];
  readonly stock: StockService;
  readonly cartHolds: CartHoldService;
}

/** Builds the domain's services and resolvers. */
export function createInventory({
  database,
  keys,
  outbox,
  cursors,
  clock,
  settings,
  shopSettings,
}: InventoryDeps): Inventory {
  const stockEvents = new StockEvents(outbox);
  const cartHolds = new CartHoldService(
    { ...settings, database, clock, settings: shopSettings },
    stockEvents,
  );
  const holds = new StockHoldService(database, keys, stockEvents, clock);
  const keeping = new StockKeepingService(database, keys, stockEvents);
  const list = new StockList(database, cursors);
  return {
    resolvers: [
      new StockResolver(list, new LedgerList(database, cursors)),
      new StockAdminResolver(keeping, new StockLocationService(database, stockEvents)),
      new StockHoldResolver(holds),
      new StockSettingsResolver(shopSettings),
      new StockBulkResolver(),
    ],
    jobs: [expireHolds(holds, cartHolds), relabelProducts(database)],
    longJobs: handleStockAdjust(list, keeping),
    imports: [receiveByList(database, stockEvents)],
    stock: new StockService(stockEvents, settings),
    cartHolds,
  };
}
