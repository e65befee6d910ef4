import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openShop } from './container.js';
import { failStart, readSettings, stopOnSignals } from './lifecycle.js';
import { createSchema } from './schema.js';
import { createServer } from './server.js';
import { startWorker } from './worker.js';

/** Opens the shop and serves it until a signal ends the process. */
export async function serve(): Promise<void> {
  const { env, logger } = readSettings();
  try {
    await mkdir(join(env.dataDir, 'media'), { recursive: true });
    const shop = await openShop(env, logger);
    const server = await createServer(shop, createSchema(shop.resolvers));
    await shop.listener.start();
    await server.listen({ port: env.http.port, host: env.http.host });
    const stopWorker = env.runWorker ? await startWorker(shop) : async () => undefined;
    stopOnSignals(logger, async () => {
      await server.close();
      await stopWorker();
      await shop.close();
    });
  } catch (error) {
    failStart(error, env);
  }
}
