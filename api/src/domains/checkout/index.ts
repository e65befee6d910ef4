export type { TestConfirm } from './test-payment.resolver.js';
