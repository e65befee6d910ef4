import { typed } from '../../platform/spreadsheet-text.js';

/**
 * The text as it was before `typed` made it harmless for spreadsheets: whoever mends a file of errors and sends it again
 * sends the SKU `-A1`, which stands in it as `'-A1`. Other texts are left alone.
 */
export function unmarked(cell: string): string {
  if (!cell.includes("'")) return cell;
  const inside = cell.replaceAll(/(\r\n|[;\t\r\n])'/g, '$1');
  for (const candidate of [inside.replace(/^'/, ''), cell.replace(/^'/, ''), inside])
    if (candidate !== cell && typed(candidate) === cell) return candidate;
  return cell;
}
