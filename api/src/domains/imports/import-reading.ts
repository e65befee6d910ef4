import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/database.js';
import type { ImportDefinition } from '../../platform/imports/define-import.js';
import { ImportRunEntity } from './import.entity.js';
import { columnNames } from './import-words.js';
import * as sql from './imports.statements.js';
import { decimalSignOf, guessMapping, headerAt, headerOf, shapeOf, type Mapping } from './mapping.js';
import { storable, type Table, type TableLine } from './reading/table.js';

/** Rows in one statement. */
const BATCH = 2_000;
const LONGEST_NAME = 200;

/** Which line of the file holds the names of its columns: found out (null), none (0), or the one that a person chose. */
export type RequestedHeader = number | null;

/**
 * Stores the rows of a file that was read, and how its columns are probably meant: as in the last file of the same form,
 * or by their names. Requires the lock of the import.
 */
export async function storeTable(
  tx: Tx,
  run: ImportRunEntity,
  {
    table,
    definition,
    header: requested,
  }: { table: Table; definition: ImportDefinition; header: RequestedHeader },
): Promise<void> {
  const names = columnNames(definition);
  const at = table.header
    ? null
    : (chosenHeader(table.lines, requested) ?? (requested === 0 ? null : headerAt(table.lines, names)));
  const header =
    (table.header ?? headerOf(table.lines, at))?.map((name) => storable(name, LONGEST_NAME)) ?? null;
  const lines = at === null ? table.lines : table.lines.slice(at + 1);
  const width = Math.max(header?.length ?? 0, ...lines.map(({ cells }) => cells.length));
  const remembered = await tx.row(sql.rememberedMapping, { kind: run.kind, shape: shapeHash(header, width) });
  const mapping =
    known(remembered?.mapping, definition) ??
    guessMapping({ header, lines }, { columns: definition.columns, names });
  await tx.repository(ImportRunEntity).update(run, {
    ...{ format: table.format, encoding: table.encoding, separator: table.separator },
    ...{
      sheets: table.sheets.map((name) => storable(name, LONGEST_NAME)),
      sheet: table.sheet && storable(table.sheet, LONGEST_NAME),
      headerLine: at === null ? null : table.lines[at]!.line,
    },
    header: Array.from({ length: width }, (_, index) => header?.[index] ?? ''),
    mapping,
    decimalSign:
      decimalSignOf(lines, mapping, definition.columns) ??
      remembered?.decimalSign ??
      (table.separator === ';' ? ',' : '.'),
    rowCount: lines.length,
    checkJobId: null,
  });
  await tx.count(sql.deleteRows, { importId: run.id });
  for (let from = 0; from < lines.length; from += BATCH) {
    const batch = lines.slice(from, from + BATCH);
    await tx.count(sql.insertRows, {
      importId: run.id,
      lines: batch.map(({ line }) => line),
      cells: batch.map(({ cells }) => JSON.stringify(cells)),
    });
  }
}

/** By what the mapping of this file is found again. */
export function shapeHash(header: readonly string[] | null, width: number): string {
  return createHash('sha256').update(shapeOf(header, width)).digest('hex');
}

function chosenHeader(lines: readonly TableLine[], requested: RequestedHeader): number | null {
  if (!requested) return null;
  const at = lines.findIndex(({ line }) => line === requested);
  return at < 0 ? null : at;
}

/** A mapping that was remembered before an update of the shop may name columns that there are no more. */
function known(mapping: Mapping | undefined, { columns }: ImportDefinition): Mapping | null {
  return mapping && Object.keys(mapping).every((key) => key in columns) ? mapping : null;
}
