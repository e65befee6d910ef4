import { Column, CreateDateColumn, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

/** A list of the admin as somebody wants to see it again. */
@Entity('saved_view')
export class SavedViewEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** The name of the list, such as `orders`. */
  @Column({ type: 'text' }) list!: string;
  /** Whose it is; null when it is shared with all staff. */
  @Column({ type: 'uuid', name: 'owner_id', nullable: true }) ownerId!: string | null;
  @Column({ type: 'text' }) name!: string;
  /** What the address of the list holds after its question mark. */
  @Column({ type: 'text' }) address!: string;
  /** Its place among the shared ones, or among those of its owner; rising. */
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'uuid', name: 'created_by', nullable: true }) createdBy!: string | null;
  @VersionColumn({ type: 'int', default: 0 }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @UpdateDateColumn({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

/** The view that a member of staff sees first in a list. */
@Entity('default_view')
export class DefaultViewEntity {
  @PrimaryColumn({ type: 'uuid', name: 'user_id' }) userId!: string;
  @PrimaryColumn({ type: 'text' }) list!: string;
  @Column({ type: 'uuid', name: 'view_id' }) viewId!: string;
}
