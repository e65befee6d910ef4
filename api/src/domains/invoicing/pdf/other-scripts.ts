import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { plainForm } from './printable.js';

/*
 * Letters that the shop's own face does not have. Inter has Latin, Greek and Cyrillic; the rest comes from Noto Sans,
 * cut into small files by blocks of letters, of which a document reads those that it needs: Chinese and Japanese (in
 * their Chinese forms), Korean, Arabic and Hebrew. Letters of any other script (Thai, Devanagari, Georgian ...) are
 * not drawn: a box replaces them. Emoji are left out.
 */

/** Every face has the letters up to here. */
const LAST_OF_LATIN = 0x7e;

const FAMILIES = ['noto-sans-hebrew', 'noto-sans-arabic', 'noto-sans-kr', 'noto-sans-sc'] as const;

/** A file of a family with the letters it is for. */
interface Block {
  readonly path: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

const { resolve } = createRequire(import.meta.url);
let blocks: Promise<Block[]> | null = null;

/** Every block there is, read with the first document that needs one. */
function allBlocks(): Promise<Block[]> {
  blocks ??= Promise.all(FAMILIES.map(blocksOf)).then((found) => found.flat());
  return blocks;
}

async function blocksOf(family: (typeof FAMILIES)[number]): Promise<Block[]> {
  const folder = dirname(resolve(`@fontsource/${family}/LICENSE`));
  const ranges = JSON.parse(await readFile(join(folder, 'unicode.json'), 'utf8')) as Record<string, string>;
  // Inter has the Latin letters of its own.
  const own = Object.entries(ranges).filter(([name]) => /^\[\d+\]$|^hebrew$|^arabic$/.test(name));
  return own.map(([name, list]) => ({
    path: join(folder, 'files', `${family}-${name.replace(/[[\]]/g, '')}-400-normal.woff`),
    ranges: list.split(',').map((range): [number, number] => {
      const [from = '', to = from] = range.replace('U+', '').split('-');
      return [parseInt(from, 16), parseInt(to, 16)];
    }),
  }));
}

/** A face for some of the letters: registered under its name. */
export interface OtherFace {
  readonly name: string;
  readonly bytes: Buffer;
  readonly has: (codePoint: number) => boolean;
}

const letters = new Map<string, Promise<ReadonlySet<number>>>();

/** The letters that a font file draws: fewer than its block is said to have, and none in a file that cannot be read. */
export function lettersOf(path: string): Promise<ReadonlySet<number>> {
  const known = letters.get(path) ?? readLetters(path);
  letters.set(path, known);
  return known;
}

async function readLetters(path: string): Promise<ReadonlySet<number>> {
  const [{ create }, bytes] = await Promise.all([import('fontkit'), readFile(path)]);
  try {
    return new Set(create(bytes).characterSet);
  } catch {
    // Some files hold nothing but the signs that choose the look of emoji, which fontkit cannot read.
    return new Set();
  }
}

/** The faces that a text needs for letters that the shop's own face does not have. */
export async function facesFor(text: string, own: ReadonlySet<number>): Promise<OtherFace[]> {
  const wanted = [...new Set(text.normalize('NFC'))]
    .flatMap((letter) => [letter, ...plainForm(letter)])
    .map((letter) => letter.codePointAt(0) ?? 0)
    .filter((code) => code > LAST_OF_LATIN && !own.has(code));
  if (wanted.length === 0) return [];
  const served = new Map<string, Set<number>>();
  for (const code of new Set(wanted)) {
    const path = await fileWith(code);
    if (path) served.set(path, (served.get(path) ?? new Set()).add(code));
  }
  return Promise.all(
    [...served].map(async ([path, codes]) => ({
      name: path,
      bytes: await readFile(path),
      has: (code: number) => codes.has(code),
    })),
  );
}

/** Of two families that have a letter the first is used. */
async function fileWith(code: number): Promise<string | null> {
  for (const block of await allBlocks())
    if (isIn(block, code) && (await lettersOf(block.path)).has(code)) return block.path;
  return null;
}

function isIn({ ranges }: Block, code: number): boolean {
  return ranges.some(([from, to]) => from <= code && code <= to);
}

/** Whether a letter is written from right to left. */
export function isRightToLeft(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
}
