import { Column, CreateDateColumn, Entity, PrimaryColumn } from 'typeorm';
import type { Language, LocalizedText } from '../../kernel/languages.js';
import type { StoredAddress } from '../identity/index.js';
import type { PaymentMethod } from '../payments/index.js';
import type { ChargeRate, TaxMode } from '../pricing/index.js';
import type { ShippingKind } from '../shipping/index.js';
import type { FulfillmentStatus, OrderPaymentStatus, OrderStatus } from './order-states.js';
import type { OrderSource } from './placing/order-source.js';
import type { StoredAdjustment } from './placing/stored-adjustment.js';

/** One tax rate's share of the total, as it was when the order was placed. */
export interface StoredTaxLine {
  /** The tax's name without its rate. */
  readonly name: LocalizedText;
  readonly basisPoints: number;
  readonly net: number;
  readonly tax: number;
}

/** The order, copied from its cart: nothing in it follows later changes of catalog, prices or addresses. */
@Entity('shop_order')
export class OrderEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'uuid', name: 'cart_id', nullable: true }) cartId!: string | null;
  @Column({ type: 'uuid', name: 'user_id', nullable: true }) userId!: string | null;
  /** Whose order it is, of a guest too; null once the buyer is forgotten. */
  @Column({ type: 'uuid', name: 'customer_id', nullable: true }) customerId!: string | null;
  @Column({ type: 'text' }) status!: OrderStatus;
  @Column({ type: 'text', name: 'payment_status' }) paymentStatus!: OrderPaymentStatus;
  @Column({ type: 'text', name: 'fulfillment_status' }) fulfillmentStatus!: FulfillmentStatus;
  @Column({ type: 'char', length: 3 }) currency!: string;
  @Column({ type: 'char', length: 2 }) language!: Language;
  @Column({ type: 'text' }) email!: string;
  @Column({ type: 'text', nullable: true }) phone!: string | null;
  @Column({ type: 'jsonb', name: 'shipping_address' }) shippingAddress!: StoredAddress;
  @Column({ type: 'jsonb', name: 'billing_address' }) billingAddress!: StoredAddress;
  @Column({ type: 'uuid', name: 'shipping_method_id', nullable: true }) shippingMethodId!: string | null;
  @Column({ type: 'text', name: 'shipping_method_name' }) shippingMethodName!: string;
  /** What was promised with the delivery; the kind is null on orders of a time before it was kept. */
  @Column({ type: 'text', name: 'shipping_kind', nullable: true }) shippingKind!: ShippingKind | null;
  @Column({ type: 'int', name: 'shipping_days_min', nullable: true }) shippingDaysMin!: number | null;
  @Column({ type: 'int', name: 'shipping_days_max', nullable: true }) shippingDaysMax!: number | null;
  /** What the cheapest of the deliveries cost that were offered, minor units; null where it was not kept. */
  @Column({ type: 'bigint', name: 'cheapest_shipping_gross', nullable: true })
  cheapestShippingGross!: number | null;
  @Column({ type: 'bigint', name: 'subtotal_net' }) subtotalNet!: number;
  @Column({ type: 'bigint', name: 'subtotal_gross' }) subtotalGross!: number;
  @Column({ type: 'bigint', name: 'shipping_net' }) shippingNet!: number;
  @Column({ type: 'bigint', name: 'shipping_gross' }) shippingGross!: number;
  /** The tax rates of the delivery with what it costs at each, lowest first; together the two above. */
  @Column({ type: 'jsonb', name: 'shipping_rates' }) shippingRates!: readonly ChargeRate[];
  /** All charges of `adjustments`. */
  @Column({ type: 'bigint', name: 'charges_net' }) chargesNet!: number;
  @Column({ type: 'bigint', name: 'charges_gross' }) chargesGross!: number;
  @Column({ type: 'bigint', name: 'total_net' }) totalNet!: number;
  @Column({ type: 'bigint', name: 'total_gross' }) totalGross!: number;
  /**
   * What tenders pay of the total, minor units, as it was agreed; an edit of the order does not change it. See
   * `payments/ledgers/ledger.ts`.
   */
  @Column({ type: 'bigint' }) tendered!: number;
  /** Money that was really refunded and is not made up for by another payment. */
  @Column({ type: 'bigint' }) refunded!: number;
  @Column({ type: 'jsonb', name: 'tax_lines' }) taxLines!: StoredTaxLine[];
  /** Where no tax was charged, the one tax line has the rate 0; nobody is shown it. */
  @Column({ type: 'text', name: 'tax_mode' }) taxMode!: TaxMode;
  @Column({ type: 'text', name: 'payment_method' }) paymentMethod!: PaymentMethod;
  @Column({ type: 'text' }) source!: OrderSource;
  /** The discount on the sum of the lines, tax included; the lines store their shares of it. */
  @Column({ type: 'bigint' }) discount!: number;
  /** Why: each discount with the shares of the lines, and what was added beside goods and delivery. */
  @Column({ type: 'jsonb' }) adjustments!: readonly StoredAdjustment[];
  /** Visible to staff only. */
  @Column({ type: 'text', nullable: true }) note!: string | null;
  /** The member of staff who drafted the order; null for an order from the storefront. */
  @Column({ type: 'uuid', name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column({ type: 'int' }) version!: number;
  @CreateDateColumn({ type: 'timestamptz', precision: 3, name: 'created_at' }) createdAt!: Date;
  @Column({ type: 'timestamptz', precision: 3, name: 'updated_at' }) updatedAt!: Date;
  @Column({ type: 'timestamptz', name: 'placed_at', nullable: true }) placedAt!: Date | null;
  /** Until when stock is held for an unpaid order; null once the order is paid or closed. */
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  /** When an expired order was last tried to close; the orders tried longest ago come first. */
  @Column({ type: 'timestamptz', name: 'close_tried_at', nullable: true, select: false })
  closeTriedAt?: Date | null;
  @Column({
    type: 'text',
    name: 'search_text',
    generatedType: 'STORED',
    asExpression: 'see migration',
    select: false,
    insert: false,
    update: false,
  })
  searchText?: string;
}

/** An image as the order stores it. */
export interface StoredImage {
  readonly id: string;
  readonly storageKey: string;
  readonly alt: Record<string, string>;
  readonly width: number;
  readonly height: number;
  readonly position: number;
}

@Entity('order_line')
export class OrderLineEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'int' }) position!: number;
  @Column({ type: 'uuid', name: 'variant_id' }) variantId!: string;
  @Column({ type: 'uuid', name: 'product_id' }) productId!: string;
  @Column({ type: 'text', name: 'product_name' }) productName!: string;
  @Column({ type: 'text', name: 'product_slug' }) productSlug!: string;
  @Column({ type: 'text', name: 'variant_name' }) variantName!: string;
  @Column({ type: 'text' }) sku!: string;
  @Column({ type: 'jsonb', nullable: true }) image!: StoredImage | null;
  @Column({ type: 'int' }) quantity!: number;
  @Column({ type: 'int' }) fulfilled!: number;
  /** Units cancelled before they were shipped. */
  @Column({ type: 'int' }) cancelled!: number;
  @Column({ type: 'bigint', name: 'unit_price' }) unitPrice!: number;
  /** This line's share of the order's discount. */
  @Column({ type: 'bigint' }) discount!: number;
  /** After the discount, like totalGross: quantity × unitPrice − discount. */
  @Column({ type: 'bigint', name: 'total_net' }) totalNet!: number;
  @Column({ type: 'bigint', name: 'total_gross' }) totalGross!: number;
  @Column({ type: 'int', name: 'tax_basis_points' }) taxBasisPoints!: number;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

/**
 * The data of a timeline event besides its kind. Shown to the buyer, except for the kinds in STAFF_ONLY_EVENTS: it
 * must contain nothing internal.
 */
export interface TimelineData {
  readonly fromStatus?: OrderStatus;
  readonly toStatus?: OrderStatus;
  readonly trackingNumber?: string | null;
  readonly carrier?: string | null;
  readonly amount?: number;
  /** The price that was agreed, where `amount` was accepted instead of it. */
  readonly agreedAmount?: number;
  readonly mail?: string;
  /** Number of an invoice or a credit note. */
  readonly document?: string;
  readonly failureCode?: string | null;
  /** The refund or dispute it is about, so that each is recorded once. */
  readonly refundId?: string;
  readonly disputeId?: string;
  readonly returnNumber?: string;
  /** By what the buyer was blocked, and until when (ISO 8601). Only in events for staff. */
  readonly blockKind?: string;
  readonly until?: string;
  /** Which keys of metadata, or declared fields, were written. Only in events for staff. */
  readonly names?: readonly string[];
}

@Entity('order_event')
export class OrderEventEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) kind!: string;
  @Column({ type: 'text', name: 'actor_kind' }) actorKind!: 'CUSTOMER' | 'STAFF' | 'SYSTEM';
  @Column({ type: 'uuid', name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column({ type: 'jsonb' }) data!: TimelineData;
  @CreateDateColumn({ type: 'timestamptz' }) at!: Date;
}

@Entity('shipment')
export class ShipmentEntity {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'order_id' }) orderId!: string;
  @Column({ type: 'text' }) status!: 'SHIPPED' | 'DELIVERED' | 'RETURNED';
  @Column({ type: 'text', nullable: true }) carrier!: string | null;
  @Column({ type: 'text', name: 'tracking_number', nullable: true }) trackingNumber!: string | null;
  @Column({ type: 'text', name: 'tracking_url', nullable: true }) trackingUrl!: string | null;
  @Column({ type: 'timestamptz', name: 'shipped_at' }) shippedAt!: Date;
  @Column({ type: 'timestamptz', name: 'delivered_at', nullable: true }) deliveredAt!: Date | null;
  @Column({ type: 'text', name: 'search_text', nullable: true, select: false, insert: false, update: false })
  searchText?: string | null;
}

@Entity('shipment_line')
export class ShipmentLineEntity {
  @PrimaryColumn({ type: 'uuid', name: 'shipment_id' }) shipmentId!: string;
  @PrimaryColumn({ type: 'uuid', name: 'order_line_id' }) orderLineId!: string;
  @Column({ type: 'int' }) quantity!: number;
}
