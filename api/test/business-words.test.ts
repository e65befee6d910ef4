import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { parseAst } from 'vitest/node';
import { BUSINESS_WORDS_STILL_THERE } from './support/business-words.js';

/*
 * Kernel, platform and app know no business: what they hold serves any module. A word of the trade in the name of a file
 * or in an identifier says that something belongs to a module. Texts are not looked at: descriptions name examples, and
 * tables in SQL are held by tables-have-owners.test.ts.
 */

const SOURCES = join(import.meta.dirname, '../src');
/** The list of modules names them, by its nature. */
const LISTS = new Set(['app/modules.ts']);
const TRADE = new Set(
  `order product cart payment refund variant invoice customer checkout shipment fulfillment stock price tax catalog
   category coupon promotion returns reservation dispute buyer shipping discount sku warehouse inventory`.split(
    /\s+/,
  ),
);

function isTrade(word: string): boolean {
  const lower = word.toLowerCase();
  return TRADE.has(lower) || (lower.endsWith('s') && TRADE.has(lower.slice(0, -1)));
}

/** `lowStockThreshold` is low, Stock, Threshold. */
function wordsOf(name: string): string[] {
  return name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? [];
}

/** The identifiers of a source text with a word of the trade, and its file name if that has one. */
function tradeIn(file: string, text: string): string[] {
  const found = new Set<string>();
  if (wordsOf(basename(file, '.ts')).some(isTrade)) found.add(basename(file));
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'Identifier' && 'name' in node) {
      const name = String(node.name);
      if (wordsOf(name).some(isTrade)) found.add(name);
    }
    for (const part of Object.values(node)) visit(part);
  };
  visit(parseAst(text, { lang: 'ts', sourceType: 'module' }, file));
  return [...found].toSorted();
}

it('no business word is in kernel, platform or app, but for those that are listed with a reason', () => {
  const found: Record<string, string[]> = {};
  for (const root of ['kernel', 'platform', 'app'])
    for (const name of readdirSync(join(SOURCES, root), { recursive: true, encoding: 'utf8' })) {
      const file = `${root}/${name}`;
      if (!file.endsWith('.ts') || file.endsWith('.test.ts') || LISTS.has(file)) continue;
      if (file.startsWith('platform/database/migrations/')) continue;
      const words = tradeIn(file, readFileSync(join(SOURCES, file), 'utf8'));
      if (words.length > 0) found[file] = words;
    }
  const listed: Record<string, string[]> = {};
  for (const { files } of BUSINESS_WORDS_STILL_THERE)
    for (const [file, words] of Object.entries(files))
      listed[file] = [...(listed[file] ?? []), ...words].toSorted();

  for (const [file, words] of Object.entries(listed))
    if (words.includes('*') && found[file]) found[file] = ['*'];
  expect(found).toEqual(listed);
});

it('one that is planted is found, in a name and in a file name', () => {
  expect(
    tradeIn('platform/jobs/refund-queue.ts', 'export const openOrders = { unitPrice: 1, pieces: 2 };'),
  ).toEqual(['openOrders', 'refund-queue.ts', 'unitPrice']);
});
