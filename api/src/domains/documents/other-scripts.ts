import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/*
 * Letters that the shop's own face has not got. Inter has Latin, Greek and Cyrillic; the rest comes from Noto Sans, cut
 * into small files by blocks of letters, of which a document reads those that it needs: Chinese and Japanese (in their
 * Chinese forms), Korean, Arabic and Hebrew. Letters of any other script (Thai, Devanagari, Georgian ...) are not drawn:
 * a box stands in their place.
 */

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

/** The faces that a text needs beside the shop's own. */
export async function facesFor(text: string): Promise<OtherFace[]> {
  const wanted = [...new Set(text)]
    .map((letter) => letter.codePointAt(0) ?? 0)
    .filter((code) => code > 0x52f);
  if (wanted.length === 0) return [];
  const known = await allBlocks();
  // Of two families that have a letter the first is asked; punctuation alone needs none of them.
  const needed = new Set(wanted.map((code) => known.find((block) => isIn(block, code))));
  const found = known.filter((block) => needed.has(block));
  return Promise.all(
    found.map(async (block) => ({
      name: block.path,
      bytes: await readFile(block.path),
      has: (code: number) => isIn(block, code),
    })),
  );
}

function isIn({ ranges }: Block, code: number): boolean {
  return ranges.some(([from, to]) => from <= code && code <= to);
}

/** Whether a letter is written from right to left. */
export function isRightToLeft(text: string): boolean {
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(text);
}
