import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApi } from '@vitrine/testing/shop/built-api.js';
import type { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { giveJobsOfTheDeadToOthers } from '@vitrine/testing/shop/time-passes.js';
import { WIDE_LIMITS } from '@vitrine/testing/shop/wide-limits.js';

/** A worker of the shop in a process of its own; whoever started it kills it. */
export async function workerToKill(shop: TestShop): Promise<ChildProcess> {
  await builtApi();
  const here = import.meta.dirname;
  const child = spawn(
    process.execPath,
    ['--import', join(here, 'on-the-build.mjs'), join(here, 'worker.ts')],
    {
      cwd: join(here, '../../..'),
      env: {
        ...{ PATH: process.env['PATH'], NODE_ENV: 'test', LOG_LEVEL: 'silent', ...WIDE_LIMITS },
        ...{ DATABASE_URL: shop.shop.env.database.url, DATA_DIR: shop.shop.env.dataDir },
        // Later starts read what the first has compiled.
        NODE_COMPILE_CACHE: join(tmpdir(), 'vitrine-compile-cache'),
        JWT_SECRET: 'a-secret-of-the-shops-that-tests-open',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(child.stdout!, 'data');
  return child;
}

/** Ends when the process is gone. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Half a minute passes: whoever was killed counts as dead. */
export async function silence(shop: TestShop): Promise<void> {
  await giveJobsOfTheDeadToOthers(shop);
  await shop.sql(
    `UPDATE long_job SET heartbeat_at = heartbeat_at - interval '30 seconds' WHERE run_token IS NOT NULL`,
  );
}
