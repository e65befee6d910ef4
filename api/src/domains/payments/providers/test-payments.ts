import type { ProviderIntent } from '../../../integrations/payments/port.js';

/** The browser's part of a payment; only the built-in test provider has it on the server. */
export interface TestPayments {
  confirm(clientSecret: string, cardNumber: string): Promise<ProviderIntent>;
  findBySecret(clientSecret: string): Promise<ProviderIntent | null>;
}
