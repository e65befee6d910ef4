import type { Browser, BrowserContext, Page } from 'playwright-core';
import { slowDown } from './slow.ts';
import { thisShop } from './this-shop.ts';

export const PHONE = { width: 390, height: 844 };
export const DESKTOP = { width: 1440, height: 900 };

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors in the browser: exceptions, console errors, files that did not load. */
  readonly problems: string[];
}

/** A new English browser context of this size, with the given cookies. */
export async function visitor(
  browser: Browser,
  viewport: { width: number; height: number },
  cookies: Parameters<BrowserContext['addCookies']>[0] = [],
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport,
    locale: 'en-GB',
    hasTouch: viewport === PHONE,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  await slowDown(context);
  await context.addCookies(cookies);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', ({ message }) => problems.push(message));
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  return { page, context, problems };
}

export const inShop = (path: string): string => `${thisShop().storefrontUrl}${path}`;
export const inAdmin = (path: string): string => `${thisShop().apiUrl}/admin${path}`;
