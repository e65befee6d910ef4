import type { ImportRowError } from '../../../platform/imports/define-import.js';

interface CodedVariant {
  readonly id: string;
  readonly sku: string;
  readonly barcode: string | null;
}

/** The lengths of GTINs: EAN-8, UPC, EAN-13 and that of boxes. */
const LENGTHS = [8, 12, 13, 14];

/**
 * How a barcode may be stored that stands in a file: as it is, and as a GTIN with the zeros in front that spreadsheets take
 * away.
 */
export function spellingsOf(code: string | null): string[] {
  if (code === null) return [];
  if (!/^\d+$/.test(code)) return [code];
  const bare = code.replace(/^0+/, '');
  return [
    ...new Set([
      code,
      ...LENGTHS.filter((length) => length >= bare.length).map((length) => bare.padStart(length, '0')),
    ]),
  ];
}

/** The variants of a list by SKU and barcode. */
export class VariantsByCode {
  private readonly bySku: ReadonlyMap<string, CodedVariant>;
  private readonly byBarcode: ReadonlyMap<string, CodedVariant>;

  constructor(variants: readonly CodedVariant[]) {
    this.bySku = new Map(variants.map((variant) => [variant.sku.toLowerCase(), variant]));
    this.byBarcode = new Map(
      variants.flatMap((variant) => (variant.barcode ? [[variant.barcode, variant]] : [])),
    );
  }

  /**
   * The variant of a row. A code in the column of SKUs that is none may be a barcode, as a column "code" of a supplier
   * holds both. Where both columns have a code they have to name the same variant.
   */
  of(sku: string | null, barcode: string | null): CodedVariant | ImportRowError {
    const named = sku === null ? null : (this.bySku.get(sku.toLowerCase()) ?? this.scanned(sku));
    const scanned = barcode === null ? null : this.scanned(barcode);
    if (named === 'SEVERAL' || scanned === 'SEVERAL')
      return { column: named === 'SEVERAL' ? 'sku' : 'barcode', code: 'VARIANT_AMBIGUOUS' };
    if (sku !== null && !named) return { column: 'sku', code: 'VARIANT_UNKNOWN' };
    if (barcode !== null && !scanned) return { column: 'barcode', code: 'VARIANT_UNKNOWN' };
    if (named && scanned && named.id !== scanned.id) return { column: 'barcode', code: 'VARIANT_AMBIGUOUS' };
    return named ?? scanned ?? { column: 'sku', code: 'VARIANT_UNKNOWN' };
  }

  private scanned(barcode: string): CodedVariant | 'SEVERAL' | null {
    const exact = this.byBarcode.get(barcode);
    if (exact) return exact;
    const found = [...new Set(spellingsOf(barcode).map((spelling) => this.byBarcode.get(spelling)))].filter(
      (one) => one,
    );
    if (found.length > 1) return 'SEVERAL';
    return found[0] ?? null;
  }
}
