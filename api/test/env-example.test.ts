import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTING_NAMES } from '../src/app/settings/env.js';

// Read by the storefront's server only.
const STOREFRONT_ONLY = ['API_URL', 'PAGE_CACHE_SECONDS', 'STOREFRONT_HOST'];

// What the containers decide for themselves, addresses of stand-ins for tests, and files that the image does not have.
const OF_THE_CONTAINERS = [
  ...['API_HOST', 'API_PORT', 'API_URL', 'BUILD_DIR', 'DATABASE_URL', 'DATA_DIR', 'RUN_WORKER'],
  ...['STOREFRONT_HOST', 'STOREFRONT_PORT', 'STRIPE_API_BASE', 'POSTMARK_API_BASE', 'PERSISTED_OPERATIONS'],
];

it('gives the containers every setting that somebody writes into .env', () => {
  const text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');

  const given = new Set([...text.matchAll(/\$\{([A-Z][A-Z_]+):/g)].map(([, name]) => name));
  const missing = [...SETTING_NAMES, ...STOREFRONT_ONLY].filter((name) => !given.has(name));

  expect(missing.toSorted()).toEqual(OF_THE_CONTAINERS.toSorted());
});

it('explains every setting to whoever installs the shop, and none that does nothing', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

  const explained = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);

  expect(explained.toSorted()).toEqual([...SETTING_NAMES, ...STOREFRONT_ONLY].toSorted());
});

it('lets the containers be reached from this machine only, and run as in production unless somebody says otherwise', () => {
  const text = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');

  const published = [...text.matchAll(/^ +ports: \[(.*)\]$/gm)].map(([, ports]) => ports ?? '');
  const environments = [...text.matchAll(/^ +NODE_ENV: (.*)$/gm)].map(([, value]) => value);

  expect(published.length).toBeGreaterThan(2);
  expect(published.filter((ports) => !/^'127\.0\.0\.1:\d+:\d+'$/.test(ports))).toEqual([]);
  expect(text).not.toMatch(/^ +ports:\s*$/m);
  expect(new Set(environments)).toEqual(new Set(['${NODE_ENV:-production}']));
  expect(text).toMatch(/mailpit[^]*?profiles: \[trial\]/);
});
