import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/*
 * Every snippet of docs/extend.md stands in code that is compiled: in the example plugin, which is built, run and looked at in
 * the browser, or in `support/documented`. Comments and line breaks may differ.
 */
const root = join(import.meta.dirname, '../..');
const COMPILED = ['examples', 'api/test/support/documented'];

/** What of code the compiler reads. */
function meaning(code: string): string {
  const bare = code.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return bare
    .replace(/\s+/g, '')
    .replace(/,(?=[)\]}])/g, '')
    .replace(/[;,]$/, '');
}

const sources = COMPILED.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.includes('generated'))
    .map((file) => meaning(readFileSync(join(root, folder, file), 'utf8'))),
);
/** Each part of a snippet with the line at which the snippet begins. A plugin of a shop stands in `plugins/<name>`. */
const parts = [
  ...readFileSync(join(root, 'docs/extend.md'), 'utf8').matchAll(/^( *)```ts\n([^]*?)^ *```$/gm),
].flatMap(({ 2: code = '', index, input }) => {
  const line = input.slice(0, index).split('\n').length;
  return code
    .replaceAll('./plugins/', './plugin-')
    .split(/\n\s*\n/)
    .filter((part) => meaning(part) !== '')
    .map((part) => [line, part] as const);
});

it('the guide for plugins has snippets', () => {
  expect(parts.length).toBeGreaterThan(20);
});

it.each(parts)('the snippet at line %i of the guide for plugins is compiled: %s', (_line, part) => {
  expect(sources.some((source) => source.includes(meaning(part)))).toBe(true);
});
