import 'reflect-metadata';
import { createShop } from './app/create-shop.js';
import { failStart, readSettings, stopOnSignals } from './app/lifecycle.js';
import { configuredPlugins } from './app/plugins/load-config.js';
import { openDataFolder } from './app/settings/data-folder.js';
import { startWorker } from './app/worker.js';
import { assertPrepared } from './platform/database/migrate.js';

const { env, logger } = readSettings();
try {
  openDataFolder(env.dataDir);
  const shop = await createShop(env, logger, { modules: await configuredPlugins() });
  await assertPrepared(shop.database.source, shop.modules);
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
