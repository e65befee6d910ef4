export type { UnpaidLimits } from './unpaid-limits.js';
export { stockHeldUnpaid } from './checkout.events.js';
