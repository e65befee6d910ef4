import type { HandledJob } from '../../platform/jobs/define-job.js';
import { defineModule, type Platform } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import { ordersModule } from '../orders/orders.module.js';
import { checkoutModule } from '../checkout/checkout.module.js';
import { orderEditingModule } from '../order-editing/order-editing.module.js';
import { invoicingModule } from '../invoicing/invoicing.module.js';
import { returnsModule } from '../returns/returns.module.js';
import { notificationsModule } from '../notifications/notifications.module.js';
import { alertOn } from '../notifications/index.js';
import { integrityBroken } from './integrity.events.js';
import { runIntegrityChecks } from './audit.job.js';
import { IntegrityCheckEntity } from './integrity-check.entity.js';
import { IntegrityResolver } from './integrity.resolver.js';
import { CHECKS } from './invariants.js';
import { IntegrityService } from './integrity.service.js';

/**
 * Checks every night that what is stored fits together. The invariants: `money-invariants.ts`, `stock-invariants.ts`,
 * `event-invariants.ts` and those that modules declare; running and reporting them: `integrity.service.ts`.
 */
export const integrityModule = defineModule({
  name: 'integrity',
  dependsOn: [
    identityModule,
    catalogModule,
    paymentsModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
    checkoutModule,
    orderEditingModule,
    invoicingModule,
    returnsModule,
    notificationsModule,
  ],
  tables: {
    integrity_check: KEPT.ledger,
  },
  entities: [IntegrityCheckEntity],
  events: [integrityBroken],
  checks: CHECKS,
  resolvers: [IntegrityResolver],
  setup(platform) {
    const { resolvers, jobs, integrity } = createIntegrity(platform);
    return {
      services: { integrity },
      resolvers,
      jobs,
      subscriptions: [alertOn(integrityBroken, 'integrity-broken')],
    };
  },
});

/** Builds the integrity checks: SQL over every table, no other domain's code. */
function createIntegrity(deps: Pick<Platform, 'database' | 'outbox' | 'logger' | 'checks'>): {
  resolvers: object[];
  jobs: HandledJob[];
  integrity: IntegrityService;
} {
  const integrity = new IntegrityService(deps);
  return { integrity, resolvers: [new IntegrityResolver(integrity)], jobs: [runIntegrityChecks(integrity)] };
}
