import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildExampleClients, EXAMPLES, readExamples } from '../../scripts/build-examples.mjs';
import { createShop } from '../../scripts/shop.mjs';
import { run } from '../../scripts/steps.mjs';
import type { ShopUrls } from './this-shop.ts';

export interface WholeShop extends ShopUrls {
  stop(): Promise<void>;
}

/** The built shop on a folder with its demo goods: a database of its own, API, worker and storefront on free ports. */
async function openShop(
  dataFolder: string,
  more: NodeJS.ProcessEnv = {},
  begin: 'demo' | 'empty' = 'demo',
): Promise<WholeShop & { readonly setupLink: string | null }> {
  const [apiPort, storefrontPort] = await Promise.all([freePort(), freePort()]);
  const env = { ...environment(apiPort, storefrontPort), ...more };
  const shop = createShop({ env, dataFolder, keep: 'throwaway', begin: async () => begin });
  const stop = async (): Promise<void> => {
    await shop.down();
    await rm(dataFolder, { recursive: true, force: true });
  };
  await shop.up().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  const urls = {
    storefrontUrl: `http://localhost:${storefrontPort}`,
    apiUrl: `http://localhost:${apiPort}`,
  };
  return { ...urls, stop, setupLink: shop.setupLink() };
}

/** A shop with nothing in it, and the link to its set-up that its start prints. */
export async function openEmptyShop(): Promise<WholeShop & { readonly setupLink: string }> {
  const shop = await openShop(await emptyFolder(), {}, 'empty');
  return { ...shop, setupLink: shop.setupLink ?? '' };
}

/** The shop with the example plugins, on a folder that was filled without them. Builds what is stale of it. */
export async function openExampleShop(dataFolder: string): Promise<WholeShop> {
  await readExamples();
  await buildExampleClients();
  return openShop(dataFolder, { BUILD_DIR: EXAMPLES });
}

/**
 * Shops that know nothing of each other, and a folder filled as theirs for one more. If one does not open, none stays
 * open.
 */
export async function openShops(count: number): Promise<{ shops: WholeShop[]; spareFolder: string }> {
  const [spareFolder = '', ...folders] = await filledFolders(count + 1);
  const opened = await Promise.allSettled(folders.map((folder) => openShop(folder)));
  const shops = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = opened.find((one) => one.status === 'rejected');
  if (!failed) return { shops, spareFolder };
  await Promise.all(shops.map((shop) => shop.stop()));
  await rm(spareFolder, { recursive: true, force: true });
  throw failed.reason;
}

/** Data folders with the same demo goods: to fill one takes many times what a copy takes. */
async function filledFolders(count: number): Promise<string[]> {
  const first = await emptyFolder();
  const shop = createShop({ env: environment(await freePort(), await freePort()), dataFolder: first });
  await shop.fill().catch(async (error: unknown) => {
    await shop.down();
    await rm(first, { recursive: true, force: true });
    throw error;
  });
  const copies = Array.from({ length: count - 1 }, async () => {
    const folder = await emptyFolder();
    // As root, the files of PostgreSQL stay those of its account.
    await run('cp', ['-a', `${first}/.`, folder]);
    return folder;
  });
  return [first, ...(await Promise.all(copies))];
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-e2e-'));
  // As root, PostgreSQL runs under another account and has to get in.
  await chmod(folder, 0o755);
  return folder;
}

/** Only the required variables: the developer's own settings (keys, a database) must not reach the shop. */
function environment(apiPort: number, storefrontPort: number): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return {
    // All journeys share one network, and each creates carts.
    CARTS_PER_MINUTE_PER_NETWORK: '600',
    // All journeys sign in as the same owner, and how many follow each other depends on how fast the machine is.
    LOGIN_ATTEMPTS_PER_ACCOUNT: '300',
    PATH,
    HOME,
    TMPDIR,
    API_PORT: String(apiPort),
    STOREFRONT_PORT: String(storefrontPort),
    PAYMENT_PROVIDER: 'test',
    MAIL_PROVIDER: 'inbox',
    LOG_LEVEL: 'warn',
  };
}

/** A port outside the ephemeral range, so that no other process gets it before the shop listens. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const probe = createServer();
    const isFree = await new Promise<boolean>((resolve) =>
      probe.once('error', () => resolve(false)).listen(port, () => resolve(true)),
    );
    await new Promise((resolve) => probe.close(resolve));
    if (isFree) return port;
  }
}
