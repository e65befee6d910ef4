import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The status that a product had before a long job changed it. */
@Entity('product_status_change')
export class ProductStatusChangeEntity {
  @PrimaryColumn({ type: 'uuid', name: 'job_id' }) jobId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'product_id' }) productId!: string;
  @Column({ type: 'text', name: 'status_before' }) statusBefore!: string;
  /** The version that the product had after the change: with another one, somebody has changed it since. */
  @Column({ type: 'int', name: 'version_after' }) versionAfter!: number;
}
