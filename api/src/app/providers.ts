import { PaymentProviders, type ProviderWatch, type TestPayments } from '../domains/payments/index.js';
import { createInboxMail } from '../integrations/mail/inbox/inbox-mail.js';
import type { MailProvider } from '../integrations/mail/port.js';
import type { PaymentProvider } from '../integrations/payments/port.js';
import { createTestProvider } from '../integrations/payments/test/test-provider.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './settings/env.js';

// The providers' libraries are large: only those in use are loaded.

/**
 * The payment providers that the settings name: first the one for new payments, then those of earlier payments, which
 * must still be refunded, captured and cancelled. With the test provider as the first, also its payment page.
 */
export async function createPaymentProviders(
  settings: Env['payments'],
  database: Database,
  watch: ProviderWatch,
): Promise<{ providers: PaymentProviders; testPayments: TestPayments | null }> {
  const test = createTestProvider(database);
  const stripe = settings.stripe && watch.over(await createStripe(settings.stripe));
  if (settings.provider === 'stripe' && stripe)
    return { providers: new PaymentProviders(stripe, [test]), testPayments: null };
  return { providers: new PaymentProviders(test, stripe ? [stripe] : []), testPayments: test };
}

async function createStripe(settings: NonNullable<Env['payments']['stripe']>): Promise<PaymentProvider> {
  const { createStripeProvider } = await import('../integrations/payments/stripe/stripe-provider.js');
  return createStripeProvider(settings);
}

/** The mail provider that the settings name. */
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
