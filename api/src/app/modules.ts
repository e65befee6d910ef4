import { auditModule } from '../domains/audit/audit.module.js';
import { brandModule } from '../domains/brand/brand.module.js';
import { bulkActionsModule } from '../domains/bulk-actions/bulk-actions.module.js';
import { cartModule } from '../domains/cart/cart.module.js';
import { catalogModule } from '../domains/catalog/catalog.module.js';
import { contentModule } from '../domains/content/content.module.js';
import { customFieldsModule } from '../domains/custom-fields/custom-fields.module.js';
import { checkoutModule } from '../domains/checkout/checkout.module.js';
import { orderEditingModule } from '../domains/order-editing/order-editing.module.js';
import { invoicingModule } from '../domains/invoicing/invoicing.module.js';
import { identityModule } from '../domains/identity/identity.module.js';
import { listExportsModule } from '../domains/list-exports/list-exports.module.js';
import { longJobsModule } from '../domains/long-jobs/long-jobs.module.js';
import { importsModule } from '../domains/imports/imports.module.js';
import { integrityModule } from '../domains/integrity/integrity.module.js';
import { inventoryModule } from '../domains/inventory/inventory.module.js';
import { mediaModule } from '../domains/media/media.module.js';
import { metadataModule } from '../domains/metadata/metadata.module.js';
import { notificationsModule } from '../domains/notifications/notifications.module.js';
import { ordersModule } from '../domains/orders/orders.module.js';
import { paymentsModule } from '../domains/payments/payments.module.js';
import { pluginsModule } from '../domains/plugins/plugins.module.js';
import { pricingModule } from '../domains/pricing/pricing.module.js';
import { returnsModule } from '../domains/returns/returns.module.js';
import { routingModule } from '../domains/routing/routing.module.js';
import { savedViewsModule } from '../domains/saved-views/saved-views.module.js';
import { setupModule } from '../domains/setup/setup.module.js';
import { shippingModule } from '../domains/shipping/shipping.module.js';
import { storeModule } from '../domains/store/store.module.js';

/** Every domain of the shop. Each names what it depends on; permissions are listed in this order. */
export const modules = [
  storeModule,
  mediaModule,
  catalogModule,
  shippingModule,
  pricingModule,
  inventoryModule,
  cartModule,
  paymentsModule,
  ordersModule,
  identityModule,
  longJobsModule,
  importsModule,
  savedViewsModule,
  routingModule,
  brandModule,
  contentModule,
  checkoutModule,
  orderEditingModule,
  returnsModule,
  invoicingModule,
  metadataModule,
  customFieldsModule,
  notificationsModule,
  auditModule,
  listExportsModule,
  bulkActionsModule,
  pluginsModule,
  setupModule,
  integrityModule,
] as const;
