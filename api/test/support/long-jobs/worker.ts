import 'reflect-metadata';
import { createShop } from '../../../src/app/create-shop.js';
import { readEnv } from '../../../src/app/settings/env.js';
import { startWorker } from '../../../src/app/worker.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { countingModule } from './counting-job.js';

/** A worker in a process of its own, which tests kill; `ready` on its standard output says that it works. */
const env = readEnv(process.env);
const shop = await createShop(env, createLogger('silent'), { modules: [countingModule] });
await shop.listener.start();
const stop = await startWorker(shop);
process.stdout.write('ready\n');
process.once(
  'SIGTERM',
  () =>
    void stop()
      .then(() => shop.close())
      .then(() => process.exit(0)),
);
