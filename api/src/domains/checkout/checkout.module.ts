import type { Logger } from '../../kernel/logger.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { DomainModule } from '../../platform/module.js';
import type { RateLimiter } from '../identity/index.js';
import type { ShopReference } from '../pricing/index.js';
import type { OrderTokens, PaymentFinalizer } from '../orders/index.js';
import { CartReadinessResolver } from './cart-readiness.js';
import { CheckoutBlockResolver } from './checkout-block.resolver.js';
import { CheckoutBlockService } from './checkout-block.service.js';
import { CheckoutResolver } from './checkout.resolver.js';
import { CheckoutService, type CheckoutParts } from './checkout.service.js';
import { PaymentStatusService } from './payment-status.service.js';
import { CheckoutAttemptEntity, CheckoutBlockEntity } from './checkout-limit.entity.js';
import { cleanUpLimits } from './clean-up-limits.job.js';
import { checkoutJobs } from './reopen-cart.job.js';
import { ShopResolver } from './shop.resolver.js';
import { UnpaidGuard } from './unpaid-guard.js';
import type { UnpaidLimits } from './unpaid-limits.js';
import { TestPaymentResolver, type TestPayments } from './test-payment.resolver.js';

export const checkoutModule: DomainModule = {
  entities: [CheckoutAttemptEntity, CheckoutBlockEntity],
  resolvers: [
    CheckoutResolver,
    CartReadinessResolver,
    TestPaymentResolver,
    ShopResolver,
    CheckoutBlockResolver,
  ],
};

export interface CheckoutDeps extends Omit<CheckoutParts, 'guard'> {
  readonly logger: Logger;
  readonly limits: UnpaidLimits;
  /** Keys the hash under which networks are stored. */
  readonly secret: string;
  readonly finalizer: PaymentFinalizer;
  readonly tokens: OrderTokens;
  readonly limiter: RateLimiter;
  readonly reference: ShopReference;
  readonly shop: { readonly name: string; readonly currency: string; readonly returnDays: number };
  /** The test provider's way to pay; null with any other provider. */
  readonly testPayments: TestPayments | null;
}

/** Builds the domain's services and resolvers. */
export function createCheckout(deps: CheckoutDeps): {
  resolvers: object[];
  jobs: HandledJob[];
  checkout: CheckoutService;
} {
  const { orders, payments, finalizer, tokens, reference, shop, settings, testPayments, limiter } = deps;
  const { name: provider, publishableKey } = payments.providers.current;
  const guard = new UnpaidGuard(deps);
  const checkout = new CheckoutService({ ...deps, guard });
  const { askAgainSeconds } = settings;
  const statuses = new PaymentStatusService({
    ...{ orders, payments, finalizer, tokens, limiter, askAgainSeconds },
  });
  return {
    resolvers: [
      new CheckoutResolver(checkout, statuses, tokens, payments.providers),
      new CartReadinessResolver(payments.providers.current, settings.paymentMethods),
      new TestPaymentResolver(statuses, testPayments),
      new CheckoutBlockResolver(new CheckoutBlockService(deps)),
      new ShopResolver(reference, {
        ...shop,
        language: settings.language,
        payment: { provider, publishableKey },
        paymentMethods: settings.paymentMethods,
      }),
    ],
    jobs: [...checkoutJobs(deps), cleanUpLimits(deps.database)],
    checkout,
  };
}
