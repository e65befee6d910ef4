import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * The security headers of answers that are given before any hook of a route runs, and so without those that are set
 * there. Nothing in such an answer may run, load or be framed.
 */
const HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'cross-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
  'cache-control': 'no-store',
} as const;

/** Writes an answer that clients and browser tools can read, then closes the socket. */
export function refuse(socket: Duplex, status: number): void {
  socket.once('error', () => socket.destroy());
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
    'content-length: 0',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

/** Options of the server: who answers when a request cannot be read, and so reaches no route. */
export const EARLY_ANSWERS = {
  clientErrorHandler(error: Error & { readonly code?: string }, socket: Duplex): void {
    const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse };
    // In the middle of another answer a status line would be taken for a part of it.
    if (error.code === 'ECONNRESET' || !socket.writable || answer?.headersSent) socket.destroy();
    else refuse(socket, STATUS_OF_ERRORS[error.code ?? ''] ?? 400);
  },
  frameworkErrors(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
    const sentence =
      error.statusCode === 414
        ? 'The address of the request is too long.'
        : 'The address of the request cannot be read.';
    void reply
      .code(error.statusCode ?? 400)
      .headers({ ...HEADERS, 'x-request-id': request.id })
      .type('text/plain; charset=utf-8')
      .send(sentence);
  },
} as const;

const STATUS_OF_ERRORS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Why a request must be refused for its Host (RFC 9112, 3.2): it has none, or several, of which a proxy in front may read
 * another one than Node. Null if there is no fault.
 */
export function faultOfHost({ headers, httpVersion, rawHeaders }: IncomingMessage): string | null {
  if (headers.host === undefined) return httpVersion === '1.1' ? 'The request has no Host.' : null;
  const hosts = rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
  return hosts.length > 1 ? 'The request has several Hosts.' : null;
}

/**
 * Requests that Node would answer by itself, without these headers: one without a Host (`requireHostHeader` of the server
 * is off for this), and one that expects what nobody knows.
 */
export function answerInsteadOfNode(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    const fault = faultOfHost(raw);
    if (fault === null) return undefined;
    void reply.code(400).header('cache-control', 'no-store').type('text/plain; charset=utf-8');
    return reply.send(fault);
  });
  app.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, { ...HEADERS, connection: 'close', 'content-length': 0 }).end();
  });
}
