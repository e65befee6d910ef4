import { PaymentProviders, type ProviderWatch, type TestPayments } from '../domains/payments/index.js';
import { createInboxMail } from '../integrations/mail/inbox/inbox-mail.js';
import type { MailProvider } from '../integrations/mail/port.js';
import { createTestProvider } from '../integrations/payments/sandbox/test-provider.js';
import type { Database } from '../platform/database/database.js';
import type { Env } from './settings/env.js';

/**
 * The payment providers that are set up: those that take new payments, and those of earlier payments, which must still
 * be refunded, captured and cancelled. Where the test provider takes new payments, also its payment form.
 */
export async function createPaymentProviders(
  { takesNew, connections }: Env['payments'],
  database: Database,
  watch: ProviderWatch,
): Promise<{ providers: PaymentProviders; testPayments: TestPayments | null }> {
  const all = await Promise.all(connections.map(async ({ connect }) => watch.over(await connect(database))));
  return {
    providers: new PaymentProviders(all, takesNew),
    testPayments: takesNew.includes('TEST') ? createTestProvider(database) : null,
  };
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
