// @vitest-environment node
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readSettings } from './settings';
import { makeStorefront } from './storefront-server';

let folder: string;
let servers: Server[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'storefront-'));
  mkdirSync(join(folder, '.vite'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  for (const name of ['manifest.json', 'ssr-manifest.json']) writeFileSync(join(folder, '.vite', name), '{}');
});
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
  rmSync(folder, { recursive: true });
});

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Which of both headers a page, a file, an answer of the API and a redirect carry. */
async function headersOf(environment: Record<string, string>): Promise<(string | null)[][]> {
  const api = await listen(
    createServer((request, response) => void request.resume().on('end', () => response.end('{}'))),
  );
  const shop = await listen(makeStorefront(readSettings({ ...environment, API_URL: api }), folder));
  const answers = await Promise.all(
    ['/health', '/nothing.js', '/graphql', '/index.html'].map((path) =>
      fetch(`${shop}${path}`, { redirect: 'manual' }),
    ),
  );
  return answers.map(({ headers }) => [
    headers.get('strict-transport-security'),
    headers.get('cross-origin-opener-policy'),
  ]);
}

it('a shop that serves the public is loaded over https only once it was, and shares its window with no other page', async () => {
  const wanted = ['max-age=31536000', 'same-origin-allow-popups'];

  expect(await headersOf({ NODE_ENV: 'production', STOREFRONT_URL: 'https://shop.example' })).toEqual(
    Array.from({ length: 4 }, () => wanted),
  );
});

it.each([
  [{ NODE_ENV: 'production', STOREFRONT_URL: 'http://shop.lan' }],
  [{ STOREFRONT_URL: 'https://shop.example' }],
])('one on plain http, or that is tried out, shuts nobody out of its address: %j', async (environment) => {
  const sent = (await headersOf(environment)).map(([https]) => https);

  expect(sent).toEqual(Array.from({ length: 4 }, () => null));
});
