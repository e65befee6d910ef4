import { defineErrors } from '../../kernel/error-codes.js';

export const importErrors = defineErrors({
  FILE_UNREADABLE:
    'This is no CSV, XLSX or JSON file that can be read: another kind of file, one with a password, or a damaged one.',
  FILE_EMPTY: 'The file has no rows.',
  FILE_TOO_LARGE:
    'The file is larger than 10 MB, or has more than 50,000 rows, 100 columns or unpacked content.',
  IMPORT_EXPIRED: 'The file of this import was deleted, three days after it came. Send it again.',
  IMPORT_NOT_READY:
    'The import is being checked or applied, was applied already, or was not checked as it is now: see its status.',
  COLUMN_MISSING: 'Columns that each row needs were not chosen: the message names them.',
  VALUE_MISSING: 'A row has no value where it needs one.',
  NOT_A_NUMBER: 'The cell holds no number, or one with another decimal sign.',
  NOT_A_WHOLE_NUMBER: 'The number has decimals.',
  NUMBER_OUT_OF_RANGE: 'The number is too small or too large.',
  TEXT_TOO_LONG: 'The text is too long.',
  DIGITS_LOST: 'A spreadsheet has shortened this code, as to 5.94E+12: its last digits are gone.',
  FORMULA_FAILED: 'The cell holds a formula that failed, such as #N/A.',
  ROW_REPEATED: 'An earlier row is about the same.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof importErrors, true> {}
}
