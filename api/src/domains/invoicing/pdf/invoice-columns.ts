import type { Messages } from '../../../platform/messages.js';
import { LEFT, RIGHT, type Cell } from './pdf-page.js';

/** The columns of the table of a document. One without tax has no others than these three. */
export interface InvoiceColumns {
  readonly item: Cell;
  readonly quantity: Cell;
  readonly taxes: { readonly rate: Cell; readonly net: Cell; readonly tax: Cell } | null;
  readonly gross: Cell;
}

/** A figure, or the heading of a column, where it stands. */
export type Placed = readonly [text: string, cell: Cell];

const GROSS: Cell = { x: 468, width: RIGHT - 468, align: 'right' };

export const TAXED_COLUMNS: InvoiceColumns = {
  item: { x: LEFT, width: 186 },
  quantity: { x: 238, width: 32, align: 'right' },
  taxes: {
    rate: { x: 272, width: 36, align: 'right' },
    net: { x: 312, width: 78, align: 'right' },
    tax: { x: 394, width: 72, align: 'right' },
  },
  gross: GROSS,
};

/** Of documents without tax: what was net and tax belongs to the name. */
export const UNTAXED_COLUMNS: InvoiceColumns = {
  item: { x: LEFT, width: 340 },
  quantity: { x: 400, width: 52, align: 'right' },
  taxes: null,
  gross: GROSS,
};

export function headingsOf(
  { item, quantity, taxes, gross }: InvoiceColumns,
  messages: Messages,
  currency: string,
) {
  const text = (key: string): string => messages.text(key);
  const headings: Placed[] = [
    [text('item'), item],
    [text('quantity'), quantity],
  ];
  if (taxes) headings.push([text('rate'), taxes.rate], [text('net'), taxes.net], [text('tax'), taxes.tax]);
  headings.push([`${text(taxes ? 'gross' : 'totalUntaxed')} (${currency})`, gross]);
  return headings;
}

/** The figures of one line, as they are written. */
export interface LineFigures {
  readonly quantity: string;
  readonly rate: string;
  readonly net: string;
  readonly tax: string;
  readonly gross: string;
}

export function figuresIn({ quantity, taxes, gross }: InvoiceColumns, line: LineFigures): Placed[] {
  const figures: Placed[] = [[line.quantity, quantity]];
  if (taxes) figures.push([line.rate, taxes.rate], [line.net, taxes.net], [line.tax, taxes.tax]);
  figures.push([line.gross, gross]);
  return figures;
}
