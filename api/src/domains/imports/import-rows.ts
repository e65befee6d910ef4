import type { ErrorCode } from '../../kernel/error-codes.js';
import type { Cell, CellFormat } from '../../platform/imports/cells.js';
import type { ImportDefinition, ImportRowError, ReadRow } from '../../platform/imports/define-import.js';
import type { Mapping } from './mapping.js';

type Values = Readonly<Record<string, unknown>>;

export interface StoredRow {
  readonly line: number;
  readonly cells: readonly Cell[];
}

export type RowReading =
  | ReadRow<Values>
  | { readonly line: number; readonly errors: readonly ImportRowError[] };

/** Reads the cells of a row as the mapping says; all that is wrong with it at once. */
export function readRow(
  definition: ImportDefinition,
  { mapping, decimalSign }: { readonly mapping: Mapping } & CellFormat,
  { line, cells }: StoredRow,
): RowReading {
  const values: Record<string, unknown> = {};
  const errors: ImportRowError[] = [];
  for (const [key, { read, required }] of Object.entries(definition.columns)) {
    const cell = cellOf(mapping, key, cells);
    const result = cell === null ? emptyResult(required) : read(cell, { decimalSign });
    if ('code' in result) errors.push({ column: key, code: result.code });
    values[key] = 'code' in result ? null : result.value;
  }
  const wrong = new Set(errors.map(({ column }) => column));
  for (const group of definition.oneOf ?? [])
    if (group.every((key) => values[key] === null && !wrong.has(key)))
      errors.push({ column: group[0] ?? null, code: 'VALUE_MISSING' });
  return errors.length > 0 ? { line, errors } : { line, values };
}

/** What stands in a row for a column: in the file, or the value for all rows. */
export function cellOf(mapping: Mapping, key: string, cells: readonly Cell[]): Cell {
  const mapped = mapping[key];
  if (!mapped) return null;
  return mapped.source === null ? mapped.value : (cells[mapped.source] ?? null);
}

/**
 * The columns that each row needs and that have neither a column of the file nor a value for all rows; of a group of which
 * one is needed the first.
 */
export function missingColumns(definition: ImportDefinition, mapping: Mapping): string[] {
  const isGiven = (key: string): boolean => {
    const mapped = mapping[key];
    return mapped !== undefined && (mapped.source !== null || Boolean(mapped.value?.trim()));
  };
  const required = Object.keys(definition.columns).filter((key) => definition.columns[key]?.required);
  const ofGroups = (definition.oneOf ?? []).filter((group) => !group.some(isGiven)).map(([first]) => first);
  return [...ofGroups, ...required.filter((key) => !isGiven(key))].filter((key) => key !== undefined);
}

function emptyResult(required = false): { readonly code: ErrorCode } | { readonly value: null } {
  return required ? { code: 'VALUE_MISSING' } : { value: null };
}
