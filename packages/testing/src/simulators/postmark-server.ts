import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const POSTMARK_TEST_TOKEN = 'postmark-test-token';
const SEND_FIELDS = new Set([
  'From',
  'To',
  'Subject',
  'HtmlBody',
  'TextBody',
  'MessageStream',
  'Metadata',
  'ReplyTo',
  'Tag',
  'Headers',
]);

export interface SentMail {
  readonly MessageID: string;
  readonly From: string;
  readonly To: string;
  readonly Subject: string;
  readonly HtmlBody: string;
  readonly TextBody: string;
  readonly Metadata: Readonly<Record<string, string>>;
}

/** The failures of the next requests. */
export type PostmarkFailure =
  | 'rate-limited'
  | 'status-500'
  /** The connection ends before the mail is accepted. */
  | 'unreachable'
  /** Sent, and the connection ends without a response. */
  | 'answer-lost'
  /** Sent, and the response is truncated. */
  | 'answer-cut'
  /** Sent, without a response until the server closes. */
  | 'hang'
  /** The account is out of credits. */
  | 'not-allowed';

export interface PostmarkServer {
  readonly url: string;
  readonly token: string;
  /** All sent mails, in order. */
  readonly sent: readonly SentMail[];
  /** This address bounced before: refused with 406 from now on. */
  deactivate(recipient: string): void;
  /** The search index lags: it returns nothing until this is cleared. */
  hideFromSearch(hidden: boolean): void;
  failNext(failure: PostmarkFailure, times?: number): void;
  close(): Promise<void>;
}

/** A local substitute for Postmark. */
export async function startPostmarkServer(): Promise<PostmarkServer> {
  const state: State = { sent: [], inactive: new Set(), failures: [], isHidden: false };
  const server = createServer((request, response) => {
    answer(request, response, state).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token: POSTMARK_TEST_TOKEN,
    sent: state.sent,
    deactivate: (recipient) => void state.inactive.add(recipient),
    hideFromSearch: (hidden) => void (state.isHidden = hidden),
    failNext: (failure, times = 1) =>
      void state.failures.push(...Array.from({ length: times }, () => failure)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface State {
  readonly sent: SentMail[];
  readonly inactive: Set<string>;
  readonly failures: PostmarkFailure[];
  isHidden: boolean;
}

async function answer(request: IncomingMessage, response: ServerResponse, state: State): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://postmark');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);

  if (request.headers['x-postmark-server-token'] !== POSTMARK_TEST_TOKEN)
    return reply(response, 401, userError(10, 'No Account or Server API tokens were supplied'));
  if (request.method === 'GET' && url.pathname === '/messages/outbound')
    return reply(response, 200, search(state, url.searchParams));
  if (request.method === 'GET' && url.pathname === '/server')
    return reply(response, 200, { ID: 1, Name: 'Test', ApiTokens: [POSTMARK_TEST_TOKEN] });
  if (request.method !== 'POST' || url.pathname !== '/email')
    return reply(response, 404, userError(404, 'Unknown address'));
  return take(response, Buffer.concat(chunks).toString('utf8'), state);
}

function take(response: ServerResponse, body: string, state: State): void {
  const mail = JSON.parse(body) as Omit<SentMail, 'MessageID'>;
  const failure = state.failures.shift() ?? null;
  const no = userErrorOf(mail, failure, state);
  if (no) return reply(response, no.status, no.json);
  if (failure === 'unreachable') return void response.destroy();

  const MessageID = randomUUID();
  state.sent.push({ ...mail, MessageID });
  if (failure === 'hang') return;
  if (failure === 'answer-lost') return void response.destroy();
  const text = JSON.stringify({
    To: mail.To,
    SubmittedAt: new Date().toISOString(),
    MessageID,
    ErrorCode: 0,
    Message: 'OK',
  });
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  if (failure !== 'answer-cut') return void response.end(text);
  response.write(text.slice(0, 20), () => response.destroy());
}

function userErrorOf(
  mail: Omit<SentMail, 'MessageID'>,
  failure: PostmarkFailure | null,
  { inactive }: State,
): { status: number; json: object } | null {
  if (failure === 'rate-limited') return { status: 429, json: userError(429, 'Too many requests') };
  if (failure === 'status-500') return { status: 500, json: userError(500, 'Server error') };
  if (failure === 'not-allowed')
    return { status: 422, json: userError(405, 'Not allowed to send: out of credits') };
  if (Object.keys(mail).some((field) => !SEND_FIELDS.has(field)))
    return { status: 422, json: userError(402, 'Unknown field') };
  if (!/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(mail.To))
    return { status: 422, json: userError(300, `Invalid 'To' address: '${mail.To}'.`) };
  if (inactive.has(mail.To))
    return {
      status: 422,
      json: userError(406, 'You tried to send to a recipient that has been marked as inactive.'),
    };
  return null;
}

function search({ sent, isHidden }: State, params: URLSearchParams): object {
  const wanted = [...params].filter(([name]) => name.startsWith('metadata_'));
  const found = isHidden
    ? []
    : sent.filter(({ Metadata }) =>
        wanted.every(([name, value]) => Metadata[name.slice('metadata_'.length)] === value),
      );
  return { TotalCount: found.length, Messages: found.slice(0, Number(params.get('count'))) };
}

function userError(ErrorCode: number, Message: string): object {
  return { ErrorCode, Message };
}

function reply(response: ServerResponse, status: number, json: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}
