import type { ErrorCode } from '../../kernel/error-codes.js';

/** One cell of a table: numbers are those of formats that have numbers; everything else is text. Null when it is empty. */
export type Cell = string | number | null;

/** How numbers are written in the texts of a table. */
export interface CellFormat {
  readonly decimalSign: '.' | ',';
}

/** The value of a cell, or why it has none. */
export type CellResult<T> = { readonly value: T } | { readonly code: ErrorCode };

/** Makes a value of a cell that is not empty. */
export type CellReader<T> = (cell: string | number, format: CellFormat) => CellResult<T>;

/** What spreadsheets write into a cell whose formula failed. */
const FAILED_FORMULA = /^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!)$/;
/** A long number that a spreadsheet has shortened: its last digits are lost. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+?\d+$/i;

/** A text of at most so many characters. */
export function text({ most }: { readonly most: number }): CellReader<string> {
  return (cell) => {
    const value = String(cell).trim();
    if (FAILED_FORMULA.test(value)) return { code: 'FORMULA_FAILED' };
    return value.length > most ? { code: 'TEXT_TOO_LONG' } : { value };
  };
}

/** A code of letters or digits, such as an EAN: one that a spreadsheet has shortened to 5.94E+12 is refused. */
export function code({ most }: { readonly most: number }): CellReader<string> {
  const readText = text({ most });
  return (cell, format) => {
    if (typeof cell === 'number')
      return Number.isSafeInteger(cell) ? { value: String(cell) } : { code: 'DIGITS_LOST' };
    return SHORTENED.test(cell.trim()) ? { code: 'DIGITS_LOST' } : readText(cell, format);
  };
}

/** A whole number between two others. `12,00` is one where the comma is the decimal sign, and so is `1.200`. */
export function wholeNumber({
  least,
  most,
}: {
  readonly least: number;
  readonly most: number;
}): CellReader<number> {
  return (cell, format) => {
    const read = numberOf(cell, format);
    if ('code' in read) return read;
    const { value } = read;
    if (!Number.isInteger(value)) return { code: 'NOT_A_WHOLE_NUMBER' };
    return value < least || value > most ? { code: 'NUMBER_OUT_OF_RANGE' } : { value };
  };
}

/**
 * The number in a cell. Signs between groups of three digits are left out: blanks, apostrophes, and whichever of comma
 * and full stop is not the decimal sign.
 */
export function numberOf(cell: string | number, { decimalSign }: CellFormat): CellResult<number> {
  if (typeof cell === 'number') return Number.isFinite(cell) ? { value: cell } : { code: 'NOT_A_NUMBER' };
  const written = cell.trim();
  if (FAILED_FORMULA.test(written)) return { code: 'FORMULA_FAILED' };
  const other = decimalSign === ',' ? '\\.' : ',';
  const form = new RegExp(
    `^[+-]?(?:\\d+|\\d{1,3}(?:${other}\\d{3})+|\\d{1,3}(?:[ \\u00a0\\u202f'’]\\d{3})+)(?:\\${decimalSign}\\d*)?$`,
  );
  if (!form.test(written)) return { code: 'NOT_A_NUMBER' };
  const plain = written.replaceAll(new RegExp(`[ \\u00a0\\u202f'’]|${other}`, 'g'), '').replace(',', '.');
  return { value: Number(plain) };
}
