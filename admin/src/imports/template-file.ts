import type { ImportTypeView } from './import-types';

/** Spreadsheets in languages that write 1,5 separate values by semicolons. */
const separatorFor = (locale: string): string =>
  new Intl.NumberFormat(locale).format(1.5).includes(',') ? ';' : ',';

/** A list to fill in: the names of the columns and a row as an example, as spreadsheets of this language read it. */
export function templateFile({ columns }: ImportTypeView, locale: string): Blob {
  const separator = separatorFor(locale);
  const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  const lines = [columns.map(({ label }) => label), columns.map(({ example }) => example)];
  const content = lines.map((cells) => cells.map(quoted).join(separator)).join('\r\n');
  // Without the byte order mark spreadsheets misread letters with accents.
  return new Blob([`\ufeff${content}\r\n`], { type: 'text/csv;charset=utf-8' });
}

/** Has the browser save a file. */
export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by then; releasing it at once would stop some.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
