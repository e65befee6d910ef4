import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { askBeginning, beginningOf, wantedBeginning } from '../../../../scripts/beginning.mjs';
import { createShop, type Shop } from '../../app/create-shop.js';
import { seed } from '../../app/seed.js';
import { readEnv } from '../../app/settings/env.js';
import { createLogger } from '../../kernel/logger.js';
import { kindOf } from '../../platform/database/prepared.js';
import { isNobody, sellerGroup, shopGroup } from '../store/index.js';

let database: TestDatabase;
let folder: string;
let shop: Shop;

beforeAll(async () => {
  database = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'vitrine-own-'));
  shop = await createShop(
    readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: folder, LOG_LEVEL: 'silent' }),
    createLogger('silent'),
  );
});
afterAll(async () => {
  await shop.close();
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const rows = async <T>(text: string): Promise<T[]> => (await shop.database.pool.query(text)).rows as T[];
const countOf = async (table: string): Promise<number> =>
  (await rows<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`))[0]?.n ?? -1;

/** Seeds as a start does; what it said. */
async function seeded({ demo }: { readonly demo: boolean }): Promise<string[]> {
  const said: string[] = [];
  await seed(shop, { demo, print: (line) => said.push(line) });
  return said;
}

describe('an empty database', () => {
  it('becomes a shop of its own: five categories in three languages, taxes and countries, nothing of the demonstration', async () => {
    expect(await kindOf(database.url)).toBe('NEW');

    await seeded({ demo: false });

    expect(await kindOf(database.url)).toBe('OWN');
    expect(
      await rows(`SELECT slug, cardinality(path) AS depth FROM category ORDER BY depth, position`),
    ).toEqual([
      { slug: 'home', depth: 1 },
      { slug: 'accessories', depth: 1 },
      { slug: 'gifts', depth: 1 },
      { slug: 'kitchen', depth: 2 },
      { slug: 'decoration', depth: 2 },
    ]);
    expect(await rows(`SELECT slug FROM category WHERE NOT (name ?& ARRAY['ro', 'en', 'fr'])`)).toEqual([]);
    expect(
      await rows(`SELECT DISTINCT tax_class AS class FROM tax_rate WHERE country_code = 'RO' ORDER BY 1`),
    ).toHaveLength(3);
    expect(await countOf('country')).toBe(27);
    for (const table of ['product', 'app_user', 'shipping_method']) expect(await countOf(table)).toBe(0);
    expect(await shop.store.settings.get(shopGroup)).toEqual({ name: 'Magazinul meu' });
    expect(isNobody(await shop.store.settings.get(sellerGroup))).toBe(true);
  });

  it('that began so stays so, whatever a later start asks for', async () => {
    expect(await seeded({ demo: true })).toEqual([expect.stringMatching(/shop of its own/)]);

    for (const table of ['product', 'app_user', 'shipping_method']) expect(await countOf(table)).toBe(0);
    expect(await countOf('category')).toBe(5);
  });

  it('gets no categories again once it has an owner who took them out', async () => {
    await shop.identity.owners.appoint({
      email: 'maker@example.test',
      firstName: 'Ilinca',
      lastName: 'Pop',
      language: 'ro',
    });
    await shop.database.pool.query('DELETE FROM category WHERE parent_id IS NOT NULL');
    await shop.database.pool.query('DELETE FROM category');

    await seeded({ demo: false });

    expect(await countOf('category')).toBe(0);
  });
});

describe('the start', () => {
  const ask = async (): Promise<'demo'> => 'demo';
  const found = { wanted: null, isProduction: false, ask } as const;

  it('takes the words of the command, else what is there, else asks', async () => {
    expect(wantedBeginning(['node', 'start.mjs', '--empty'])).toBe('empty');
    expect(wantedBeginning(['node', 'start.mjs', '--demo'])).toBe('demo');
    expect(wantedBeginning(['node', 'start.mjs', '--watch'])).toBeNull();
    expect(() => wantedBeginning(['--demo', '--empty'])).toThrow(/one of/);
    expect(await beginningOf({ ...found, kind: 'NEW' })).toBe('demo');
    expect(await beginningOf({ ...found, kind: 'NEW', ask: async () => 'empty' })).toBe('empty');
    expect(await beginningOf({ ...found, kind: 'NEW', wanted: 'empty' })).toBe('empty');
    expect(await beginningOf({ ...found, kind: 'OWN' })).toBe('empty');
    expect(await beginningOf({ ...found, kind: 'FILLED' })).toBe('demo');
    expect(await beginningOf({ ...found, kind: 'NEW', isProduction: true })).toBe('empty');
  });

  it('refuses to make another shop of the one that is there', async () => {
    await expect(beginningOf({ ...found, kind: 'OWN', wanted: 'demo' })).rejects.toThrow(/own shop/);
    await expect(beginningOf({ ...found, kind: 'FILLED', wanted: 'empty' })).rejects.toThrow(/DATA_DIR/);
  });

  it('asks nobody where there is no terminal', async () => {
    const pipe = { isTTY: false } as unknown as NodeJS.ReadStream & NodeJS.WriteStream;
    expect(await askBeginning({ input: pipe, output: pipe })).toBe('demo');
  });
});
