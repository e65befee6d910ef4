import { postmarkIntegration } from '../integrations/mail/postmark/postmark-integration.js';
import { smtpIntegration } from '../integrations/mail/smtp/smtp-integration.js';
import { PAYMENT_ADAPTERS } from '../integrations/payments/adapters.js';
import type { Integration } from '../platform/integration.js';

/** The services of the adapters that come with the shop; modules may declare more. */
export const ADAPTER_INTEGRATIONS: readonly Integration[] = [
  ...PAYMENT_ADAPTERS.flatMap(({ integration }) => integration ?? []),
  postmarkIntegration,
  smtpIntegration,
];
