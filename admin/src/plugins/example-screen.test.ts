import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ADMIN = join(import.meta.dirname, '../../../examples/plugin-gift-wrap/admin');
/** All that the screen of a small table is: its list, its form, its page and what they ask the API. */
const SCREEN = ['wrap-screen.ts', 'WrapListPage.vue', 'wraps.graphql'];

const linesOf = async (file: string): Promise<number> =>
  (await readFile(join(ADMIN, file), 'utf8')).trimEnd().split('\n').length;

describe('a screen on which staff list, add and change the rows of a small table', () => {
  it('is written in at most 150 lines, comments and blank ones included', async () => {
    const lines = await Promise.all(SCREEN.map(linesOf));

    expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(150);
  });
});
