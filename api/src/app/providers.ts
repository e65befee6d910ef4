import type { TestConfirm } from '../domains/checkout/index.js';
import { createInboxMail } from '../integrations/mail/inbox/inbox-mail.js';
import type { MailProvider } from '../integrations/mail/port.js';
import { createPostmarkMail } from '../integrations/mail/postmark/postmark-mail.js';
import { createSmtpMail } from '../integrations/mail/smtp/smtp-mail.js';
import type { PaymentProvider } from '../integrations/payments/port.js';
import { createStripeProvider } from '../integrations/payments/stripe/stripe-provider.js';
import { createTestProvider } from '../integrations/payments/test/test-provider.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './env.js';

/** The payment service that the settings name; with the test provider also its way to pay. */
export function createPaymentProvider(
  settings: Env['payments'],
  database: Database,
): { provider: PaymentProvider; testConfirm: TestConfirm | null } {
  if (settings.provider === 'stripe') return { provider: createStripeProvider(settings), testConfirm: null };
  const provider = createTestProvider(database);
  return { provider, testConfirm: (clientSecret, cardNumber) => provider.confirm(clientSecret, cardNumber) };
}

/** The mail service that the settings name. */
export function createMailProvider(settings: Env['mail'], database: Database): MailProvider {
  switch (settings.provider) {
    case 'postmark':
      return createPostmarkMail(settings);
    case 'smtp':
      return createSmtpMail(settings);
    case 'inbox':
      return createInboxMail(database);
  }
}
