import { request as requestHttp, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';

import { NO_PAGE, refuse } from './early-answers';
import type { Target } from './target';
import { endToEnd, headersForApi, visitorOf, type Trust } from './visitor';

/** The address of the API, and what is sent to it about a visitor. */
export interface Passage {
  apiUrl: URL;
  /** The proxies whose forwarding headers are trusted. */
  trustProxy: Trust;
  /** Shared with the API, which then trusts this server from any network; null when both run on one machine. */
  storefrontSecret: string | null;
}

/** A visitor's connection that requests a WebSocket. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
}

/** Forwards a request and streams both bodies without buffering. */
export function passOn(
  passage: Passage,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (hasLeft(request)) return void response.destroy();
  const upstream = ask(passage, target, request);
  upstream.on('response', (answer) => {
    // Whether this connection stays open is between the visitor and this server.
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  upstream.on('error', () => {
    if (response.headersSent) response.destroy();
    else {
      response.writeHead(502, {
        ...NO_PAGE,
        'cache-control': 'no-store',
        'content-type': 'application/json',
      });
      response.end(
        '{"errors":[{"message":"The shop is not answering.","extensions":{"code":"UPSTREAM_UNAVAILABLE"}}]}',
      );
    }
  });
  // Aborts the API's request when the visitor has disconnected.
  response.on('close', () => upstream.destroy());
  request.pipe(upstream);
}

/** Joins a WebSocket of the visitor with one to the API. */
export function passOnUpgrade(passage: Passage, target: Target, { request, socket, head }: Upgrade): void {
  if (hasLeft(request)) return void socket.destroy();
  const upstream = ask(passage, target, request, ['connection', 'upgrade']);
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
  // Refused by the API: its reason is in the status.
  upstream.on('response', (answer) => {
    answer.resume();
    refuse(socket, answer.statusCode ?? 502);
  });
  let isJoined = false;
  upstream.on('upgrade', () => (isJoined = true));
  upstream.on('error', () => (isJoined ? socket.destroy() : refuse(socket, 502)));
  socket.on('error', () => upstream.destroy());
  upstream.end();
}

/** The connection ended before its request was read: there is no client address and no recipient. */
function hasLeft({ socket }: IncomingMessage): boolean {
  return socket.remoteAddress === undefined;
}

function ask(
  { apiUrl, trustProxy, storefrontSecret }: Passage,
  { pathname, search }: Target,
  request: IncomingMessage,
  kept: readonly string[] = [],
): ReturnType<typeof requestHttp> {
  const send = apiUrl.protocol === 'https:' ? requestHttps : requestHttp;
  return send(apiUrl, {
    // Forwards exactly the validated path, without resolving it again.
    path: `${pathname}${search}`,
    method: request.method,
    headers: {
      ...headersForApi(endToEnd(request.headers, kept), visitorOf(request, trustProxy), storefrontSecret),
      host: apiUrl.host,
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
