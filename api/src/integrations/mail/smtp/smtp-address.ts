import { z } from 'zod';
import { hostOf, isPrivateHost, isThisMachine } from '../../../kernel/web-address.js';
import type { IntegrationWarningCode } from '../../../platform/integration.js';

/**
 * What may stand behind the question mark. The library takes every one of its options from there, also those that run a
 * program instead of sending, write passwords to the log or swallow mails.
 */
const OPTIONS: ReadonlySet<string> = new Set([
  ...['requireTLS', 'ignoreTLS', 'tls.rejectUnauthorized', 'tls.servername', 'tls.minVersion'],
  ...['name', 'localAddress', 'authMethod', 'connectionTimeout', 'greetingTimeout', 'socketTimeout'],
  ...['pool', 'maxConnections', 'maxMessages', 'rateLimit', 'rateDelta'],
]);

/** The address of a mail server. */
export const smtpAddress = z
  .url({ protocol: /^smtps?$/, error: 'write smtp://user:password@host:587?requireTLS=true' })
  .refine(
    (text) => hostOf(text) !== '',
    'it names no server: write smtp://user:password@host:587?requireTLS=true',
  )
  .refine(
    (text) => optionsOf(text).every((name) => OPTIONS.has(name)),
    `behind the question mark only these are taken: ${[...OPTIONS].join(', ')}`,
  );

/** The names behind the first question mark as they are written: one that is encoded is in no list. */
function optionsOf(text: string): string[] {
  const [, ...behind] = text.split('?');
  const query = behind.join('?');
  return query === '' ? [] : query.split('&').map((pair) => pair.split('=')[0] ?? '');
}

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

/** Why no customer of a public shop would get a mail by this address. */
export function smtpMistakes(address: string): string[] {
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

/**
 * What is not safe on the way to a mail server outside of this machine and of private networks: mails and the password
 * may be read, and mails be kept back, by whoever is on the way.
 */
export function smtpWarnings(
  address: string,
): { readonly code: IntegrationWarningCode; readonly message: string }[] {
  const url = URL.parse(address);
  const host = hostOf(address);
  if (!url || isThisMachine(host) || isPrivateHost(host)) return [];
  // As the library reads it.
  const isOn = (option: string): boolean => !['false', ''].includes(url.searchParams.get(option) ?? '');
  const warnings: { code: IntegrationWarningCode; message: string }[] = [];
  const isPlain = url.protocol === 'smtp:';
  if (isPlain && isOn('ignoreTLS'))
    warnings.push({
      code: 'UNENCRYPTED',
      message: `SMTP_URL has ignoreTLS: mails and the password go to ${url.host} unencrypted; leave it out, and add ?requireTLS=true`,
    });
  else if (isPlain && !isOn('requireTLS'))
    warnings.push({
      code: 'ENCRYPTION_OPTIONAL',
      message: `SMTP_URL begins with smtp:// without ?requireTLS=true: whoever is on the way to ${url.host} can have mails and the password sent unencrypted`,
    });
  if (url.searchParams.get('tls.rejectUnauthorized') === 'false')
    warnings.push({
      code: 'UNVERIFIED_SERVER',
      message: `SMTP_URL has tls.rejectUnauthorized=false: anybody on the way can pretend to be ${url.host}`,
    });
  return warnings;
}
