import type { TestProject } from 'vitest/node';
import { findChromium } from '../find-chromium.ts';
import { openShop } from './shop.ts';

declare module 'vitest' {
  interface ProvidedContext {
    storefrontUrl: string;
    apiUrl: string;
    chromium: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const chromium = await findChromium();
  if (!chromium) throw new Error('No Chromium was found: install one, or set CHROME_PATH.');
  const shop = await openShop();
  project.provide('storefrontUrl', shop.storefrontUrl);
  project.provide('apiUrl', shop.apiUrl);
  project.provide('chromium', chromium);
  return () => shop.stop();
}
