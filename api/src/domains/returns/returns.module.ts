import { defineIdPrefixes } from '../../kernel/ids.js';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Database } from '../../platform/database/database.js';
import type { RequestKeys } from '../../platform/database/request-keys.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { mediaModule } from '../media/media.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import type { SettingsService } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { orderEditingModule } from '../order-editing/order-editing.module.js';
import { invoicingModule } from '../invoicing/invoicing.module.js';
import type { ExchangeService } from '../order-editing/index.js';
import { RateLimiter } from '../identity/index.js';
import type { StockService } from '../inventory/index.js';
import type { BuyerAccess, OrderRefundService, OrderService } from '../orders/index.js';
import { returnEvents } from './return.events.js';
import { refundMade } from './mails/refund-made.mail.js';
import { returnMails } from './mails/return-mails.js';
import { photoRoutes } from './photos/photo-routes.js';
import { PhotoLinks, photoLinks } from './photos/photo-links.js';
import { ReturnTerms, returnTerms } from './returnable.js';
import { ReturnAdminResolver } from './review/return-admin.resolver.js';
import { ReturnRepository } from './return-repository.js';
import { ReturnReviewService } from './review/return-review.service.js';
import { ReturnEntity, ReturnLineEntity, ReturnPhotoEntity } from './return.entity.js';
import {
  OrderLineReturnsResolver,
  OrderReturnsResolver,
  ReturnFieldsResolver,
  ReturnLineResolver,
} from './return-fields.resolver.js';
import { returnJobs, returnSubscriptions } from './return.jobs.js';
import { ReturnList } from './review/return-list.js';
import { returnLoaders } from './return.loaders.js';
import { ReturnPhotoProcessingService } from './photos/return-photo-processing.service.js';
import { ReturnPhotoService } from './photos/return-photo.service.js';
import { ReturnResolver } from './return.resolver.js';
import { ReturnService } from './return.service.js';
import { ReturnSettlingService } from './review/return-settling.service.js';
import { returnErrors } from './return.errors.js';
import { returnsPersonalData } from './personal-data.js';

const idPrefixes = defineIdPrefixes({ ret: 'Return', rline: 'ReturnLine', rpic: 'ReturnPhoto' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Goods that come back. Requests of buyers: `return.service.ts`; what can be returned: `returnable.ts`; decisions, arrival and
 * settlement by staff: `review/`; photos: `photos/`.
 */
export const returnsModule = defineModule({
  name: 'returns',
  dependsOn: [
    identityModule,
    catalogModule,
    mediaModule,
    paymentsModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
    orderEditingModule,
    invoicingModule,
    storeModule,
  ],
  tables: {
    order_return: KEPT.ledger,
    order_return_line: KEPT.ledger,
    return_photo:
      'Deleted each night: a day after its end, unless it belongs to a return; what the buyer sent goes as soon as its image is made.',
  },
  idPrefixes,
  personalData: returnsPersonalData,
  errors: returnErrors,
  entities: [ReturnEntity, ReturnLineEntity, ReturnPhotoEntity],
  events: returnEvents,
  resolvers: [
    ReturnResolver,
    ReturnAdminResolver,
    ReturnFieldsResolver,
    ReturnLineResolver,
    OrderReturnsResolver,
    OrderLineReturnsResolver,
  ],
  nodes: {
    ret: {
      type: 'Return',
      find: async (id, context) => {
        const { viewer } = context;
        const row = viewer && (await returnLoaders(context).byId.load(id));
        return row && (row.userId === viewer.userId || viewer.permissions.has('ORDER_READ')) ? row : null;
      },
    },
  },
  setup(platform, { media, inventory, orders, orderEditing, store }) {
    const { resolvers, jobs, photos, reviews } = createReturns({
      ...platform,
      ...orders,
      ...{
        settings: store.settings,
        stock: inventory.stock,
        exchanges: orderEditing.exchanges,
        files: platform.privateFiles,
      },
    });
    media.receiveUploadsFor(photos);
    return {
      ...{ services: { reviews }, resolvers, jobs, subscriptions: returnSubscriptions },
      routes: photoRoutes(photos),
      mails: [
        refundMade(orders.orderMails, platform.database),
        ...returnMails({ ...orders, database: platform.database }),
      ],
    };
  },
});

interface ReturnsDeps {
  readonly settings: SettingsService;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly keys: RequestKeys;
  readonly cursors: CursorCodec;
  readonly clock: Clock;
  readonly stock: StockService;
  readonly orders: OrderService;
  readonly refunding: OrderRefundService;
  readonly access: BuyerAccess;
  readonly exchanges: ExchangeService;
  /** Storage whose files are not served by their names. */
  readonly files: FileStorage;
  readonly secret: string;
}

interface Returns {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly photos: ReturnPhotoService;
  readonly reviews: ReturnReviewService;
}

/** Builds the domain's services and resolvers. */
function createReturns(deps: ReturnsDeps): Returns {
  const { database, outbox, keys, cursors, clock, stock, orders, refunding, access, files } = deps;
  const terms = new ReturnTerms(deps.settings, clock);
  const links = new PhotoLinks(deps.secret, clock);
  returnTerms.register(database, terms);
  photoLinks.register(database, links);
  const repository = new ReturnRepository(database, orders, outbox, keys);
  const reviews = new ReturnReviewService(repository, stock);
  const photos = new ReturnPhotoService({
    ...{ database, outbox, files, clock },
    limiter: new RateLimiter(database),
    links,
  });
  const photoProcessing = new ReturnPhotoProcessingService({ database, outbox, files });
  return {
    resolvers: [
      new ReturnResolver(access, new ReturnService(repository, terms), photos),
      new ReturnAdminResolver(
        new ReturnList(database, cursors),
        reviews,
        new ReturnSettlingService(repository, refunding, deps.exchanges),
        photoProcessing,
      ),
      new ReturnFieldsResolver(),
      new ReturnLineResolver(),
      new OrderReturnsResolver(),
      new OrderLineReturnsResolver(),
    ],
    jobs: returnJobs(photos, photoProcessing),
    ...{ photos, reviews },
  };
}
