import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorefront, type TestServer } from '@vitrine/testing/simulators/storefront-server.js';

let api: Server;
let storefront: TestServer;
let asked: string[] = [];

beforeAll(async () => {
  // Answers everything, so that whatever gets through shows.
  api = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('inbox');
  });
  await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
  storefront = await openStorefront(`http://127.0.0.1:${(api.address() as AddressInfo).port}`);
});
afterAll(() => {
  storefront.close();
  api.close();
});

describe('what lies beside the paths the storefront passes on', () => {
  it.each([
    '/media/../dev/inbox',
    '/media/%2e%2e/dev/inbox',
    '/media/%2E./dev/inbox',
    '/media/..%2fdev/inbox',
    '/media/%252e%252e/dev/inbox',
    '/media/x\\..\\..\\dev/inbox',
    '/graphql/../dev/inbox',
    '/documents/../admin/',
    '/uploads/./../health',
    'http://127.0.0.1/dev/inbox',
  ])('stays unreachable: %s', async (path) => {
    const { status, body } = await rawGet(path);

    expect(status).toBe(400);
    expect(body).not.toContain('inbox');
    expect(asked).toEqual([]);
  });

  it.each([
    ['/graphql?query=..', '/graphql?query=..'],
    ['/media/a%20b/c..webp', '/media/a%20b/c..webp'],
    ['/media/a%2Fb.webp', '/media/a%2Fb.webp'],
  ])('while %s reaches the API as it was judged', async (path, wanted) => {
    asked = [];
    expect((await rawGet(path)).status).toBe(200);
    expect(asked).toEqual([wanted]);
    asked = [];
  });

  it.each(['/graphiql', '/dev/inbox', '/health', '/admin/', '/webhooks/stripe', '//graphql', '/graphqlx'])(
    'nor is it passed on by its own name: %s',
    async (path) => {
      expect((await rawGet(path)).status).toBe(404);
    },
  );
});

/** Sends the path as it is: fetch would resolve it first. */
async function rawGet(path: string): Promise<{ status: number; body: string }> {
  const { hostname, port } = new URL(storefront.url);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`GET ${path} HTTP/1.1\r\nHost: shop.example\r\nConnection: close\r\n\r\n`),
    );
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () =>
      resolve({ status: Number(text.split(' ')[1]), body: text.split('\r\n\r\n').slice(1).join('') }),
    );
  });
}
