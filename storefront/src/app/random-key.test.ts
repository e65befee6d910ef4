import { afterEach, expect, it, vi } from 'vitest';
import { randomKey } from './random-key';

afterEach(() => vi.unstubAllGlobals());

it('makes keys on a page that came over plain http, where randomUUID is missing', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });

  const keys = Array.from({ length: 100 }, randomKey);

  expect(new Set(keys).size).toBe(100);
  for (const key of keys) {
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});
