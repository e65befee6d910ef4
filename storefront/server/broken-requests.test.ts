// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from './settings';
import { makeStorefront } from './storefront-server';

let folder: string;
/** What the API says about anything that does not exist. */
const NOTHING = {
  __typename: 'Query',
  shop: {
    __typename: 'Shop',
    name: 'Shop',
    currency: 'RON',
    defaultLanguage: 'RO',
    homeCountry: 'RO',
    languages: ['RO', 'EN', 'FR'],
    rootLanguage: 'RO',
    wordsVersion: null as string | null,
    timeZone: 'Europe/Bucharest',
    brand: {
      __typename: 'ShopBrand',
      colors: {
        ...{ __typename: 'BrandColors', accent: '#9c4524', onAccent: '#ffffff' },
        ...{ accentHover: '#772f17', accentText: '#9c4524' },
      },
      logo: null,
      icon: null,
      shareImage: null,
    },
    taxMode: 'TAXED',
    isOpen: true,
    holiday: null,
    freeShippingFrom: null,
    returnDays: 30,
    shippingMethods: [],
    contact: { __typename: 'ShopContact', email: null, phone: null, links: [] },
    seller: {
      ...{ __typename: 'ShopSeller', name: 'Lut SRL', address: [], taxId: 'RO1' },
      registrationNumber: null,
    },
  },
  product: null,
  category: null,
  categoryTree: [],
  home: null,
  header: null,
  footer: null,
  page: null,
};
/** The addresses that the API was asked for. */
const asked: string[] = [];
let api: Server;
let shop: Server;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'storefront-'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><html><body></body></html>');
  mkdirSync(join(folder, '.vite'));
  for (const name of ['manifest.json', 'ssr-manifest.json']) writeFileSync(join(folder, '.vite', name), '{}');
  api = createServer((request, response) => {
    asked.push(request.url ?? '');
    const isQuery = request.url?.includes('operationName=');
    const answer = isQuery ? { data: NOTHING } : request.headers;
    response.setHeader('content-type', 'application/json');
    request.resume().on('end', () => response.end(JSON.stringify(answer)));
  });
  api.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  });
  const apiPort = await listen(api);
  shop = makeStorefront(readSettings({ API_URL: `http://127.0.0.1:${apiPort}` }), folder);
  port = await listen(shop);
});
afterAll(() => {
  for (const server of [shop, api]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

describe('a visitor who sends a request very slowly', () => {
  const LONG = 600_000;
  const times = {
    requestTimeout: LONG,
    headersTimeout: LONG,
    connectionsCheckingInterval: 20,
    formTimeout: LONG,
  };
  const form =
    'Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50';

  it.each([
    [
      'the form of a product page',
      { formTimeout: 50 },
      `POST /cart/add HTTP/1.1\r\nHost: x\r\n${form}\r\n\r\nv`,
    ],
    [
      'any body',
      { requestTimeout: 50, headersTimeout: 50 },
      `POST /graphql HTTP/1.1\r\nHost: x\r\n${form}\r\n\r\nv`,
    ],
    ['its headers', { headersTimeout: 50 }, `POST /cart/add HTTP/1.1\r\nHost: x\r\nX-Slow: `],
  ])('is told so, and holds no connection: %s', async (_what, short, text) => {
    const settings = readSettings({ API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}` });
    const impatient = makeStorefront(settings, folder, { ...times, ...short });
    const socket = connect(await listen(impatient), '127.0.0.1', () => socket.write(text));

    const answer = await new Promise<string>((resolve) => {
      let heard = '';
      socket.on('data', (part) => (heard += String(part)));
      socket.on('close', () => resolve(heard));
    });

    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    impatient.close();
  });

  it.each([
    'GET / HTTP/1.1',
    'GET /robots.txt HTTP/1.1',
    'POST /login HTTP/1.1',
    'GET /media/x.png HTTP/1.1',
  ])('holds no connection with a body that nobody asked for: %s', async (line) => {
    const settings = readSettings({ API_URL: `http://127.0.0.1:${(api.address() as AddressInfo).port}` });
    const impatient = makeStorefront(settings, folder, { ...times, formTimeout: 50 });
    const socket = connect(await listen(impatient), '127.0.0.1', () =>
      socket.write(`${line}\r\nHost: x\r\nContent-Length: 50\r\n\r\nv`),
    );
    socket.resume();

    await new Promise((resolve) => socket.on('close', resolve));
    impatient.close();
  });
});

describe('whatever one visitor sends, the shop stays open for the others', () => {
  it.each([
    'Trailer: x',
    'TE: trailers, deflate',
    'Expect: 100-continue',
    'Connection: close, trailer\r\nTrailer: x',
    'Keep-Alive: timeout=-1',
    'Proxy-Connection: x',
    'Proxy-Authorization: x',
    'Transfer-Encoding: chunked\r\nTrailer: x',
    'Content-Length: 0\r\nTrailer: x',
    'X-Odd: \x80\xff',
    'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAM',
    'Upgrade: websocket\r\nConnection: Upgrade\r\nTrailer: x',
    'Upgrade: websocket\r\nConnection: Upgrade\r\nTransfer-Encoding: chunked\r\nTrailer: x',
  ])('with the headers %j', async (headers) => {
    for (const method of ['GET', 'POST'])
      await raw(`${method} /graphql HTTP/1.1\r\nHost: shop.test\r\n${headers}\r\n\r\n0\r\n\r\n`);
    await expectOpen();
  });

  const UPGRADE =
    'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  it.each([
    ['of the API', `GET /graphql HTTP/1.1\r\nHost: shop.test\r\n\r\n`],
    ['of a page', `GET / HTTP/1.1\r\nHost: shop.test\r\n\r\n`],
    ['of a socket', `GET /graphql HTTP/1.1\r\nHost: shop.test\r\n${UPGRADE}\r\n`],
    ['of a socket that we do not open', `GET /nothing HTTP/1.1\r\nHost: shop.test\r\n${UPGRADE}\r\n`],
    ['with many requests', `GET /graphql HTTP/1.1\r\nHost: shop.test\r\n\r\n`.repeat(20)],
  ])('with a connection %s that breaks at once', async (_what, text) => {
    for (let time = 0; time < 60; time++) await reset(text);
    await expectOpen();
  });

  it('while the API hears nothing of what means the visitor’s own connection, and all the rest', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: 'POST',
      headers: { te: 'trailers', 'x-request-id': 'abc', 'content-type': 'application/json' },
      body: '{}',
    });
    const heard = (await response.json()) as Record<string, string>;
    expect(heard['te']).toBeUndefined();
    expect(heard).toMatchObject({
      'x-request-id': 'abc',
      'content-length': '2',
      'x-forwarded-for': '127.0.0.1',
    });
  });
});

it.each([
  ['shop.test', 'http://shop.test', '/cart?refused=UNKNOWN'],
  ['Shop.Test:80', 'http://shop.test', '/cart?refused=UNKNOWN'],
  ['shop.test', 'http://evil.test', '/cart'],
  ['shop.test', 'null', '/cart'],
  ['///', 'undefined', '/cart'],
])(
  'a form is of our own pages by its origin, however the host %s is spelled: %s',
  async (host, origin, leads) => {
    const body = 'variantId=v1&quantity=1';
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `POST /cart/add HTTP/1.1\r\nHost: ${host}\r\nOrigin: ${origin}\r\nConnection: close\r\n` +
            `Content-Type: Application/x-www-form-urlencoded\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
        ),
      );
      let heard = '';
      socket.on('data', (part) => (heard += String(part)));
      socket.on('close', () => resolve(heard));
    });
    expect(/^location: (.*)$/im.exec(answer)?.[1]?.trim()).toBe(leads);
  },
);

it('a page that is not there is asked of the API once, whatever is added to its address', async () => {
  const before = asked.length;
  const read = async (path: string): Promise<number> =>
    (await fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual' })).status;

  for (let number = 0; number < 5; number++)
    for (const path of [
      '/p/nimic?variant=',
      '/p/nimic?x=',
      '/p/%6eimic?y=',
      '/c/nimic?f.zz=',
      '/c/nimic?sort=',
    ])
      expect(await read(path + String(number))).toBe(404);

  const operations = asked.slice(before).map((url) => new URL(url, 'http://api.test').searchParams);
  const count = (name: string): number =>
    operations.filter((parameters) => parameters.get('operationName') === name).length;
  expect([count('ProductPage'), count('CategoryHead')]).toEqual([1, 1]);
});

describe('an answer that is no page protects the browser too', () => {
  const HOST = 'Host: shop.test';
  const SOCKET = 'Upgrade: websocket\r\nConnection: Upgrade';
  const PROTECTION = [
    'content-security-policy',
    'permissions-policy',
    'referrer-policy',
    'x-content-type-options',
    'x-frame-options',
  ];

  it.each([
    ['what is no request', 'NONSENSE\r\n\r\n', 400],
    ['a method that nobody knows', `FOO / HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['a length that is none', `POST /login HTTP/1.1\r\n${HOST}\r\nContent-Length: a\r\n\r\n`, 400],
    ['headers that are too long', `GET / HTTP/1.1\r\n${HOST}\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', `GET /health HTTP/1.1\r\n${HOST}\r\nhOST: evil.example\r\n\r\n`, 400],
    ['a socket of two hosts', `GET /graphql HTTP/1.1\r\n${HOST}\r\n${HOST}\r\n${SOCKET}\r\n\r\n`, 400],
    ['a socket without a host', `GET /graphql HTTP/1.1\r\n${SOCKET}\r\n\r\n`, 400],
    ['an expectation that nobody knows', `GET / HTTP/1.1\r\n${HOST}\r\nExpect: tea\r\n\r\n`, 417],
    ['an address that cannot be', `GET /a/../b HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['an address with a NUL in it', `GET /search?q=a%00b HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['a product with a NUL in it', `GET /p/a%00b HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['the template in another spelling', `GET /%69nde%78.html HTTP/1.1\r\n${HOST}\r\n\r\n`, 301],
    ['a method that is not allowed', `DELETE / HTTP/1.1\r\n${HOST}\r\n\r\n`, 405],
    ['a file that is not there', `GET /nothing.js HTTP/1.1\r\n${HOST}\r\n\r\n`, 404],
    ['an address that moved', `GET /index.html HTTP/1.1\r\n${HOST}\r\n\r\n`, 301],
    ['a form that came too early', `POST /login HTTP/1.1\r\n${HOST}\r\nContent-Length: 0\r\n\r\n`, 303],
    ['a form of another site', `POST /cart/add HTTP/1.1\r\n${HOST}\r\nContent-Length: 0\r\n\r\n`, 303],
    ['a cursor that is none', `GET /c/cani?after=zz HTTP/1.1\r\n${HOST}\r\n\r\n`, 302],
    ['a socket elsewhere', `GET /nothing HTTP/1.1\r\n${HOST}\r\n${SOCKET}\r\n\r\n`, 404],
    ['a socket at an address that cannot be', `GET /a/../b HTTP/1.1\r\n${HOST}\r\n${SOCKET}\r\n\r\n`, 400],
  ])('%s', async (_what, text, status) => {
    await expectProtected(port, text, status);
  });

  it('when the API does not answer, or refuses a socket', async () => {
    const refusing = createServer().on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\n\r\n'),
    );
    const apiPort = await listen(refusing);
    const alone = makeStorefront(readSettings({ API_URL: `http://127.0.0.1:${apiPort}` }), folder);
    const at = await listen(alone);
    const socket = `GET /graphql HTTP/1.1\r\n${HOST}\r\n${SOCKET}\r\n\r\n`;

    await expectProtected(at, socket, 429);
    refusing.close();
    await expectProtected(at, socket, 502);
    await expectProtected(at, `GET /graphql HTTP/1.1\r\n${HOST}\r\n\r\n`, 502);
    alone.close();
  });

  async function expectProtected(at: number, text: string, status: number): Promise<void> {
    const heard = await new Promise<string>((resolve, reject) => {
      const socket = connect(at, '127.0.0.1', () => socket.write(text));
      let read = '';
      socket.on('data', (part) => {
        read += String(part);
        if (read.includes('\r\n\r\n')) socket.end();
      });
      socket.once('close', () => resolve(read));
      socket.once('error', reject);
    });
    expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(PROTECTION.filter((name) => !heard.toLowerCase().includes(`\r\n${name}: `))).toEqual([]);
  }
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function expectOpen(): Promise<void> {
  const responses = [fetch(`http://127.0.0.1:${port}/health`), fetch(`http://127.0.0.1:${port}/graphql`)];
  expect((await Promise.all(responses)).map(({ status }) => status)).toEqual([200, 200]);
}

/** Sends a raw request, and waits for a response or the end of the connection. */
function raw(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    const timer = setTimeout(() => socket.destroy(), 300);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** Sends a request and resets the connection without waiting for its response. */
function reset(text: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(text);
      socket.resetAndDestroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve());
  });
}
