import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';

/** What keeps a browser from running, loading, framing or guessing anything. */
const PROTECTION = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'cross-origin-resource-policy',
  'referrer-policy',
  'strict-transport-security',
  'x-content-type-options',
  'x-frame-options',
];

let shop: TestShop;
beforeAll(async () => {
  shop = await TestShop.open({ worker: false });
});
afterAll(() => shop.close());

/** The status and the headers of the first answer to a raw request. */
async function answerTo(text: string): Promise<{ status: number; headers: Record<string, string> }> {
  const { hostname, port } = new URL(shop.url);
  const heard = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text));
    let read = '';
    socket.on('data', (data) => {
      read += data.toString();
      if (read.includes('\r\n\r\n')) socket.end();
    });
    socket.once('close', () => resolve(read));
    socket.once('error', reject);
  });
  const [line = '', ...lines] = (heard.split('\r\n\r\n')[0] ?? '').split('\r\n');
  const headers = lines.map((header) => {
    const colon = header.indexOf(':');
    return [header.slice(0, colon).toLowerCase(), header.slice(colon + 1).trim()] as const;
  });
  return { status: Number(line.split(' ')[1]), headers: Object.fromEntries(headers) };
}

const HOST = 'Host: shop.test';
const UPGRADE = 'Upgrade: websocket\r\nConnection: Upgrade';
const KEY = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';

const SOCKET = `${UPGRADE}\r\n${KEY}\r\nSec-WebSocket-Version: 13`;

describe('an answer that is given before any route is asked', () => {
  it.each([
    ['an address that cannot be decoded', `GET /%zz HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['an address of a file that cannot be decoded', `GET /media/%c3%28 HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['an address below the admin', `GET /admin/%zz HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['an address of the GraphQL route', `GET /graphql/%zz HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    [
      'a part of an address that is too long',
      `PUT /uploads/${'a'.repeat(3_000)} HTTP/1.1\r\n${HOST}\r\n\r\n`,
      414,
    ],
    ['what is no request', 'NONSENSE\r\n\r\n', 400],
    ['a method that nobody knows', `FOO / HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['another protocol', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
    ['a length that is none', `POST /graphql HTTP/1.1\r\n${HOST}\r\nContent-Length: abc\r\n\r\n`, 400],
    [
      'two lengths',
      `POST / HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`,
      400,
    ],
    ['headers that are too long', `GET / HTTP/1.1\r\n${HOST}\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`, 431],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['two hosts', `GET /health HTTP/1.1\r\n${HOST}\r\nhOST: evil.example\r\n\r\n`, 400],
    ['a socket of two hosts', `GET /graphql HTTP/1.1\r\n${HOST}\r\n${HOST}\r\n${SOCKET}\r\n\r\n`, 400],
    ['a socket without a host', `GET /graphql HTTP/1.1\r\n${SOCKET}\r\n\r\n`, 400],
    ['an expectation that nobody knows', `GET / HTTP/1.1\r\n${HOST}\r\nExpect: tea\r\n\r\n`, 417],
    ['a socket elsewhere', `GET /nothing HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\n${KEY}\r\n\r\n`, 404],
    [
      'a socket of an unknown page',
      `GET /graphql HTTP/1.1\r\n${HOST}\r\nOrigin: https://evil.example\r\n${UPGRADE}\r\n${KEY}\r\n\r\n`,
      403,
    ],
    [
      'a socket without a key',
      `GET /graphql HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      400,
    ],
    [
      'a socket of another version',
      `GET /graphql HTTP/1.1\r\n${HOST}\r\n${UPGRADE}\r\n${KEY}\r\nSec-WebSocket-Version: 1\r\n\r\n`,
      400,
    ],
    [
      'a body that is too long',
      `POST /graphql HTTP/1.1\r\n${HOST}\r\nContent-Type: application/json\r\nContent-Length: 300000\r\n\r\n${'x'.repeat(300_000)}`,
      413,
    ],
    [
      'a body that is no JSON',
      `POST /graphql HTTP/1.1\r\n${HOST}\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{`,
      400,
    ],
    ['a body of another type', `POST /graphql HTTP/1.1\r\n${HOST}\r\nContent-Length: 1\r\n\r\nx`, 415],
    ['a method that is not allowed', `DELETE /graphql HTTP/1.1\r\n${HOST}\r\n\r\n`, 405],
    ['an address with a fragment', `GET /graphql#a HTTP/1.1\r\n${HOST}\r\n\r\n`, 400],
    ['an address where nothing is', `GET /nothing HTTP/1.1\r\n${HOST}\r\n\r\n`, 404],
    ['an address in the admin where nothing is', `GET /admin/nothing.js HTTP/1.1\r\n${HOST}\r\n\r\n`, 404],
  ])('protects the browser like all others: %s', async (_what, text, status) => {
    const answer = await answerTo(text);

    expect(answer.status).toBe(status);
    expect(PROTECTION.filter((name) => !answer.headers[name])).toEqual([]);
  });

  it('has the very headers of an answer of a route', async () => {
    const [early, usual] = [
      await answerTo(`GET /%zz HTTP/1.1\r\n${HOST}\r\n\r\n`),
      await answerTo(`GET /health HTTP/1.1\r\n${HOST}\r\n\r\n`),
    ];
    for (const name of PROTECTION) expect([name, early.headers[name]]).toEqual([name, usual.headers[name]]);
    expect(early.headers['x-request-id']).toBeTruthy();
  });

  it('says nothing of what was sent', async () => {
    const answer = await fetch(`${shop.url}/%zz<script>`);
    expect([answer.status, await answer.text()]).toEqual([400, 'The address of the request cannot be read.']);
  });
});
