import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { StoredAddress } from '../identity/index.js';
import type { ChosenAccount } from '../payments/index.js';

export type CartStatus = 'ACTIVE' | 'ABANDONED' | 'CONVERTED';

@Entity('cart')
export class CartEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  /** SHA-256 of the guest's token; null for a customer's cart. */
  @Column({ type: 'bytea', name: 'token_hash', nullable: true }) tokenHash!: Buffer | null;
  @Column({ type: 'uuid', name: 'user_id', nullable: true }) userId!: string | null;
  @Column({ type: 'text' }) status!: CartStatus;
  @Column({ type: 'int' }) version!: number;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'text', nullable: true }) email!: string | null;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'jsonb', name: 'shipping_address', nullable: true }) shippingAddress!: StoredAddress | null;
  /** Null: the same as the shipping address. */
  @Column({ type: 'jsonb', name: 'billing_address', nullable: true }) billingAddress!: StoredAddress | null;
  @Column({ type: 'uuid', name: 'shipping_method_id', nullable: true }) shippingMethodId!: string | null;
  /** The method's price when it was chosen, minor units; a warning is shown when it has changed. */
  @Column({ type: 'bigint', name: 'shipping_price_quoted', nullable: true }) shippingPriceQuoted!:
    | number
    | null;
  /** Accounts of the shop that the buyer wants to pay with, such as gift cards. */
  @Column({ type: 'jsonb' }) tenders!: readonly ChosenAccount[];
  /** Whether metadata or declared fields were ever written about it: see `CartAdditionalData`. */
  @Column({ type: 'boolean', name: 'has_additional_data' }) hasAdditionalData!: boolean;
  /**
   * The guest's previous cart, which became an order: its lines are added to this one if that order expires or is
   * cancelled. Not read with the cart.
   */
  @Column({ type: 'uuid', nullable: true, select: false }) follows?: string | null;
  /** HMAC of the network that last added to it; null where carts hold no stock. */
  @Column({ type: 'bytea', nullable: true, select: false }) network?: Buffer | null;
  /** The same of the wide network; null for IPv4. */
  @Column({ type: 'bytea', name: 'wide_network', nullable: true, select: false }) wideNetwork?: Buffer | null;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', name: 'updated_at' }) updatedAt!: Date;
}

@Entity('cart_line')
export class CartLineEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'cart_id' }) cartId!: string;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'int' }) quantity!: number;
  @Column({ type: 'bigint', name: 'unit_price_at_add' }) unitPriceAtAdd!: number;
  @CreateDateColumn({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}
