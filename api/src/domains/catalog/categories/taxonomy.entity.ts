import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';
import type { LocalizedText } from '../../../kernel/languages.js';
import type { ShownMedia } from '../images/shown-media.js';
import type { SeoColumn } from '../rows.js';

@Entity('category')
export class CategoryEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'parent_id', nullable: true })
  parentId!: string | null;

  @Column({ type: 'text' })
  slug!: string;

  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  @Column({ type: 'jsonb', default: {} })
  description!: LocalizedText;

  /** The image of the media library that it shows, as it is there. */
  @Column({ type: 'jsonb', nullable: true })
  image!: ShownMedia | null;

  /** Key, width and height of the same image, for versions before the media library. */
  @Column({ type: 'text', name: 'image_key', nullable: true })
  imageKey!: string | null;

  @Column({ type: 'int', name: 'image_width', nullable: true })
  imageWidth!: number | null;

  @Column({ type: 'int', name: 'image_height', nullable: true })
  imageHeight!: number | null;

  @Column({ type: 'int', default: 0 })
  position!: number;

  @Column({ type: 'jsonb', default: {} })
  seo!: SeoColumn;

  /** Whether it, with what lies below it, is reached by its address only. */
  @Column({ type: 'boolean', default: false })
  hidden!: boolean;

  /** From the top to itself; the database keeps it. */
  @Column({ type: 'uuid', array: true, default: [], insert: false, update: false })
  path!: string[];

  @VersionColumn({ type: 'int', default: 1 })
  version!: number;

  @UpdateDateColumn({ type: 'timestamptz', precision: 3, name: 'updated_at', default: () => 'now()' })
  updatedAt!: Date;
}

/** A former slug of a category. */
@Entity('category_redirect')
export class CategoryRedirectEntity {
  @PrimaryColumn({ type: 'text', name: 'old_slug' })
  oldSlug!: string;

  @Column({ type: 'uuid', name: 'category_id' })
  categoryId!: string;

  @Column({ type: 'timestamptz', name: 'created_at', default: () => 'now()' })
  createdAt!: Date;
}
