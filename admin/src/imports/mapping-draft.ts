import type { ImportMappedColumnInput, ImportTypeView, ImportView } from './import-types';

/** What a person chose for one column of the import: nothing, a column of the file, or a value for all rows. */
export interface ColumnChoice {
  /** The key of the import's column. */
  id: string;
  /** `NONE`, `SAME`, or the number of the file's column as text. */
  source: string;
  /** The value for all rows; it counts with `SAME`. */
  value: string;
}

export const NONE = 'NONE';
export const SAME = 'SAME';

/** What was chosen so far, with a row for each column of the import. */
export function rowsOf({ type, mapping }: Pick<ImportView, 'type' | 'mapping'>): ColumnChoice[] {
  return type.columns.map(({ key }) => {
    const mapped = mapping.find(({ column }) => column === key);
    if (!mapped) return { id: key, source: NONE, value: '' };
    return {
      id: key,
      source: mapped.source === null ? SAME : String(mapped.source),
      value: mapped.value ?? '',
    };
  });
}

export function inputOf(columns: readonly ColumnChoice[]): ImportMappedColumnInput[] {
  return columns.flatMap(({ id: column, source, value }): ImportMappedColumnInput[] => {
    if (source === NONE) return [];
    if (source === SAME) return value.trim() ? [{ column, source: null, value: value.trim() }] : [];
    return [{ column, source: Number(source), value: null }];
  });
}

/** The labels of columns that are needed and not chosen yet; of a group of which one is needed all of them. */
export function missingLabels({ columns, oneOf }: ImportTypeView, chosen: readonly ColumnChoice[]): string[] {
  const given = new Set(inputOf(chosen).map(({ column }) => column));
  const labelOf = (key: string): string => columns.find((column) => column.key === key)?.label ?? key;
  const groups = oneOf.filter((group) => !group.some((key) => given.has(key)));
  const alone = columns.filter(({ key, required }) => required && !given.has(key));
  return [...groups.map((group) => group.map(labelOf).join(' / ')), ...alone.map(({ label }) => label)];
}

/** The name of a column of the file with what stands in it: "Cod · MUG-1, MUG-2". */
export function columnName(
  { header, preview }: Pick<ImportView, 'header' | 'preview'>,
  at: number,
  nameless: string,
): string {
  const samples = preview.map(({ cells }) => cells[at] ?? '').filter(Boolean);
  const name = header[at] || nameless;
  const shown = [...new Set(samples)].slice(0, 2).join(', ');
  return shown ? `${name} · ${shown.slice(0, 40)}` : name;
}
