import { readEmailAddress } from '../../kernel/email-address.js';
import { postmarkMistakes } from '../../integrations/mail/postmark/postmark-token.js';
import { smtpMistakes, smtpWarnings } from '../../integrations/mail/smtp/smtp-address.js';
import { hostOf, isExampleDomain, isPrivateHost, isThisMachine } from '../../kernel/web-address.js';
import { addressOfSender } from './env-values.js';
import type { Given } from './given-settings.js';

type Provider = 'postmark' | 'smtp' | 'inbox' | 'admin';

/** The provider that these settings lead to; `admin` when staff choose it. */
function providerOf(env: Given): Provider {
  const chosen = env['MAIL_PROVIDER'];
  if (chosen === 'postmark' || chosen === 'smtp' || chosen === 'inbox') return chosen;
  if (env['POSTMARK_SERVER_TOKEN']) return 'postmark';
  if (env['SMTP_URL']) return 'smtp';
  return chosen === 'admin' ? 'admin' : 'inbox';
}

/** Why no customer of a public shop would get a mail. */
export function mailMistakes(env: Given): string[] {
  const provider = providerOf(env);
  if (provider === 'inbox')
    return [
      'MAIL_PROVIDER is wrong: the inbox sends nothing, so no customer would get a mail; write postmark or smtp (admin when staff write their values in the admin), or STAGING=true',
    ];
  return [
    ...(provider === 'postmark' || provider === 'admin' ? postmarkMistakes(env) : []),
    ...(provider === 'smtp' ? smtpMistakes(env['SMTP_URL'] ?? '') : []),
    ...sender(env['MAIL_FROM']),
    ...alerts(env['ADMIN_ALERT_EMAIL']),
  ];
}

/** What may be meant so: a mail server of this machine, which passes mails on, or one without safe encryption. */
export function mailWarnings(env: Given): string[] {
  if (providerOf(env) !== 'smtp') return [];
  const url = env['SMTP_URL'] ?? '';
  return isThisMachine(hostOf(url))
    ? ['SMTP_URL names this machine: mails arrive only if a mail server runs here that passes them on']
    : smtpWarnings(url).map(({ message }) => message);
}

function sender(from: string | undefined): string[] {
  if (!from) return ['MAIL_FROM is missing: write the sender of the mails to customers'];
  const domain = domainOf(addressOfSender(from));
  const where = nowhere(domain);
  return where
    ? [
        `MAIL_FROM is wrong: ${domain} exists ${where}, mails from there are refused; write an address of the shop`,
      ]
    : [];
}

function alerts(to: string | undefined): string[] {
  const domain = domainOf(readEmailAddress(to ?? ''));
  const where = nowhere(domain);
  return where
    ? [
        `ADMIN_ALERT_EMAIL is wrong: ${domain} exists ${where}, nobody would hear of trouble; write an address that is read`,
      ]
    : [];
}

/** Where a domain exists that the mail servers of others do not find; null for all others. */
function nowhere(domain: string): string | null {
  if (isExampleDomain(domain)) return 'in examples only';
  return isPrivateHost(domain) ? 'in a network of your own only' : null;
}

function domainOf(address: string | null): string {
  return address?.slice(address.lastIndexOf('@') + 1) ?? '';
}
