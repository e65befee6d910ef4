/*
 * The numbers of invoices and credit notes.
 *
 * - Both take them from one series (the settings of the shop), each the one after the last, without a gap: the statement that
 *   inserts a document locks the row of its series until the commit, so a number is never given twice, and one whose
 *   transaction failed is given again. Triggers refuse every other number, also by hand (`invoice_no_gap`,
 *   `invoice_series_spent`, `invoice_counted`), and refuse to change or delete a document.
 * - What is printed is stored with the document when it is issued, and never computed again: another format, as another
 *   series, holds for the documents issued from then on. No two documents print the same number.
 * - A new series begins at 1, and belongs to a restored backup (README, “Backups”): `cli.js invoice-series NEW`.
 * - A trigger (`set_printed_number`) prints the number in this format for processes of the version before.
 */

/** The SQL of a printed number, such as LL-000042, out of the SQL of its series and of its number. */
export const printedNumber = (series: string, number: string): string =>
  `${series} || '-' || lpad(${number}::text, greatest(6, length(${number}::text)), '0')`;
