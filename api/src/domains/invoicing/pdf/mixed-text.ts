import { isRightToLeft } from './other-scripts.js';

/** A piece of a line in one face. */
export interface Run {
  readonly face: string;
  readonly text: string;
}

/** How wide a piece is in its face. */
export type Measure = (run: Run) => number;

/** Which face has a letter. */
export type FaceOf = (letter: string) => string;

// Chinese and Japanese are written without blanks: a line may end behind each of their letters.
const WORDS =
  /\s+|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+/gu;

/**
 * Breaks a text of several scripts into lines of a width; returns each line as the runs to draw from left to right.
 */
export function mixedLines(text: string, width: number, faceOf: FaceOf, measure: Measure): Run[][] {
  const lines: string[][] = [[]];
  let left = width;
  for (const [word] of text.matchAll(WORDS)) {
    for (const piece of pieces(word, width, faceOf, measure)) {
      const wide = wideOf(piece, faceOf, measure);
      if (wide > left && lines.at(-1)?.length) {
        lines.push([]);
        left = width;
        if (!piece.trim()) continue;
      }
      lines.at(-1)?.push(piece);
      left -= wide;
    }
  }
  return lines.map((words) => inSight(words).flatMap((word) => runsOf(word, faceOf)));
}

/** A word that is wider than the line is cut where the line ends. */
function pieces(word: string, width: number, faceOf: FaceOf, measure: Measure): string[] {
  if (wideOf(word, faceOf, measure) <= width) return [word];
  const cut: string[] = [''];
  for (const letter of word) {
    const longer = (cut.at(-1) ?? '') + letter;
    if (cut.at(-1) && wideOf(longer, faceOf, measure) > width) cut.push(letter);
    else cut[cut.length - 1] = longer;
  }
  return cut;
}

/** Words that are written from right to left follow each other that way; the letters of one are turned by the font. */
function inSight(words: readonly string[]): string[] {
  const seen: string[] = [];
  let waiting: string[] = [];
  const settle = (): void => {
    // A blank behind the last word belongs to what follows.
    const blanks = waiting.at(-1)?.trim() === '' ? waiting.splice(-1) : [];
    seen.push(...waiting.reverse(), ...blanks);
    waiting = [];
  };
  for (const word of words) {
    const isBlank = word.trim() === '';
    if (isRightToLeft(word) || (isBlank && waiting.length > 0)) waiting.push(word);
    else {
      settle();
      seen.push(word);
    }
  }
  settle();
  return seen;
}

function runsOf(word: string, faceOf: FaceOf): Run[] {
  const runs: { face: string; text: string }[] = [];
  for (const letter of word) {
    const last = runs.at(-1);
    // A joiner shapes the letter before it, so both use one face.
    const face = last && /[\u200c\u200d]/.test(letter) ? last.face : faceOf(letter);
    if (last?.face === face) last.text += letter;
    else runs.push({ face, text: letter });
  }
  return runs;
}

function wideOf(word: string, faceOf: FaceOf, measure: Measure): number {
  return runsOf(word, faceOf).reduce((sum, run) => sum + measure(run), 0);
}
