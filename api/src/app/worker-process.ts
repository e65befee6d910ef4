import 'reflect-metadata';
import { assertPrepared } from '../platform/database/migrate.js';
import { createShop } from './create-shop.js';
import { failStart, readSettings, stopOnSignals } from './lifecycle.js';
import { assertNamedServices } from './named-services.js';
import { configuredPlugins } from './plugins/load-config.js';
import { openDataFolder } from './settings/data-folder.js';
import { startWorker } from './worker.js';

/** Opens the shop and runs its jobs until a signal ends the process. */
export async function work(): Promise<void> {
  const { env, logger } = readSettings();
  try {
    openDataFolder(env.dataDir);
    const shop = await createShop(env, logger, { modules: await configuredPlugins(env.buildDir) });
    await assertPrepared(shop.database.source, shop.modules);
    await assertNamedServices(shop);
    await shop.listener.start();
    const stopWorker = await startWorker(shop);
    logger.info('The worker is running');
    stopOnSignals(logger, async () => {
      await stopWorker();
      await shop.close();
    });
  } catch (error) {
    failStart(error, env);
  }
}
