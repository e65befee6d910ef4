import { started } from './app/small-start.js';
import 'reflect-metadata';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openShop } from './app/container.js';
import { failStart, readSettings, stopOnSignals } from './app/lifecycle.js';
import { createSchema } from './app/schema.js';
import { createServer } from './app/server.js';
import { startWorker } from './app/worker.js';

const { env, logger } = readSettings();
try {
  await mkdir(join(env.dataDir, 'media'), { recursive: true });
  const shop = await openShop(env, logger);
  const server = await createServer(shop, createSchema(shop.resolvers));
  await shop.listener.start();
  await server.listen({ port: env.http.port, host: env.http.host });
  const stopWorker = env.runWorker ? await startWorker(shop) : async () => undefined;
  started();
  stopOnSignals(logger, async () => {
    await server.close();
    await stopWorker();
    await shop.close();
  });
} catch (error) {
  failStart(error, env);
}
