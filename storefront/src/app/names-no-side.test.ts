// @vitest-environment node
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/*
 * Pages are read from right to left in some languages: what stands at the beginning of a line is named by that (`ms-2`,
 * `start-0`, `text-start`), not by a side. By rule: every component is walked.
 */
const SIDE =
  /[\s"'`:!]-?(?:m[lr]|p[lr]|scroll-m[lr]|scroll-p[lr])-[\da-z[][^\s"'`]*|[\s"'`:!]-?(?:left|right)-(?!1\/2)[\da-z[][^\s"'`]*|[\s"'`:!](?:text-(?:left|right)|(?:border|rounded)-[lr])(?=[\s"'`-])/g;
const source = join(import.meta.dirname, '..');

it('lays out no page by left and right', () => {
  const named = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.vue'))
    .flatMap((file) => {
      const [, template = ''] =
        /<template>([\s\S]*)<\/template>/.exec(readFileSync(join(source, file), 'utf8')) ?? [];
      return [...template.matchAll(SIDE)].map(([found]) => `${file}: ${found.trim()}`);
    });
  expect(named).toEqual([]);
});
