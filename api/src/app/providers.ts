import type { TestConfirm } from '../domains/checkout/index.js';
import { createInboxMail } from '../integrations/mail/inbox/inbox-mail.js';
import type { MailProvider } from '../integrations/mail/port.js';
import type { PaymentProvider } from '../integrations/payments/port.js';
import { createTestProvider } from '../integrations/payments/test/test-provider.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './env.js';

// The services' own libraries are large: only the one in use is loaded.

/** The payment service that the settings name; with the test provider also its way to pay. */
export async function createPaymentProvider(
  settings: Env['payments'],
  database: Database,
): Promise<{ provider: PaymentProvider; testConfirm: TestConfirm | null }> {
  if (settings.provider === 'stripe') {
    const { createStripeProvider } = await import('../integrations/payments/stripe/stripe-provider.js');
    return { provider: createStripeProvider(settings), testConfirm: null };
  }
  const provider = createTestProvider(database);
  return { provider, testConfirm: (clientSecret, cardNumber) => provider.confirm(clientSecret, cardNumber) };
}

/** The mail service that the settings name. */
export async function createMailProvider(settings: Env['mail'], database: Database): Promise<MailProvider> {
  switch (settings.provider) {
    case 'postmark': {
      const { createPostmarkMail } = await import('../integrations/mail/postmark/postmark-mail.js');
      return createPostmarkMail(settings);
    }
    case 'smtp': {
      const { createSmtpMail } = await import('../integrations/mail/smtp/smtp-mail.js');
      return createSmtpMail(settings);
    }
    case 'inbox':
      return createInboxMail(database);
  }
}
