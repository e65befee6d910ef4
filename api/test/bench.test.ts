import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { testDatabase } from '@vitrine/testing/shop/template-database.js';
import { WIDE_LIMITS } from '@vitrine/testing/shop/wide-limits.js';
// @ts-expect-error: plain JavaScript, which runs on the built tree without TypeScript.
import { fillCatalogue } from '../bench/fill-catalogue.mjs';
import { statement, t } from '../src/platform/database/database.js';

const fromHere = (path: string) => new URL(path, import.meta.url);
const profile = JSON.parse(readFileSync(fromHere('../bench/peer-profile.json'), 'utf8')) as {
  operations: Record<string, { query: string | string[] }>;
  start: { env: Record<string, string> };
};

it('fills a database with the catalogue of the bench, once', async () => {
  const shop = await testDatabase();
  try {
    const file = fromHere('./support/small-catalogue.mjs').href;
    expect(await fillCatalogue(shop.url, file)).toBe(40);
    expect(await fillCatalogue(shop.url, file)).toBe(0);

    const listed = statement('test.listed', {
      row: { count: t.int },
      sql: `SELECT count(*)::int AS "count" FROM product`,
    });
    expect(await shop.database.row(listed)).toEqual({ count: 40 });
  } finally {
    await shop.close();
  }
});

it('asks in the documents of the bench only for what the schema has', () => {
  const schema = buildSchema(readFileSync(fromHere('../../schema.graphql'), 'utf8'));
  const mistakes = Object.entries(profile.operations).flatMap(([name, { query }]) =>
    validate(schema, parse([query].flat().join(' '))).map(({ message }) => `${name}: ${message}`),
  );

  expect(Object.keys(profile.operations).length).toBeGreaterThan(10);
  expect(mistakes).toEqual([]);
});

it('measures no user errors: whatever limits one buyer is lifted for the one machine that asks', () => {
  expect(profile.start.env).toMatchObject(WIDE_LIMITS);
});

it('finds in the API whatever it imports from it', async () => {
  const imports = readdirSync(fromHere('../bench'))
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) => [
      ...readFileSync(fromHere(`../bench/${file}`), 'utf8').matchAll(
        /import \{([^}]*)\} from '\.\.\/dist\/([^']*)\.js'/g,
      ),
    ]);

  const missing: string[] = [];
  for (const [, names = '', module] of imports) {
    const exported: object = await import(/* @vite-ignore */ fromHere(`../src/${module}.ts`).href);
    for (const name of names.split(',').map((text) => text.trim()))
      if (name && !(name in exported)) missing.push(`${name} of ${module}`);
  }

  expect(imports.length).toBeGreaterThan(10);
  expect(missing).toEqual([]);
});
