import { createTransport, type SMTPTransportOptions } from 'nodemailer';
import {
  MailOutcomeUnknown,
  MailRejectedError,
  MailUnavailable,
  type Mail,
  type MailProvider,
} from '../port.js';

export interface SmtpSettings {
  /** `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
  readonly url: string;
  readonly timeoutMs?: number;
}

interface SmtpError {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly timeoutType?: string;
}

/**
 * Any SMTP server. SMTP cannot look up sent mails, so after a lost response the mail is sent again; both carry the same
 * Message-ID, by which many mailboxes show them as one.
 */
export function createSmtpMail({ url, timeoutMs = 10_000 }: SmtpSettings): MailProvider {
  const options: SMTPTransportOptions = {
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
  const transport = createTransport(options);

  return {
    name: 'smtp',
    async send({ from, to, subject, html, text, key }: Mail): Promise<string> {
      try {
        const { messageId } = await transport.sendMail({
          from,
          to,
          subject,
          html,
          text,
          messageId: messageIdOf(key, from),
        });
        return messageId;
      } catch (error) {
        throw asDomainError(error as SmtpError);
      }
    },
    find: async () => null,
  };
}

function messageIdOf(key: string, from: string): string {
  const domain = /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
  return `<${key}@${domain}>`;
}

function asDomainError(error: SmtpError): Error {
  const reason = [error.code, error.originalCode, error.command, error.responseCode]
    .filter(Boolean)
    .join(' ');
  if (isRejection(error)) return new MailRejectedError(`The mail server refused it: ${reason}`);
  if (error.responseCode || wasNotSent(error))
    return new MailUnavailable(`The mail server is not taking mail: ${reason}`);
  return new MailOutcomeUnknown(`The mail server's answer got lost: ${reason}`);
}

/**
 * Whether the error concerns this recipient or content. A refused sender or login is a configuration error and can be
 * fixed.
 */
function isRejection({ code, command, responseCode = 0 }: SmtpError): boolean {
  if (code === 'EENVELOPE' && command === 'API') return true;
  return responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

function wasNotSent({ code = '', originalCode, timeoutType }: SmtpError): boolean {
  if (['EDNS', 'ETLS', 'EAUTH', 'ENOAUTH', 'ECONFIG', 'EPROXY'].includes(code)) return true;
  if (timeoutType === 'CONNECT_TIMEOUT' || timeoutType === 'GREETING_TIMEOUT') return true;
  return ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'].includes(originalCode ?? code);
}
