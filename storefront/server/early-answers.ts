import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { alwaysSent } from './policy';

/** The headers of answers that are no pages: nothing in them may run, load or be framed. */
export const NO_PAGE = {
  ...alwaysSent,
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

const STATUS_OF_ERRORS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** Writes an answer that browsers can read on a connection without a response, then closes it. */
export function refuse(socket: Duplex, status: number): void {
  if (!socket.writable) return void socket.destroy();
  socket.once('error', () => socket.destroy());
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...Object.entries({ ...NO_PAGE, 'cache-control': 'no-store' }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
    'connection: close',
    'content-length: 0',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

/** Answers requests that Node would answer by itself, without these headers. */
export function answerInsteadOfNode(server: Server): void {
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse };
    // In the middle of another answer a status line would be taken for a part of it.
    if (error.code === 'ECONNRESET' || !socket.writable || answer?.headersSent) socket.destroy();
    else refuse(socket, STATUS_OF_ERRORS[error.code ?? ''] ?? 400);
  });
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, { ...NO_PAGE, connection: 'close', 'content-length': 0 }).end();
  });
}

/**
 * Why a request must be refused for its Host (RFC 9112, 3.2): it has none, or several, of which a proxy in front may read
 * another one than Node. Null if there is no fault. Node leaves it to us (`requireHostHeader` of the server is off).
 */
export function faultOfHost({ headers, httpVersion, rawHeaders }: IncomingMessage): string | null {
  if (headers.host === undefined) return httpVersion === '1.1' ? 'The request has no Host.' : null;
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  return hosts.length > 1 ? 'The request has several Hosts.' : null;
}
