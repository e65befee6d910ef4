import {
  createServer,
  request as ask,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

const SERVER = join(import.meta.dirname, '../../../../storefront/server');

interface Target {
  readonly pathname: string;
}

/** The storefront's proxy modules, imported by path because they belong to another package. */
interface StorefrontParts {
  readTarget(line: string | undefined): Target | null;
  belongsToApi(path: string): boolean;
  readTrust(text: string): unknown;
  passOn(passage: object, target: Target, request: IncomingMessage, response: ServerResponse): void;
  passOnUpgrade(passage: object, target: Target, upgrade: object): void;
}

async function storefrontParts(): Promise<StorefrontParts> {
  const load = (file: string) => import(pathToFileURL(join(SERVER, file)).href) as Promise<object>;
  return Object.assign({}, ...(await Promise.all(['target.ts', 'visitor.ts', 'proxy.ts'].map(load))));
}

export interface TestServer {
  readonly url: string;
  close(): void;
}

/** The part of the storefront's server that forwards to the API. */
export async function openStorefront(
  apiUrl: string,
  { trustProxy = '', secret = null }: { trustProxy?: string; secret?: string | null } = {},
): Promise<TestServer> {
  const { readTarget, belongsToApi, readTrust, passOn, passOnUpgrade } = await storefrontParts();
  const passage = { apiUrl: new URL(apiUrl), trustProxy: readTrust(trustProxy), storefrontSecret: secret };
  const server = createServer((request, response) => {
    const target = readTarget(request.url);
    if (target && belongsToApi(target.pathname)) passOn(passage, target, request, response);
    else response.writeHead(target ? 404 : 400).end();
  });
  server.on('upgrade', (request, socket, head) => {
    const target = readTarget(request.url);
    if (target) passOnUpgrade(passage, target, { request, socket, head });
    else socket.destroy();
  });
  return listening(server);
}

/** A reverse proxy that appends the client address to the forwarding headers it received. */
export function openProxy(target: string): Promise<TestServer> {
  const server = createServer((request, response) => {
    const { 'x-forwarded-for': before, ...headers } = request.headers;
    const upstream = ask(new URL(request.url ?? '/', target), {
      method: request.method,
      headers: {
        ...headers,
        'x-forwarded-for': [before, request.socket.remoteAddress].filter(Boolean).join(', '),
      },
    });
    upstream.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    request.pipe(upstream);
  });
  return listening(server);
}

async function listening(server: Server): Promise<TestServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
