import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '@vitrine/testing/shop/template-database.js';
import { createShop } from '../src/app/create-shop.js';
import { printContract } from '../src/app/graphql/schema.js';
import { clientParts } from '../src/app/plugins/client-parts.js';
import { configuredPlugins } from '../src/app/plugins/load-config.js';
import { schemaWith } from '../src/app/plugins/shop-schema.js';
import { readEnv } from '../src/app/settings/env.js';
import { startError } from '../src/app/settings/start-problems.js';
import { createLogger } from '../src/kernel/logger.js';
import { assertDeclaredOnce } from '../src/platform/declared-once.js';
import { assertNotNewer, assertPrepared, migrateDown, migrateUp } from '../src/platform/database/migrate.js';
import type { ModuleDeclaration } from '../src/platform/module.js';
import {
  definePermissions,
  defineModule,
  Field,
  ObjectType,
  Public,
  Query,
  Resolver,
  Role,
  type AnyModule,
  type ModuleMigration,
} from '../src/plugin/index.js';

const plain = {
  ...{ dependsOn: [], entities: [], tables: {}, resolvers: [] },
  setup: () => ({ services: {}, resolvers: [] }),
};
const REST =
  'dependsOn: [], entities: [], tables: {}, resolvers: [], setup: () => ({ services: {}, resolvers: [] })';

let folder: string;
let ready: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '.plugins-'));
  ready = await testDatabase();
});
afterAll(async () => {
  await ready.close();
  await rm(folder, { recursive: true });
});

const sentenceOf = (error: unknown): string | null =>
  startError(error, { databaseUrl: ready.url, dataDir: folder });

/** What the start says of a shop whose vitrine.config.ts has this text; the names of its plugins when it is loaded. */
async function load(text: string, files: Record<string, string> = {}): Promise<unknown> {
  const shop = await mkdtemp(join(folder, 'shop-'));
  for (const [name, content] of Object.entries({ 'vitrine.config.ts': text, ...files }))
    await writeFile(join(shop, name), content);
  return configuredPlugins(shop).then((plugins) => plugins.map(({ name }) => name), sentenceOf);
}

describe('vitrine.config.ts', () => {
  const IMPORTS = `import { defineConfig, defineModule } from '@vitrine/api/plugin';\n`;

  it('names the plugins of a shop; without the file there are none', async () => {
    expect(await configuredPlugins(await mkdtemp(join(folder, 'empty-')))).toEqual([]);
    expect(
      await load(
        `import { defineConfig } from '@vitrine/api/plugin';
        import { wrap } from './wrap.js';
        export default defineConfig({ plugins: [wrap()] });`,
        {
          'wrap.ts': `import { defineModule } from '@vitrine/api/plugin';
          export const wrap = () => defineModule({ name: 'wrap', ${REST} });`,
        },
      ),
    ).toEqual(['wrap']);
  });

  it.each([
    ['export default {};', /vitrine\.config\.ts must have a default export made by defineConfig/],
    ['const nothing = 1;', /vitrine\.config\.ts must have a default export made by defineConfig/],
    [
      `${IMPORTS}export default defineConfig({ plugins: [() => null] });`,
      /^Entry 1 of plugins in vitrine\.config\.ts is no module.*must be called\?$/,
    ],
    [
      `${IMPORTS}export default defineConfig({ plugins: [defineModule({ name: 'cart', ${REST} })] });`,
      /^The plugin cart has the name of a module of the shop itself\.$/,
    ],
    [
      `${IMPORTS}import './wrap.js';\nexport default defineConfig({ plugins: [] });`,
      /^vitrine\.config\.ts cannot be loaded: .*wrap\.js/,
    ],
  ])('that is wrong ends the start in one sentence: %j', async (text, words) => {
    const said = await load(text);

    expect(said).toMatch(words);
    expect(said).not.toContain('\n');
  });

  it('says in which file of a plugin something was thrown', async () => {
    const said = await load(`import './gift-wrap.js';`, {
      'gift-wrap.ts': `throw new Error('Choose a ribbon:\\n  none is set');`,
    });

    expect(said).toMatch(
      /^vitrine\.config\.ts cannot be loaded: Choose a ribbon: none is set \(.*gift-wrap\.ts:1\)$/,
    );
  });
});

describe('the parts of plugins in the clients', () => {
  const at = (...path: string[]): string => join(folder, ...path);
  const plugin = (clients: ModuleDeclaration['clients']) => defineModule({ name: 'wrap', ...plain, clients });

  it('are built from their sources, also where the plugin that names them runs from its build or is a package', async () => {
    await mkdir(at('sources/wrap/admin'), { recursive: true });
    await writeFile(at('sources/wrap/admin/index.ts'), '');
    await writeFile(at('package.ts'), '');
    const built = pathToFileURL(at('built/dist/wrap/index.js'));

    const parts = clientParts(
      [
        plugin({ admin: new URL('./admin/index.ts', built), storefront: pathToFileURL(at('package.ts')) }),
        plugin(undefined),
      ],
      { built: at('built'), sources: at('sources') },
    );

    expect(parts).toEqual([
      { name: 'wrap', admin: at('sources/wrap/admin/index.ts'), storefront: at('package.ts') },
    ]);
  });

  it('that are not there end the build in one sentence', () => {
    expect(() =>
      clientParts([plugin({ admin: pathToFileURL(at('gone.ts')) })], { built: folder, sources: folder }),
    ).toThrow(/^The plugin wrap names a part of a client that is not there: .*gone\.ts$/);
  });
});

describe('a plugin that does not fit', () => {
  const open = async (plugins: readonly AnyModule[]): Promise<string | null> =>
    createShop(
      readEnv({ DATABASE_URL: ready.url, DATA_DIR: folder, NODE_ENV: 'test' }),
      createLogger('silent'),
      { modules: plugins },
    ).then(async (shop) => {
      await shop.close();
      return 'It was opened.';
    }, sentenceOf);

  it('is named with what it declares and the shop has already', async () => {
    const permissions = definePermissions({
      CATALOG_WRITE: { description: 'Everything.', role: Role.SUPPORT },
    });
    const wrap = defineModule({ ...plain, name: 'wrap' });

    expect(await open([defineModule({ ...plain, name: 'wrap', permissions })])).toBe(
      'The permission CATALOG_WRITE is declared twice: by catalog and by wrap',
    );
    expect(await open([defineModule({ ...plain, name: 'wrap', tables: { cart_line: 'Mine.' } })])).toBe(
      'The table cart_line is declared twice: by cart and by wrap',
    );
    expect(await open([wrap, defineModule({ ...plain, name: 'wrap' })])).toBe('Two modules are named wrap');
    expect(await open([defineModule({ ...plain, name: 'bow', dependsOn: [wrap] })])).toBe(
      'Module bow depends on wrap, which is not in the list of modules',
    );
  });

  it('is named when it cannot be set up', async () => {
    const broken = defineModule({
      ...plain,
      name: 'wrap',
      setup: (): ReturnType<typeof plain.setup> => {
        throw new TypeError('ribbon is undefined');
      },
    });

    expect(await open([broken])).toMatch(
      /^The plugin wrap cannot be set up: ribbon is undefined \(.*:\d+\)$/,
    );
  });

  it('is named when the schema has a type of its name already', () => {
    class Cart {
      ribbon!: string;
    }
    class WrapResolver {
      wrap(): Cart {
        return { ribbon: 'blue' };
      }
    }
    // Called as functions: test files are transformed without decorators.
    ObjectType({ description: 'A cart of ribbons.' })(Cart);
    Field(() => String, { description: 'The ribbon.' })(Cart.prototype, 'ribbon');
    Resolver()(WrapResolver);
    Query(() => Cart, { description: 'The wrap.' })(WrapResolver.prototype, 'wrap', {});
    Public()(WrapResolver.prototype, 'wrap', {});
    const fits = defineModule({ ...plain, name: 'bow' });
    const clashes = defineModule({ ...plain, name: 'wrap', resolvers: [WrapResolver] });

    expect(() => schemaWith([fits, clashes])).toThrow(
      /^The plugin wrap does not fit into the schema: .*"Cart"/,
    );
    expect(printContract(schemaWith([fits]))).not.toContain('A cart of ribbons');
  });
});

describe('the migrations of a plugin', () => {
  const first: ModuleMigration = {
    name: '001-wraps',
    up: 'CREATE TABLE wrap (id int PRIMARY KEY); INSERT INTO wrap VALUES (1)',
    down: 'DROP TABLE wrap',
  };
  const second: ModuleMigration = {
    name: '002-ribbon',
    up: `ALTER TABLE wrap ADD COLUMN ribbon text NOT NULL DEFAULT 'blue'`,
    down: 'ALTER TABLE wrap DROP COLUMN ribbon',
  };
  const wrap = (...migrations: ModuleMigration[]): AnyModule[] => [
    defineModule({ ...plain, name: 'wrap', migrations }),
  ];
  const saidOf = (work: Promise<unknown>): Promise<string | null> =>
    work.then(() => 'It was done.', sentenceOf);

  it('run once each, in the plugin’s own order, and are asked for before a process starts', async () => {
    const { source } = ready.database;

    expect(await saidOf(assertPrepared(source, wrap(first)))).toMatch(/not prepared.*\(1 of its migrations/);
    expect(await migrateUp(source, wrap(first))).toEqual(['wrap/001-wraps']);
    expect(await migrateUp(source, wrap(first, second))).toEqual(['wrap/002-ribbon']);
    expect(await migrateUp(source, wrap(first, second))).toEqual([]);
    await expect(assertPrepared(source, wrap(first, second))).resolves.toBeUndefined();
    expect(await source.query('SELECT * FROM wrap')).toEqual([{ id: 1, ribbon: 'blue' }]);
  });

  it('are taken back one by one, and never by the command that takes back the shop’s own', async () => {
    const { source } = ready.database;
    const plugins = wrap(first, second);

    await migrateDown(source, plugins, 'wrap');
    expect(await source.query('SELECT * FROM wrap')).toEqual([{ id: 1 }]);
    await migrateDown(source, plugins);
    expect(await source.query('SELECT * FROM wrap')).toEqual([{ id: 1 }]);
    expect(await migrateUp(source, plugins)).toEqual([expect.stringMatching(/\d{13}$/), 'wrap/002-ribbon']);
    expect(await saidOf(migrateDown(source, plugins, 'bow'))).toBe(
      'No module bow of this shop has migrations of its own.',
    );
  });

  it('leave nothing when one fails, which is named with its plugin', async () => {
    const { source } = ready.database;
    const third = { name: '003-bows', up: 'CREATE TABLE bow (id int); SELECT nothing', down: '' };

    expect(await saidOf(migrateUp(source, wrap(first, second, third)))).toBe(
      'The migration wrap/003-bows failed, and nothing of it was written: column "nothing" does not exist',
    );
    expect(await source.query(`SELECT to_regclass('bow') AS bow`)).toEqual([{ bow: null }]);
  });

  it('stop an older version of the plugin, and not a shop from which the plugin was removed', async () => {
    const { source } = ready.database;

    expect(await saidOf(assertNotNewer(source, wrap(first)))).toMatch(
      /^The database was prepared by a newer version of wrap, which has wrap\/002-ribbon/,
    );
    await expect(assertNotNewer(source, [])).resolves.toBeUndefined();
    await expect(assertPrepared(source, [])).resolves.toBeUndefined();
  });

  it('are numbered in the order in which they run', () => {
    expect(() => assertDeclaredOnce(wrap(second, first))).toThrow(
      'The migration 001-wraps of wrap must come after the one before it.',
    );
    expect(() => assertDeclaredOnce(wrap({ ...first, name: 'wraps' }))).toThrow(
      'The migration wraps of wrap needs a name such as 001-gift-wraps',
    );
  });
});

describe('custom fields that cannot be', () => {
  const text = { type: 'string', label: { en: 'Care' } } as const;
  const declaring = (name: string, customFields: ModuleDeclaration['customFields']): AnyModule =>
    defineModule({ name, ...plain, customFields });

  it.each([
    [
      [declaring('care', { Produkt: [] })],
      'The plugin care declares custom fields of Produkt, which has none: choose one of Product, ProductVariant, Category, Order, Cart, Customer.',
    ],
    [
      [
        declaring('one', { Product: [{ ...text, name: 'care' }] }),
        declaring('two', { Product: [{ ...text, name: 'care' }] }),
      ],
      'The field care of Product is declared twice: by one and by two. One of them must rename it.',
    ],
    [
      [declaring('care', { Cart: [{ ...text, name: 'note', byOwner: true }] })],
      'The plugin care declares for Cart a field "note" that is byOwner: only a public field of Cart that is not translated can be.',
    ],
    [
      [declaring('care', { Order: [{ ...text, name: 'Care' }] })],
      'The plugin care declares for Order a field "Care" that has no name of a field: begin with a small letter, then letters and digits.',
    ],
  ])('end the start in one sentence, of the schema and of the shop', async (plugins, words) => {
    expect(() => schemaWith(plugins)).toThrow(words);
    const env = readEnv({ DATABASE_URL: ready.url, DATA_DIR: folder, NODE_ENV: 'test' });
    const opened = createShop(env, createLogger('silent'), { modules: plugins });
    expect(await opened.then(() => 'It was opened.', sentenceOf)).toBe(words);
  });

  it('that vitrine.config.ts declares itself are those of a module by its name', async () => {
    expect(
      await load(
        `import { defineConfig } from '@vitrine/api/plugin';
        export default defineConfig({ plugins: [], customFields: { Product: [{ name: 'care', type: 'string', label: { en: 'Care' } }] } });`,
      ),
    ).toEqual(['vitrine.config.ts']);
  });
});
