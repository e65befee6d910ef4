import { defineIdPrefixes } from '../../kernel/ids.js';
import type { FileStorage } from '../../integrations/storage/port.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import type { Logger } from '../../kernel/logger.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import { defineModule } from '../../platform/module.js';
import { identityModule } from '../identity/identity.module.js';
import { catalogModule } from '../catalog/catalog.module.js';
import { paymentsModule } from '../payments/payments.module.js';
import { pricingModule } from '../pricing/pricing.module.js';
import { inventoryModule } from '../inventory/inventory.module.js';
import { cartModule } from '../cart/cart.module.js';
import { ordersModule } from '../orders/orders.module.js';
import type { RateLimiter } from '../identity/index.js';
import {
  ClientQuestions,
  type PaymentFinalizer,
  type PaymentIntents,
  type TestPayments,
} from '../payments/index.js';
import type { CartMergeService } from '../cart/index.js';
import type { SettingsService, ShopWords } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import type { ShopConfigCache } from '../pricing/index.js';
import type { OrderTokens } from '../orders/index.js';
import { stockHeldUnpaid } from './checkout.events.js';
import { CartReadinessResolver } from './cart-readiness.js';
import { CheckoutBlockList } from './blocks/checkout-block-list.js';
import { CheckoutBlockResolver } from './blocks/checkout-block.resolver.js';
import { CheckoutBlockService } from './blocks/checkout-block.service.js';
import { CheckoutResolver } from './checkout.resolver.js';
import { CheckoutService, type CheckoutServiceDeps } from './checkout.service.js';
import { OfferedMethods } from './offered-methods.js';
import { PaymentStatusService } from './payment-status.service.js';
import { CheckoutAttemptEntity, CheckoutBlockEntity } from './checkout-limit.entity.js';
import { cleanUpLimits } from './clean-up-limits.job.js';
import { checkoutJobs, checkoutSubscriptions } from './reopen-cart.job.js';
import { ShopResolver } from './shop.resolver.js';
import { StockErrorLimit } from './stock-error-limit.js';
import { UnpaidGuard } from './unpaid/unpaid-guard.js';
import type { UnpaidLimits } from './unpaid/unpaid-limits.js';
import { TestPaymentResolver } from './test-payment.resolver.js';
import { checkoutErrors } from './checkout.errors.js';
import { checkoutPersonalData } from './personal-data.js';

const idPrefixes = defineIdPrefixes({ block: 'CheckoutBlock' });

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
}

/**
 * Turns a cart into an order. The transaction: `place-order.ts`; what may be held without being paid:
 * `unpaid-limits.ts`; blocked buyers: `blocks/`; the status of a payment on the thank-you page: `payment-status.service.ts`.
 */
export const checkoutModule = defineModule({
  name: 'checkout',
  dependsOn: [
    storeModule,
    identityModule,
    catalogModule,
    paymentsModule,
    pricingModule,
    inventoryModule,
    cartModule,
    ordersModule,
  ],
  tables: {
    checkout_attempt: 'Deleted each night: when its limits no longer count it.',
    checkout_block:
      'Deleted each night: 30 days after its end, be it lifted or over; the timeline of its order keeps by whom.',
  },
  idPrefixes,
  personalData: checkoutPersonalData,
  errors: checkoutErrors,
  entities: [CheckoutAttemptEntity, CheckoutBlockEntity],
  events: [stockHeldUnpaid],
  resolvers: [
    CheckoutResolver,
    CartReadinessResolver,
    TestPaymentResolver,
    ShopResolver,
    CheckoutBlockResolver,
  ],
  setup(
    platform,
    { store, identity, payments, pricing, inventory, cart, orders },
    settings: CheckoutModuleSettings,
  ) {
    const { resolvers, jobs, checkout, blocks } = createCheckout({
      ...platform,
      ...orders,
      ...settings,
      ...payments,
      ...{ ...cart, reference: pricing.reference, shopSettings: store.settings, words: store.words },
      ...{ stock: inventory.stock, limiter: identity.rateLimiter },
    });
    return { services: { checkout, blocks }, resolvers, jobs, subscriptions: checkoutSubscriptions };
  },
});

export interface CheckoutModuleSettings {
  readonly settings: CheckoutServiceDeps['settings'];
  readonly limits: UnpaidLimits;
}

interface CheckoutDeps
  extends
    Omit<CheckoutServiceDeps, 'guard' | 'questions' | 'stockErrors' | 'settings' | 'offered'>,
    CheckoutModuleSettings {
  readonly intents: PaymentIntents;
  readonly logger: Logger;
  readonly cursors: CursorCodec;
  /** Keys the hash under which networks are stored. */
  readonly secret: string;
  readonly finalizer: PaymentFinalizer;
  readonly tokens: OrderTokens;
  readonly limiter: RateLimiter;
  readonly cartMerge: CartMergeService;
  readonly reference: ShopConfigCache;
  readonly shopSettings: SettingsService;
  readonly words: ShopWords;
  readonly storage: FileStorage;
  /** The test provider's payment form; null while another provider takes payments. */
  readonly testPayments: () => TestPayments | null;
}

/** Builds the domain's services and resolvers. */
function createCheckout(deps: CheckoutDeps): {
  resolvers: object[];
  jobs: HandledJob[];
  checkout: CheckoutService;
  blocks: CheckoutBlockService;
} {
  const { providers, tokens, reference, shopSettings, testPayments } = deps;
  const { settings } = deps;
  const { askAgainSeconds } = settings;
  const offered = new OfferedMethods(shopSettings, providers);
  const guard = new UnpaidGuard(deps);
  const questions = new ClientQuestions(deps.intents, askAgainSeconds);
  const stockErrors = new StockErrorLimit(deps.limiter);
  const checkout = new CheckoutService({ ...deps, offered, guard, questions, stockErrors });
  const blocks = new CheckoutBlockService(deps);
  const statuses = new PaymentStatusService({ ...deps, questions });
  return {
    resolvers: [
      new CheckoutResolver(checkout, statuses, tokens, providers),
      new CartReadinessResolver(providers, offered, shopSettings, deps.clock),
      new TestPaymentResolver(statuses, testPayments),
      new CheckoutBlockResolver(blocks, new CheckoutBlockList(deps.database, deps.cursors)),
      new ShopResolver(reference, {
        ...{ settings: shopSettings, words: deps.words, offered, providers },
        ...{ storage: deps.storage, clock: deps.clock },
      }),
    ],
    jobs: [...checkoutJobs(deps), cleanUpLimits(deps.database)],
    ...{ checkout, blocks },
  };
}
