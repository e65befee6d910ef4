// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { beginDraining, closeInOrder } from './closing';
import { readSettings } from './settings';
import { makeStorefront } from './storefront-server';

let folder: string;
let api: Server;
let shop: Server;
let url: string;
/** The answers that the API has not given yet. */
let waiting: ServerResponse[] = [];

const listen = async (server: Server): Promise<string> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'storefront-'));
  mkdirSync(join(folder, '.vite'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  for (const name of ['manifest.json', 'ssr-manifest.json']) writeFileSync(join(folder, '.vite', name), '{}');
  waiting = [];
  api = createServer((request, response) => void request.resume().on('end', () => waiting.push(response)));
  api.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
  });
  shop = makeStorefront(readSettings({ API_URL: await listen(api) }), folder);
  url = await listen(shop);
});
afterEach(() => {
  for (const server of [shop, api]) {
    server.closeAllConnections();
    server.close();
  }
  rmSync(folder, { recursive: true });
});

it('a storefront that is told to stop sends new visitors elsewhere, and answers those who still come', async () => {
  expect((await fetch(`${url}/health`)).status).toBe(200);

  beginDraining(shop);
  const [health, late] = [await fetch(`${url}/health`), await fetch(`${url}/robots.txt`)];

  expect([health.status, health.headers.get('connection')]).toEqual([503, 'close']);
  expect([late.status, late.headers.get('connection')]).toEqual([200, 'close']);
});

it('a buyer whose order is on its way gets the answer, and the process ends then', async () => {
  const answer = fetch(`${url}/graphql`, { method: 'POST', body: '{}' });
  await expect.poll(() => waiting.length).toBe(1);

  const closed = closeInOrder(shop);
  await expect.poll(() => shop.listening).toBe(false);
  waiting[0]?.end('ordered');

  expect(await (await answer).text()).toBe('ordered');
  await closed;
  await expect(fetch(`${url}/health`)).rejects.toThrow();
});

it('an open page keeps nobody: its socket ends, and it opens one elsewhere', async () => {
  const { port } = new URL(url);
  const page = connect(Number(port), '127.0.0.1', () =>
    page.write(
      'GET /graphql HTTP/1.1\r\nHost: shop.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
    ),
  );
  await new Promise((resolve) => page.once('data', resolve));
  const ended = new Promise((resolve) => page.once('close', resolve));

  await closeInOrder(shop);
  await ended;
});

it('what never ends is left after the longest time', async () => {
  const answer = fetch(`${url}/graphql`, { method: 'POST', body: '{}' }).catch(() => 'cut off');
  await expect.poll(() => waiting.length).toBe(1);

  await closeInOrder(shop, { limitMs: 50 });
  shop.closeAllConnections();

  expect(await answer).toBe('cut off');
});
