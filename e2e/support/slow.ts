import type { BrowserContext, Page } from 'playwright-core';

/**
 * To look for journeys, and for parts of the shop, that only work on an idle machine: `SLOW_PAGES=8` makes every page run
 * eight times slower, and lets each request wait up to 1.2 seconds.
 */
const TIMES_SLOWER = Number(process.env['SLOW_PAGES'] ?? 0);
const LONGEST_REQUEST_MS = 1_200;

export async function slowDown(context: BrowserContext): Promise<void> {
  if (!TIMES_SLOWER) return;
  context.on('page', (page) => void slowPage(page));
  await context.route('**/*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * LONGEST_REQUEST_MS));
    // The page may be gone.
    await route.fallback().catch(() => undefined);
  });
}

async function slowPage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: TIMES_SLOWER });
}
