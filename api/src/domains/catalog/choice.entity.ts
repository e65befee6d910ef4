import { Column, PrimaryColumn } from 'typeorm';
import type { LocalizedText } from '../../kernel/languages.js';

/** The columns of what a product has values of: an attribute, or an option that is chosen before buying. */
export abstract class ChoiceEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'jsonb' })
  name!: LocalizedText;

  @Column({ type: 'int', default: 0 })
  position!: number;
}

/** The columns of one of its values. */
export abstract class ChoiceValueEntity extends ChoiceEntity {
  /** As #RRGGBB; null unless the value is a color. */
  @Column({ type: 'text', nullable: true })
  swatch!: string | null;
}
