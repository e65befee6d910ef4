import { defineModule } from '../../platform/module.js';
import { auditModule } from '../audit/audit.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { checkoutModule } from '../checkout/checkout.module.js';
import { identityModule } from '../identity/identity.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { longJobsModule } from '../long-jobs/long-jobs.module.js';
import { mediaModule } from '../media/media.module.js';
import { notificationsModule } from '../notifications/notifications.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { returnsModule } from '../returns/returns.module.js';
import { routingModule } from '../routing/routing.module.js';
import { storeModule } from '../store/store.module.js';
import { auditExport } from './lists/audit.export.js';
import { checkoutBlockExport } from './lists/checkout-blocks.export.js';
import { customerExport } from './lists/customers.export.js';
import { disputeExport } from './lists/disputes.export.js';
import { emailExport } from './lists/emails.export.js';
import { mediaExport } from './lists/media.export.js';
import { orderExport } from './lists/orders.export.js';
import { productExport } from './lists/products.export.js';
import { redirectExport } from './lists/redirects.export.js';
import { returnExport } from './lists/returns.export.js';
import { stockExport } from './lists/stock.export.js';
import { stockMovementExport } from './lists/stock-movements.export.js';
import { stockReservationExport } from './lists/stock-reservations.export.js';
import { webhookEventExport } from './lists/webhook-events.export.js';

const listExports = [
  ...[orderExport, productExport, customerExport, returnExport, disputeExport],
  checkoutBlockExport,
  ...[stockExport, stockMovementExport, stockReservationExport, emailExport, webhookEventExport],
  auditExport,
  redirectExport,
  mediaExport,
];

/** Writes what the lists of staff show into files: `defineListExport`, and a file of `lists/` for each. */
export const listExportsModule = defineModule({
  name: 'listExports',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    paymentsModule,
    inventoryModule,
    ordersModule,
    returnsModule,
    checkoutModule,
    notificationsModule,
    auditModule,
    longJobsModule,
    routingModule,
    mediaModule,
  ],
  tables: {},
  entities: [],
  listExports: listExports.map(({ list }) => list),
  resolvers: [],
  setup: ({ database, cursors }, { catalog, media, routing, longJobs }) => ({
    services: {},
    resolvers: [],
    longJobs: listExports.map(({ handle }) =>
      handle(longJobs, {
        ...{ database, cursors, media },
        ...{ reference: catalog.reference, addresses: routing.kinds },
      }),
    ),
  }),
});
