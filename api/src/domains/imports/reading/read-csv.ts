import { parse } from 'csv-parse/sync';
import { unmarked } from '../unmarked.js';
import { decodeText } from './decode-text.js';
import {
  MOST_LINES,
  SEPARATORS,
  tidied,
  Unreadable,
  type RequestedReading,
  type Separator,
  type Table,
} from './table.js';

/** What a line is cut at unless that is the comma, of two equal ones the first. */
const OTHERS: readonly Separator[] = SEPARATORS.filter((separator) => separator !== ',');
const ALIKE = 100;

/** Reads a text of separated values, as spreadsheets write it and as it is copied out of them. @throws Unreadable */
export function readCsv(bytes: Uint8Array, requested: RequestedReading): Table {
  const { text, encoding } = decodeText(bytes, requested.encoding);
  const { separator: named, rest, linesBefore } = withoutSeparatorLine(text);
  const separator = requested.separator ?? named ?? separatorOf(rest);
  const lines = tidied(records(rest, separator, linesBefore));
  return { format: 'CSV', encoding, separator, sheets: [], sheet: null, lines, header: null };
}

function* records(
  text: string,
  delimiter: Separator,
  linesBefore: number,
): Generator<Table['lines'][number]> {
  let parsed: { record: string[]; info: { lines: number } }[];
  try {
    parsed = parse(text, {
      ...{ delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
      // Inches and names in quotes stand in the middle of cells; only a quote at the start of one begins a quoted cell.
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      to: MOST_LINES + 2,
    }) as unknown as typeof parsed;
  } catch {
    // A quote that is never closed.
    throw new Unreadable('FILE_UNREADABLE');
  }
  for (const { record, info } of parsed)
    yield { line: info.lines + linesBefore, cells: record.map(unmarked) };
}

/** Spreadsheets write `sep=;` as the first line, for themselves. */
function withoutSeparatorLine(text: string): {
  separator: Separator | null;
  rest: string;
  linesBefore: number;
} {
  const found = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  const separator = SEPARATORS.find((known) => known === found?.[1]) ?? null;
  return { separator, rest: found ? text.slice(found[0].length) : text, linesBefore: found ? 1 : 0 };
}

/** A comma within a number, where it is the decimal sign. */
const DECIMAL_COMMA = /(?<=\d),(?=\d)/g;

/**
 * The sign that cuts the first lines into the same number of cells, and into the most. Where another one cuts all of them
 * alike, the commas within numbers are decimal signs: `A;1,5` has two cells.
 */
function separatorOf(text: string): Separator {
  const sample = text
    .split(/\r\n|\n|\r/, 30)
    .filter((line) => line.trim() !== '')
    .map(outsideQuotes);
  const best = bestOf(OTHERS, sample);
  const lines = best.score >= ALIKE ? sample.map((line) => line.replaceAll(DECIMAL_COMMA, '')) : sample;
  const comma = scoreOf(lines, ',');
  return comma > best.score || best.score === 0 ? ',' : best.separator;
}

function bestOf(
  separators: readonly Separator[],
  lines: readonly string[],
): { readonly separator: Separator; readonly score: number } {
  const scored = separators.map((separator) => ({ separator, score: scoreOf(lines, separator) }));
  return scored.reduce((before, now) => (now.score > before.score ? now : before));
}

/** More than `ALIKE` when all lines have as many of the sign as the one in the middle. */
function scoreOf(lines: readonly string[], separator: Separator): number {
  const counts = lines.map((line) => line.split(separator).length - 1);
  const usual = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 0;
  if (usual === 0) return 0;
  const agreeing = counts.filter((count) => count === usual).length;
  return (agreeing / counts.length) * ALIKE + usual;
}

function outsideQuotes(line: string): string {
  return line.replaceAll(/"(?:[^"]|"")*"/g, '');
}
