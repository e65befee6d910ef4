import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { assertPrepared } from '../platform/database/migrate.js';
import { createShop } from './create-shop.js';
import { failStart, readSettings, stopOnSignals } from './lifecycle.js';
import { assertNamedServices } from './named-services.js';
import { configuredPlugins } from './plugins/load-config.js';
import { schemaWith } from './plugins/shop-schema.js';
import { beginDraining, createServer } from './server.js';
import { openDataFolder } from './settings/data-folder.js';
import { listening } from './settings/start-problems.js';
import { startWorker } from './worker.js';

/** Opens the shop and serves it until a signal ends the process. */
export async function serve(): Promise<void> {
  const { env, logger } = readSettings();
  try {
    openDataFolder(env.dataDir);
    const plugins = await configuredPlugins(env.buildDir);
    const shop = await createShop(env, logger, { modules: plugins });
    await assertPrepared(shop.database.source, shop.modules);
    await assertNamedServices(shop);
    const server = await createServer(shop, schemaWith(plugins));
    await shop.listener.start();
    const { port, host } = env.http;
    await listening({ port, host }, server.listen({ port, host }));
    const stopWorker = env.runWorker ? await startWorker(shop) : async () => undefined;
    const drainMs = env.http.drainSeconds * 1_000;
    stopOnSignals(
      logger,
      async () => {
        beginDraining(server);
        await Promise.all([sleep(drainMs), stopWorker()]);
        await server.close();
        await shop.close();
      },
      drainMs,
    );
  } catch (error) {
    failStart(error, env);
  }
}
