import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { InvoiceContent } from './invoice-content.js';

/** The counter of a series. Its row is locked while a number is assigned. */
@Entity('invoice_series')
export class InvoiceSeriesEntity {
  @PrimaryColumn({ type: 'text' }) code!: string;
  @Column({ type: 'int', name: 'last_number' }) lastNumber!: number;
}

/** An invoice or a credit note as issued. Never changed: an error is corrected by another document. */
@Entity('invoice')
export class InvoiceEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) series!: string;
  @Column({ type: 'int' }) number!: number;
  /** What is printed on it: LL-000042. See `invoice-number.ts`. */
  @Column({ type: 'text', name: 'printed_number' }) printedNumber!: string;
  @Column({ type: 'text' }) kind!: 'INVOICE' | 'CREDIT_NOTE';
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  /** What it was issued for, so that nothing is invoiced twice: `order:<id>`, `payment:<id>`, `refund:<id>`. */
  @Column({ type: 'text', name: 'source_key' }) sourceKey!: string;
  @Column({ type: 'jsonb' }) content!: InvoiceContent;
  @Column({ type: 'bigint', name: 'total_gross' }) totalGross!: number;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @CreateDateColumn({ type: 'timestamptz', name: 'issued_at' }) issuedAt!: Date;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}
