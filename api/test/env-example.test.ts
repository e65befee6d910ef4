import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { SETTING_NAMES } from '../src/app/settings/env.js';

// Read by the storefront's server only.
const STOREFRONT_ONLY = ['API_URL', 'PAGE_CACHE_SECONDS', 'STOREFRONT_HOST'];

it('explains every setting to whoever installs the shop, and none that does nothing', () => {
  const text = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');

  const explained = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name);

  expect(explained.toSorted()).toEqual([...SETTING_NAMES, ...STOREFRONT_ONLY].toSorted());
});
