import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adminRoutes } from './file-routes.js';

let app: FastifyInstance;
const folder = mkdtempSync(join(tmpdir(), 'vitrine-admin-'));
beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Vitrine</title>');
  writeFileSync(join(folder, 'main.js'), '');
  app = fastify();
  await app.register(adminRoutes, {
    prefix: '/admin',
    images: 'https://api.shop.example/',
    storefront: 'https://shop.example/',
    folder,
  });
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

const rulesOf = (policy: unknown): Record<string, string[]> =>
  Object.fromEntries(
    String(policy)
      .split('; ')
      .map((rule) => [rule.split(' ')[0], rule.split(' ').slice(1)]),
  ) as Record<string, string[]>;

describe('the admin runs its own files and nothing else', () => {
  it.each([
    ['/admin/', 200],
    ['/admin/index.html', 200],
    ['/admin/orders/ord_1?tab=x', 200],
    ['/admin/main.js', 200],
    ['/admin/assets/gone.js', 404],
    ['/admin', 200],
  ])('at %s (%i)', async (url, status) => {
    const answer = await app.inject({ url });
    const rules = rulesOf(answer.headers['content-security-policy']);

    expect(answer.statusCode).toBe(status);
    expect(rules).toMatchObject({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'connect-src': ["'self'", 'https://api.shop.example'],
      'base-uri': ["'none'"],
      'form-action': ["'self'"],
      'frame-ancestors': ["'none'"],
    });
    expect(rules['object-src'] ?? rules['default-src']).toEqual(["'none'"]);
  });
});
