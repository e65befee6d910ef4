import { request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';

const forwarded = ['/graphql', '/media/', '/uploads/', '/documents/'];

/** Paths which belong to the API and are passed on to it, so that its cookies are ours and no CORS is needed. */
export function belongsToApi(path: string): boolean {
  return forwarded.some((start) => path === start || path.startsWith(start) || path === start.slice(0, -1));
}

/** Passes a request on and streams both bodies; nothing is held in memory. */
export function passOn(apiUrl: URL, request: IncomingMessage, response: ServerResponse): void {
  const upstream = ask(apiUrl, request);
  upstream.on('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else {
      response.writeHead(502, { 'content-type': 'application/json' });
      response.end(
        '{"errors":[{"message":"The shop is not answering.","extensions":{"code":"UPSTREAM_UNAVAILABLE"}}]}',
      );
    }
  });
  // A visitor who left must not keep the API busy.
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** Joins a WebSocket of the visitor with one to the API. */
export function passOnUpgrade(apiUrl: URL, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const upstream = ask(apiUrl, request);
  upstream.on('upgrade', (answer, apiSocket, apiHead) => {
    const lines = [`HTTP/1.1 101 ${answer.statusMessage ?? 'Switching Protocols'}`];
    for (let index = 0; index < answer.rawHeaders.length; index += 2) {
      lines.push(`${answer.rawHeaders[index]}: ${answer.rawHeaders[index + 1]}`);
    }
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (apiHead.length) socket.write(apiHead);
    if (head.length) apiSocket.write(head);
    join(socket, apiSocket);
  });
  upstream.on('response', () => socket.destroy());
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
  upstream.end();
}

function ask(apiUrl: URL, request: IncomingMessage): ReturnType<typeof requestHttp> {
  const target = new URL(request.url ?? '/', apiUrl);
  const address = request.socket.remoteAddress ?? '';
  const before = request.headers['x-forwarded-for'];
  const send = target.protocol === 'https:' ? requestHttps : requestHttp;
  return send(target, {
    method: request.method,
    headers: {
      ...request.headers,
      'x-forwarded-for': before ? `${String(before)}, ${address}` : address,
      'x-forwarded-host': request.headers['x-forwarded-host'] ?? request.headers.host ?? '',
      'x-forwarded-proto': request.headers['x-forwarded-proto'] ?? 'http',
      host: target.host,
    },
  });
}

function join(one: Duplex, other: Duplex): void {
  one.pipe(other).pipe(one);
  for (const [socket, partner] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => partner.destroy());
    socket.on('close', () => partner.destroy());
  }
}
