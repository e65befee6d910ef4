import { readEmailAddress } from '../../kernel/email-address.js';
import { unpredictableCharacters } from '../../kernel/guessable.js';
import { hostOf, isExampleDomain, isPrivateHost, isThisMachine } from '../../kernel/web-address.js';
import { addressOfSender } from './env-values.js';
import type { Given } from './given-settings.js';

/** Programs and services that show mails instead of delivering them. */
const CATCHERS = [
  /(^|[.-])(mailpit|mailhog|mailcatcher|maildev|inbucket|smtp4dev|papercut|greenmail|fakesmtp)($|[.-])/,
  /^(sandbox\.)?smtp\.mailtrap\.io$/,
  /(^|\.)ethereal\.email$/,
];
/** The usual ports of such programs; mail servers listen at 25, 465, 587 or 2525. */
const PORTS_OF_CATCHERS = new Set(['1025', '2500', '3025', '8025']);
/** The ports at which a mail server of this machine listens. */
const MAIL_PORTS = new Set(['', '25', '465', '587']);
/** Real tokens have more than thirty. */
const FEWEST_UNPREDICTABLE = 6;

type Provider = 'postmark' | 'smtp' | 'inbox';

/** The provider that these settings lead to. */
function providerOf(env: Given): Provider {
  const chosen = env['MAIL_PROVIDER'];
  if (chosen === 'postmark' || chosen === 'smtp' || chosen === 'inbox') return chosen;
  return env['POSTMARK_SERVER_TOKEN'] ? 'postmark' : env['SMTP_URL'] ? 'smtp' : 'inbox';
}

/** Why no customer of a public shop would get a mail. */
export function mailMistakes(env: Given): string[] {
  const provider = providerOf(env);
  if (provider === 'inbox')
    return [
      'MAIL_PROVIDER is wrong: the inbox sends nothing, so no customer would get a mail; write postmark or smtp, or STAGING=true',
    ];
  return [
    ...(provider === 'postmark' ? postmark(env) : smtp(env['SMTP_URL'] ?? '')),
    ...sender(env['MAIL_FROM']),
    ...alerts(env['ADMIN_ALERT_EMAIL']),
  ];
}

/** What may be meant so: a mail server of this machine, which passes mails on. */
export function mailWarnings(env: Given): string[] {
  return providerOf(env) === 'smtp' && isThisMachine(hostOf(env['SMTP_URL'] ?? ''))
    ? ['SMTP_URL names this machine: mails arrive only if a mail server runs here that passes them on']
    : [];
}

function postmark(env: Given): string[] {
  const token = env['POSTMARK_SERVER_TOKEN'] ?? '';
  const wrong: string[] = [];
  if (/^postmark_api_test$/i.test(token.trim()))
    wrong.push(
      'POSTMARK_SERVER_TOKEN is wrong: with POSTMARK_API_TEST Postmark delivers nothing; write the token of a server',
    );
  else if (token && unpredictableCharacters(token) < FEWEST_UNPREDICTABLE)
    wrong.push(
      "POSTMARK_SERVER_TOKEN is wrong: it is a placeholder; copy the server token from Postmark's dashboard",
    );
  if (env['POSTMARK_API_BASE'])
    wrong.push('POSTMARK_API_BASE is wrong: it is for tests, mails would not reach Postmark; leave it out');
  return wrong;
}

function smtp(address: string): string[] {
  const url = URL.parse(address);
  const host = hostOf(address);
  if (!url) return [];
  const isCatcher =
    CATCHERS.some((catcher) => catcher.test(host)) ||
    PORTS_OF_CATCHERS.has(url.port) ||
    (isThisMachine(host) && !MAIL_PORTS.has(url.port));
  if (isCatcher)
    return [
      `SMTP_URL is wrong: ${url.host} catches mails for looking at, no customer would get one; write the server that delivers them, or STAGING=true`,
    ];
  return url.username === 'user' && url.password === 'password'
    ? ['SMTP_URL is wrong: user:password stands for the account at the mail server; write that one']
    : [];
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
