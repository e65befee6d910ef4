import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { untilStill } from './pages.ts';

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Checks that axe reports no serious or critical finding, once nothing fades or moves: it measures colors as they are. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await untilStill(page);
  const { violations } = await new AxeBuilder({ page })
    // Only what is found is described in full.
    .options({ runOnly: LEVELS, resultTypes: ['violations'] })
    // No page has frames of others: without them axe need not open a page of its own for each check.
    .setLegacyMode()
    .analyze();
  const serious = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${name}: ${id} at ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`);
  expect(serious).toEqual([]);
}
