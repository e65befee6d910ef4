import { defineIdPrefixes } from '../../kernel/ids.js';
import type { Clock } from '../../kernel/clock.js';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { Database } from '../../platform/database/database.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { orderEditingModule } from '../order-editing/order-editing.module.js';
import type { OrderService } from '../orders/index.js';
import { taxGroup, type SettingsService } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { beginSeries, invoicingGroup, InvoicingSettingsResolver } from './invoicing-settings.js';
import { assertMention } from './legal-mention.js';
import { invoicingErrors } from './invoicing.errors.js';
import { invoicingEvents } from './invoicing.events.js';
import { DocumentFiles } from './document-files.js';
import { invoiceMail } from './mails/invoice.mail.js';
import { documentRoutes } from './document-routes.js';
import { documentLinks, DocumentLinks } from './document-links.js';
import { documentSubscriptions, documentJobs } from './invoicing.jobs.js';
import { OrderInvoicesResolver } from './documents.resolver.js';
import { InvoiceEntity, InvoiceSeriesEntity } from './invoice.entity.js';
import { InvoiceService } from './invoice.service.js';
import { invoicingPersonalData } from './personal-data.js';

const idPrefixes = defineIdPrefixes({ inv: 'Invoice' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Invoices and credit notes. When one is issued: `invoice.service.ts`; what stands on it:
 * `invoice-content.ts`; how it is printed: `pdf/`.
 */
export const invoicingModule = defineModule({
  name: 'invoicing',
  dependsOn: [
    identityModule,
    catalogModule,
    paymentsModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
    orderEditingModule,
    storeModule,
  ],
  tables: {
    invoice: KEPT.ledger,
    invoice_series: KEPT.ledger,
  },
  idPrefixes,
  personalData: invoicingPersonalData,
  entities: [InvoiceSeriesEntity, InvoiceEntity],
  events: invoicingEvents,
  errors: invoicingErrors,
  settingsGroups: [invoicingGroup],
  hookErrors: { taxSettingsUpdate: ['MENTION_MISSING'] },
  resolvers: [OrderInvoicesResolver, InvoicingSettingsResolver],
  setup(platform, { orders, store }) {
    store.settings.guard(taxGroup, { check: (tx, next) => assertMention(tx, next, store.settings) });
    const { resolvers, jobs, documentFiles, ...services } = createInvoicing({
      ...platform,
      ...{ settings: store.settings, orders: orders.orders },
    });
    return {
      services: { ...services, beginSeries: (series: string) => beginSeries(store.settings, series) },
      ...{ resolvers, jobs, subscriptions: documentSubscriptions },
      routes: documentRoutes(documentFiles),
      mails: [invoiceMail(orders.orderMails, platform.database)],
    };
  },
});

interface InvoicingDeps {
  readonly settings: SettingsService;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly orders: OrderService;
  readonly storage: FileStorage;
  readonly secret: string;
}

interface Documents {
  readonly resolvers: object[];
  readonly jobs: HandledJob[];
  readonly invoices: InvoiceService;
  readonly documentFiles: DocumentFiles;
}

/** Builds the domain's services and resolvers. */
function createInvoicing(deps: InvoicingDeps): Documents {
  const { database, outbox, clock, orders, secret, settings, storage } = deps;
  const links = new DocumentLinks(secret, clock);
  documentLinks.register(database, links);
  const invoices = new InvoiceService({ database, outbox, orders, clock, settings });
  return {
    resolvers: [new OrderInvoicesResolver(), new InvoicingSettingsResolver(settings)],
    jobs: documentJobs(invoices),
    invoices,
    documentFiles: new DocumentFiles(links, invoices, storage),
  };
}
