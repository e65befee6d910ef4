import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../find-chromium.ts';
import { openShops } from './shop.ts';
import type { ShopUrls } from './this-shop.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** One for each worker. */
    shops: ShopUrls[];
    /** The data of one more, which nobody has opened yet. */
    spareFolder: string;
    chromium: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await findChromium();
  if (!chromium) throw new Error('No Chromium was found: install one, or set CHROME_PATH.');
  // One with --max-workers 1, which is enough for one file.
  const { shops, spareFolder } = await openShops(project.config.maxWorkers);
  project.provide(
    'shops',
    shops.map(({ storefrontUrl, apiUrl }) => ({ storefrontUrl, apiUrl })),
  );
  project.provide('spareFolder', spareFolder);
  project.provide('chromium', chromium);
  return async () => {
    await Promise.all(shops.map((shop) => shop.stop()));
    await rm(spareFolder, { recursive: true, force: true });
  };
}
