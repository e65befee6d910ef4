/** GOODS, SHIPPING and CHARGE have names of their own; the others are named by the document's messages. */
export type InvoiceLineKind = 'GOODS' | 'SHIPPING' | 'CHARGE' | 'REFUND' | 'DIFFERENCE';

/** Amounts of a credit note are what is credited, without a sign; a line of an edit may be negative. */
export interface InvoiceLine {
  readonly kind: InvoiceLineKind;
  readonly name: string;
  readonly variant: string;
  /** Of a charge its code. */
  readonly sku: string;
  readonly quantity: number;
  readonly basisPoints: number;
  readonly discount: number;
  readonly net: number;
  readonly gross: number;
}
