import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import '../src/app/create-shop.js';
import { modules } from '../src/app/modules.js';
import { registeredStatements, type AnyStatement } from '../src/platform/database/database.js';
import { defineModule, type AnyModule } from '../src/platform/module.js';
import { inDependencyOrder } from '../src/platform/module-list.js';
import { FOREIGN_TABLES } from './support/foreign-tables.js';
import { tablesOf } from './support/statement-tables.js';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';

/** Tables of the platform, and of adapters with tables of their own. */
const OTHER_OWNERS: Readonly<Record<string, readonly string[]>> = {
  outbox: ['outbox'],
  'request-key': ['request_key'],
  'test-provider': ['test_provider_intent', 'test_provider_refund', 'test_provider_dispute'],
  inbox: ['dev_inbox'],
  server: [],
};
/** Platform tables that every module may read. */
const SHARED = new Set(['outbox', 'request-key']);

const list: readonly AnyModule[] = modules;
const byName = new Map(list.map((module) => [module.name, module]));
const owners = new Map([
  ...list.flatMap(({ name, tables }) => Object.keys(tables).map((table) => [table, name] as const)),
  ...Object.entries(OTHER_OWNERS).flatMap(([name, tables]) => tables.map((table) => [table, name] as const)),
]);

/** `orders.insert writes payment`: the uses of tables that the statement's module has no right to. */
async function usesOfForeignTables({ name, text }: Pick<AnyStatement, 'name' | 'text'>): Promise<string[]> {
  const by = name.split('.')[0] ?? '';
  if (!byName.has(by) && !(by in OTHER_OWNERS))
    throw new Error(`No module is named as the statement ${name} says`);
  const mayRead = new Set([by, ...SHARED, ...(byName.get(by)?.dependsOn.map((module) => module.name) ?? [])]);
  const { reads, writes } = await tablesOf(text);
  return [
    ...[...writes].filter((table) => owners.get(table) !== by).map((table) => `${name} writes ${table}`),
    ...[...reads]
      .filter((table) => owners.has(table) && !mayRead.has(owners.get(table) ?? ''))
      .map((table) => `${name} reads ${table}`),
  ];
}

/** Whether an exception names this use: word by word, apart from its `*`. */
function allows(exception: string, use: string): boolean {
  const parts = exception.split('*').map((part) => part.replaceAll('.', '\\.'));
  return new RegExp(`^${parts.join('[^ ]*')}$`).test(use);
}

const DOMAINS = join(import.meta.dirname, '../src/domains');
const modulesOfEntities = new Map(
  list.flatMap(({ name, entities }) => entities.map((entity) => [entity.name, name] as const)),
);

/** Folders are called as their modules, in words with hyphens. */
const moduleOf = (file: string): string =>
  file.split('/')[0]!.replaceAll(/-(\w)/g, (_hyphen, letter: string) => letter.toUpperCase());

/** `cart uses the repository of ProductEntity`: the repositories that a file of a module has no right to. */
function foreignRepositories(module: string, source: string): string[] {
  return [...source.matchAll(/\.repository\(\s*(\w+)/g)]
    .map(([, entity = '']) => entity)
    .filter((entity) => modulesOfEntities.get(entity) !== module)
    .map((entity) => `${module} uses the repository of ${entity}`);
}

describe('tables', () => {
  let shop: TestDatabase;
  beforeAll(async () => {
    shop = await testDatabase();
  });
  afterAll(() => shop.close());

  it('each belong to one module, which declares it', async () => {
    const { rows } = await shop.database.pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
       AND table_name NOT IN ('migration', 'typeorm_metadata')`,
    );
    const declared = list.flatMap(({ tables }) => Object.keys(tables));

    expect([...owners.keys()].toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
    expect(new Set(declared).size).toBe(declared.length);
  });

  it('are read by their own module and those that depend on it, and written by their own alone', async () => {
    const found = (await Promise.all(registeredStatements().map(usesOfForeignTables))).flat();
    const allowed = FOREIGN_TABLES.flatMap(({ uses }) => uses);

    expect(found.filter((use) => !allowed.some((exception) => allows(exception, use)))).toEqual([]);
    expect(allowed.filter((exception) => !found.some((use) => allows(exception, use)))).toEqual([]);
  });

  it('are changed through the repositories of their own module alone', () => {
    const files = globSync('*/**/*.ts', { cwd: DOMAINS, exclude: ['**/*.test.ts'] });
    const found = files.map((file) => [moduleOf(file), readFileSync(join(DOMAINS, file), 'utf8')] as const);

    expect(found.filter(([, source]) => source.includes('.repository(')).length).toBeGreaterThan(0);
    expect(found.flatMap(([module, source]) => foreignRepositories(module, source))).toEqual([]);
    expect(foreignRepositories('payments', 'tx.repository(CartEntity).delete({ id })')).toEqual([
      'payments uses the repository of CartEntity',
    ]);
  });

  it('of another module are found in a planted statement', async () => {
    const planted = {
      name: 'payments.planted',
      text: 'WITH p AS (UPDATE cart SET version = 2) SELECT * FROM product',
    };

    expect(await usesOfForeignTables(planted)).toEqual([
      'payments.planted writes cart',
      'payments.planted reads product',
    ]);
  });
});

describe('modules', () => {
  const plain = { entities: [], tables: {}, resolvers: [], setup: () => ({ services: {}, resolvers: [] }) };

  it('are built after those they depend on, wherever they stand in the list', () => {
    const names = inDependencyOrder([...list].toReversed()).map(({ name }) => name);

    for (const { name, dependsOn } of list)
      for (const needed of dependsOn) expect(names.indexOf(needed.name)).toBeLessThan(names.indexOf(name));
    expect(names).toHaveLength(list.length);
  });

  it('are refused when one that they need is not there, when two share a name, and in a circle', () => {
    const base = defineModule({ ...plain, name: 'base', dependsOn: [] });
    const upper = defineModule({ ...plain, name: 'upper', dependsOn: [base] });
    const circle = { ...plain, name: 'circle', dependsOn: [] as AnyModule[] };
    circle.dependsOn.push(circle);

    expect(() => inDependencyOrder([upper])).toThrow('upper depends on base, which is not in the list');
    expect(() => inDependencyOrder([base, { ...base }])).toThrow('Two modules are named base');
    expect(() => inDependencyOrder<AnyModule>([circle])).toThrow('in a circle: circle → circle');
  });
});
