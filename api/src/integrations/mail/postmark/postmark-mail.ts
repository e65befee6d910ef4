import { Errors, ServerClient, type Models } from 'postmark';
import {
  MailOutcomeUnknown,
  MailRejectedError,
  MailUnavailable,
  type Mail,
  type MailProvider,
} from '../port.js';

export interface PostmarkSettings {
  readonly token: string;
  /** An address instead of Postmark's own, for tests; null for the real one. */
  readonly apiBase: string | null;
  readonly timeoutSeconds?: number;
}

/** Invalid address, and a recipient who bounced, complained or was suppressed: never retried. */
const REFUSED_CODES = new Set([300, 406]);
const TOO_LARGE = 413;

// The SDK keeps only the message of a network error, so the message carries the distinction.
const NEVER_SENT = 'Postmark was not reached';
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/**
 * Postmark with its own SDK, which never repeats a request. Postmark has no idempotency key: after a lost response the
 * mail may have been sent, so each mail carries our key as metadata, by which it can be searched.
 */
export function createPostmarkMail(settings: PostmarkSettings): MailProvider {
  const client = connect(settings);
  return {
    name: 'postmark',
    send: (mail) => send(client, mail),
    find: (key) => find(client, key),
  };
}

function connect({ token, apiBase, timeoutSeconds = 10 }: PostmarkSettings): ServerClient {
  const base = apiBase === null ? null : new URL(apiBase);
  return new ServerClient(token, {
    ...(base && { requestHost: base.host, useHttps: base.protocol === 'https:' }),
    timeout: timeoutSeconds,
    fetch: assertDelivered,
  });
}

async function assertDelivered(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (error) {
    const code = (error as { cause?: { code?: string } }).cause?.code ?? '';
    throw NOT_CONNECTED.has(code) ? new Error(`${NEVER_SENT} (${code})`) : error;
  }
}

async function send(client: ServerClient, { from, to, subject, html, text, key }: Mail): Promise<string> {
  const message: Models.Message = {
    From: from,
    To: to,
    Subject: subject,
    HtmlBody: html,
    TextBody: text,
    MessageStream: 'outbound',
    Metadata: { key },
  };
  let answer: Models.MessageSendingResponse;
  try {
    answer = await client.sendEmail(message);
  } catch (error) {
    throw asDomainError(error);
  }
  // The SDK passes on a body that is no JSON, or empty, as if it were the result.
  if (answer.ErrorCode !== 0 || !answer.MessageID)
    throw new MailOutcomeUnknown('Postmark answered without a message id');
  return answer.MessageID;
}

async function find(client: ServerClient, key: string): Promise<string | null> {
  try {
    const { Messages } = await client.getOutboundMessages({ count: 1, offset: 0, metadata_key: key });
    return Messages[0]?.MessageID ?? null;
  } catch (error) {
    // Not null: while the search is down the mail must not be sent again.
    throw new MailUnavailable(`Postmark's search did not answer: ${describe(error)}`);
  }
}

function asDomainError(error: unknown): Error {
  const { statusCode = 0, code = 0, message } = error as Partial<Errors.PostmarkError>;
  if (REFUSED_CODES.has(code) || statusCode === TOO_LARGE)
    return new MailRejectedError(`Postmark refused it: ${describe(error)}`);
  // Any other error concerns our account or their servers: the same mail can be sent once that is fixed.
  if (statusCode > 0 || message?.startsWith(NEVER_SENT))
    return new MailUnavailable(`Postmark is not taking mail: ${describe(error)}`);
  return new MailOutcomeUnknown(`Postmark's answer got lost: ${describe(error)}`);
}

function describe(error: unknown): string {
  const { statusCode, code, message } = error as Partial<Errors.PostmarkError>;
  return statusCode ? `status ${statusCode}, code ${code ?? 0}` : (message ?? 'no reason given');
}
