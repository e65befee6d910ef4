import { money, toDecimal } from '../../../kernel/money.js';
import { shopMoment } from '../../../kernel/shop-time.js';
import { typed } from '../../../platform/spreadsheet-text.js';
import type { ColumnTools, ExportColumn } from './list-export.js';

/*
 * Cells of exported lists. Whatever somebody typed goes through `typed` or `phone`, so that no spreadsheet takes it for a
 * formula; words of enums, amounts, counts and moments are written as they are.
 */

/** A telephone number that can be read and dialled from the file, and is no formula: the plus is written as the two zeros
 * that are dialled for it, with a blank between the groups, so that no spreadsheet makes a number without zeros of it.
 */
export function phone(text: string | null | undefined): string {
  const value = (text ?? '').trim();
  const dialled = /^\+(\d[\d ]*)$/.exec(value.replace(/[()./-]+/g, ' '))?.[1];
  if (dialled === undefined) return typed(value);
  const groups = dialled.trim().split(/ +/);
  return groups.length > 1 ? `00${groups.join(' ')}` : `00 ${dialled}`;
}

/** A column of what somebody typed; empty for null. */
export const typedColumn = <Row, More = unknown>(
  description: string,
  pick: (row: Row, tools: ColumnTools<More>) => string | null | undefined,
): ExportColumn<Row, More> => ({ description, value: (row, tools) => typed(pick(row, tools)) });

/** A column of a word of the schema, or of a count; empty for null. */
export const plainColumn = <Row, More = unknown>(
  description: string,
  pick: (row: Row, tools: ColumnTools<More>) => string | number | boolean | null | undefined,
): ExportColumn<Row, More> => ({ description, value: (row, tools) => String(pick(row, tools) ?? '') });

/** A column of a moment, in the time of the shop; empty for null. */
export const momentColumn = <Row, More = unknown>(
  description: string,
  pick: (row: Row, tools: ColumnTools<More>) => Date | string | null | undefined,
): ExportColumn<Row, More> => ({
  description,
  value: (row, tools) => {
    const at = pick(row, tools);
    return at ? shopMoment(new Date(at), tools.timeZone) : '';
  },
});

/** A column of an amount in minor units, written as a decimal number; empty for null. */
export const amountColumn = <Row, More = unknown>(
  description: string,
  pick: (row: Row, tools: ColumnTools<More>) => { amount: number; currency: string } | null,
): ExportColumn<Row, More> => ({
  description,
  value: (row, tools) => {
    const picked = pick(row, tools);
    return picked ? toDecimal(money(picked.amount, picked.currency)) : '';
  },
});
