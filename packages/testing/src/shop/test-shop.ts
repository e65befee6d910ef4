import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';
import { createShop, type Shop } from '../../../../api/src/app/create-shop.js';
import { seed as seedShop } from '../../../../api/src/app/seed.js';
import { readEnv, type Env } from '../../../../api/src/app/settings/env.js';
import { JobQueue } from '../../../../api/src/platform/jobs/boss.js';
import { createSchema, printContract } from '../../../../api/src/app/graphql/schema.js';
import { modules as core } from '../../../../api/src/app/modules.js';
import { migrateUp } from '../../../../api/src/platform/database/migrate.js';
import type { AnyModule } from '../../../../api/src/platform/module.js';
import { createServer } from '../../../../api/src/app/server.js';
import { startWorker } from '../../../../api/src/app/worker.js';
import { seedDemoUsers } from '../../../../api/src/domains/identity/index.js';
import { seedReference } from '../../../../api/src/domains/pricing/index.js';
import { seedStartMenus, seedStartPages } from '../../../../api/src/domains/content/index.js';
import { seedDeliveries } from '../../../../api/src/domains/shipping/index.js';
import { newId } from '../../../../api/src/kernel/ids.js';
import { globalId } from '../../../../api/src/kernel/ids.js';
import { createLogger, type Logger } from '../../../../api/src/kernel/logger.js';
import { MAIN_LOCATION, refreshProductProjection } from '../../../../api/src/domains/catalog/index.js';
import { Customer, type Account } from '../drivers/customer.js';
import { Guest } from '../drivers/guest.js';
import { setContract } from '../drivers/recorded-errors.js';
import { Staff } from '../drivers/staff.js';
import { publishedEvents } from './published-events.js';
import { MovableClock } from './movable-clock.js';
import { cloneOf, templateFilledBy } from './template-database.js';
import { WIDE_LIMITS } from './wide-limits.js';
import { shopSchema } from './shop-schema.js';

export interface Thing {
  readonly name: string;
  readonly sku: string;
  readonly price: number;
  readonly stock: number;
}

export interface ShopOptions {
  readonly worker?: boolean;
  readonly env?: Record<string, string>;
  readonly logger?: Logger;
  /** As in the shop's own options; 0 unless a test is about it. */
  readonly askAgainSeconds?: number;
  /** Modules beside the core; their migrations are run. */
  readonly modules?: readonly AnyModule[];
}

/** Between two looks of `eventually`. */
const LONGEST_PAUSE_MS = 100;

function settingsOf(url: string, folder: string, env: Record<string, string>): Env {
  return readEnv({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    DATA_DIR: folder,
    // Shops of one test have separate folders and would generate different secrets.
    JWT_SECRET: 'a-secret-of-the-shops-that-tests-open',
    SECRETS_KEY: 'a-key-of-secrets-of-the-shops-that-tests-open',
    LOG_LEVEL: process.env['TEST_LOG'] ?? 'silent',
    ...WIDE_LIMITS,
    ...env,
  });
}

/** What a new shop writes before it first opens, written once for all: reference data, demo accounts, job queues. */
async function fillShop(url: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-shop-'));
  const shop = await createShop(settingsOf(url, folder, {}), createLogger('silent'));
  await seed(shop);
  const queue = new JobQueue(url, shop.listener, shop.logger);
  await queue.start(withoutSchedules(shop).jobs.map(({ job }) => ({ job, run: async () => undefined })));
  await queue.stop();
  // No shop may take another's look at the schedules for its own.
  await shop.database.pool.query('UPDATE pgboss.version SET cron_on = NULL');
  await shop.close();
  await rm(folder, { recursive: true, force: true });
}

/**
 * What runs every minute would come into any test at any moment: it would expire, ask the provider or take one of its
 * planned failures between two steps of the test. Tests run scheduled jobs themselves; processes of `startApi` keep the
 * schedules.
 */
function withoutSchedules(shop: Shop): Shop {
  return { ...shop, jobs: shop.jobs.map(({ job, run }) => ({ job: { ...job, schedule: undefined }, run })) };
}

async function seed(shop: Shop): Promise<void> {
  await seedDeliveries(shop.database, { currency: 'RON', home: 'RO', language: 'ro' });
  await seedStartPages(shop.content.writes);
  await seedStartMenus(shop.database);
  await seedReference(shop.database, { currency: 'RON', homeCountry: 'RO' });
  // In production mode too: the demo accounts must be refused even when they exist.
  await seedDemoUsers(shop.database, { isProduction: false });
}

/** A whole shop over real HTTP on a database of its own. */
export class TestShop {
  private constructor(
    readonly shop: Shop,
    readonly url: string,
    readonly clock: MovableClock,
    private readonly deps: { close: () => Promise<void> },
  ) {}

  static async open(options: ShopOptions = {}): Promise<TestShop> {
    const { url, drop } = await cloneOf(await templateFilledBy(fillShop));
    return TestShop.start(url, options, drop);
  }

  /** A shop of its own that nobody has set up: without goods, accounts and delivery. */
  static async empty(options: ShopOptions = {}): Promise<TestShop> {
    const { url, drop } = await cloneOf(inject('databaseServer').template);
    const shop = await TestShop.start(url, options, drop);
    await seedShop(shop.shop, { demo: false, print: () => undefined });
    return shop;
  }

  /** A shop on a migrated database of the caller's own, which the caller also closes. */
  static async on(url: string, options: ShopOptions = {}): Promise<TestShop> {
    const shop = await TestShop.start(url, options, async () => undefined);
    await seed(shop.shop);
    return shop;
  }

  /** A second instance of the same shop on the same database, as in another process. Close it before this one. */
  beside(options: ShopOptions = {}): Promise<TestShop> {
    return TestShop.start(this.shop.env.database.url, options, async () => undefined);
  }

  private static async start(
    url: string,
    { worker = true, env = {}, logger, askAgainSeconds = 0, modules = [] }: ShopOptions,
    closeDatabase: () => Promise<void>,
  ): Promise<TestShop> {
    if (modules.length > 0 && process.env['TESTS_SHARE_THE_PROCESS'])
      throw new Error('A module stays in its process: api/vitest.config.ts must run this file alone');
    const folder = await mkdtemp(join(tmpdir(), 'vitrine-shop-'));
    const settings = settingsOf(url, folder, env);
    const clock = new MovableClock();
    const shop = await createShop(settings, logger ?? createLogger(settings.logLevel), {
      clock,
      askAgainSeconds,
      modules,
    });
    if (modules.length > 0) await migrateUp(shop.database.source, shop.modules);
    const schema = modules.length > 0 ? createSchema([...core, ...modules]) : shopSchema;
    if (modules.length > 0) setContract(printContract(schema));
    const server = await createServer(shop, schema);
    await shop.listener.start();
    await server.listen({ port: 0, host: '127.0.0.1' });
    const stopWorker = worker ? await startWorker(withoutSchedules(shop)) : async () => undefined;
    const { port } = server.server.address() as AddressInfo;
    const close = async (): Promise<void> => {
      await server.close();
      await stopWorker();
      await shop.close();
      await closeDatabase();
      await rm(folder, { recursive: true, force: true });
    };
    return new TestShop(shop, `http://127.0.0.1:${port}`, clock, { close });
  }

  close(): Promise<void> {
    return this.deps.close();
  }

  /** A browser that says nothing of the shop's own clients, unless `headers` do. */
  guest(headers: Record<string, string> = {}): Guest {
    return new Guest(this.url, headers);
  }

  customer(email: string, password: string): Promise<Customer> {
    return Customer.signIn(this.url, { email, password });
  }

  /** The owner, or another account that works in the shop. */
  staff(account?: Account): Promise<Staff> {
    return Staff.signIn(this.url, account);
  }

  /** Creates a product with one variant in stock; returns the variant's public id. */
  async stock({ name, sku, price, stock }: Thing): Promise<string> {
    const [product, variant] = [newId(), newId()];
    await this.shop.database.transaction(async (tx) => {
      const text = JSON.stringify({ ro: name, en: name });
      await tx.client.query(
        `INSERT INTO product (id, slug, status, name, currency) VALUES ($1, $2, 'ACTIVE', $3, 'RON')`,
        [product, sku.toLowerCase(), text],
      );
      await tx.client.query(
        `INSERT INTO variant (id, product_id, sku, name, price, currency) VALUES ($1, $2, $3, $4, $5, 'RON')`,
        [variant, product, sku, text, price],
      );
      await tx.client.query('INSERT INTO stock_level (variant_id, location_id) VALUES ($1, $2)', [
        variant,
        MAIN_LOCATION,
      ]);
      if (stock > 0) {
        await tx.client.query(
          `INSERT INTO stock_movement (id, variant_id, location_id, delta_on_hand, delta_reserved, kind) VALUES ($1, $2, $3, $4, 0, 'RECEIVE')`,
          [newId(), variant, MAIN_LOCATION, stock],
        );
      }
      await refreshProductProjection(tx, [product]);
    });
    await publishedEvents(this.shop);
    return globalId('vari', variant);
  }

  /** The rows of an SQL query. */
  async sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await this.shop.database.pool.query(text, values)).rows as T[];
  }

  /** Polls until `look` returns something, for results of jobs. The limit only ends what never happens. */
  async eventually<T>(look: () => Promise<T | null | undefined | false>, limitMs = 180_000): Promise<T> {
    const end = Date.now() + limitMs;
    // What takes long is looked for less often: each look is work for what is waited for.
    for (let pauseMs = 10; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error('It did not happen in time');
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}
