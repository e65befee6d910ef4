import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('shop_setting')
export class ShopSettingEntity {
  @PrimaryColumn({ type: 'text' }) key!: string;
  @Column({ type: 'jsonb' }) value!: unknown;
}
