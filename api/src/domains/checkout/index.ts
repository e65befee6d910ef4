export type { UnpaidLimits } from './unpaid-limits.js';
