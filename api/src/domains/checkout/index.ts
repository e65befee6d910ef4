export type { TestPayments } from './test-payment.resolver.js';
export { checkoutEvents } from './reopen-cart.job.js';
export type { UnpaidLimits } from './unpaid-limits.js';
