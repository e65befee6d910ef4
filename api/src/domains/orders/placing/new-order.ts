import type { Actor } from '../../../kernel/actor.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, type Tx, t, rowOf } from '../../../platform/database/database.js';
import type { StoredAddress } from '../../identity/index.js';
import { intentKey, type PaymentEntity, type PaymentMethod } from '../../payments/index.js';
import { TaxMode, type CartPrice, type ChargeRate, type TaxedDelivery } from '../../pricing/index.js';
import { OrderEntity, type OrderLineEntity, type StoredTaxLine } from '../order.entity.js';
import type { OrderSource } from './order-source.js';
import { promisedColumns, type PromisedDelivery } from './promised-delivery.js';
import { storedAdjustments } from './stored-adjustments.js';
import type { StoredAdjustment } from './stored-adjustment.js';
import type { OrderStatus } from '../order-states.js';
import { orderColumns } from '../order.statements.js';

/** A line as an order stores it: names in the buyer's language, price and image at the time of purchase. */
export type NewOrderLine = Omit<OrderLineEntity, 'orderId' | 'fulfilled' | 'cancelled' | 'image'> & {
  readonly image: unknown;
};

export interface NewOrder {
  readonly status: OrderStatus.DRAFT | OrderStatus.PENDING_PAYMENT;
  readonly source: OrderSource;
  /** The cart that becomes CONVERTED; null for an order that was not made from a cart. */
  readonly cartId: string | null;
  readonly userId: string | null;
  readonly currency: string;
  readonly language: Language;
  readonly email: string;
  readonly phone: string | null;
  readonly shippingAddress: StoredAddress;
  readonly billingAddress: StoredAddress;
  readonly shippingMethodId: string | null;
  readonly shippingMethodName: string;
  /** What is promised with the delivery; null where nobody knows it. */
  readonly promised: PromisedDelivery | null;
  /** Those that `price` prices, in their order. */
  readonly lines: readonly NewOrderLine[];
  readonly price: CartPrice;
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
  /** Whether a tax is charged, as on the day whose rates `price` has. */
  readonly taxMode: TaxMode;
  readonly paymentMethod: PaymentMethod;
  /** What accounts of the shop pay of the total, minor units; left out for nothing. The caller holds them, see `Tenders.hold`. */
  readonly tendered?: number;
  /** The first payment, for what is left of the total; null for no payment yet. None is written where nothing is left. */
  readonly payment:
    | (Pick<PaymentEntity, 'provider' | 'captureMethod'> & {
        readonly status: 'CREATING' | 'PENDING';
      })
    | null;
  readonly expiresAt: Date | null;
  readonly note: string | null;
  /** Who created the order: the buyer, or the member of staff who drafted it. */
  readonly actor: Actor;
  /** The request key whose stored response becomes this order; null when there is none. */
  readonly claim: { readonly actor: string; readonly operation: string; readonly key: string } | null;
}

/**
 * Inserts the whole order in one statement: order, lines, payment, first timeline entry, the converted cart, the
 * response of the request key. Lines are passed as one JSON array; the number comes from its sequence (a rollback
 * leaves a gap, which is allowed). `customer_of_order` finds or adds the customer, see the migration for its locks.
 */
const insertStatement = statement('orders.insert', {
  params: {
    id: t.uuid,
    cartId: t.uuid.orNull,
    userId: t.uuid.orNull,
    currency: t.text,
    language: t.text,
    email: t.text,
    phone: t.text.orNull,
    shippingAddress: t.json<StoredAddress>(),
    billingAddress: t.json<StoredAddress>(),
    shippingMethodId: t.uuid.orNull,
    shippingMethodName: t.text,
    shippingKind: t.text.orNull,
    shippingDaysMin: t.int.orNull,
    shippingDaysMax: t.int.orNull,
    cheapestShippingGross: t.int.orNull,
    subtotalNet: t.int,
    subtotalGross: t.int,
    shippingNet: t.int,
    shippingGross: t.int,
    shippingRates: t.json<readonly ChargeRate[]>(),
    chargesNet: t.int,
    chargesGross: t.int,
    totalNet: t.int,
    totalGross: t.int,
    tendered: t.int,
    adjustments: t.json<readonly StoredAdjustment[]>(),
    taxLines: t.json<StoredTaxLine[]>(),
    taxMode: t.text,
    expiresAt: t.timestamp.orNull,
    lines: t.json<readonly NewOrderLine[]>(),
    paymentId: t.uuid,
    provider: t.text.orNull,
    claimActor: t.text.orNull,
    claimOperation: t.text.orNull,
    claimKey: t.text.orNull,
    status: t.text,
    source: t.text,
    discount: t.int,
    paymentMethod: t.text,
    note: t.text.orNull,
    actorKind: t.text,
    actorId: t.uuid.orNull,
    captureMethod: t.text.orNull,
    paymentStatus: t.text.orNull,
  },
  row: rowOf(OrderEntity),
  sql: `WITH fresh AS (
     INSERT INTO shop_order (id, number, cart_id, user_id, customer_id, status, currency, language, email, phone, shipping_address, billing_address,
       shipping_method_id, shipping_method_name, shipping_kind, shipping_days_min, shipping_days_max, cheapest_shipping_gross, subtotal_net, subtotal_gross, shipping_net, shipping_gross, shipping_rates, charges_net, charges_gross, total_net, total_gross, tendered,
       adjustments, tax_lines, tax_mode, expires_at, source, discount, payment_method, note, created_by)
     VALUES (:id::uuid, nextval('order_number')::text, :cartId::uuid, :userId::uuid,
       customer_of_order(:userId::uuid, :email, :billingAddress, :phone, :language, :source = 'STOREFRONT'), :status, :currency::char(3), :language, :email, :phone, :shippingAddress, :billingAddress, :shippingMethodId, :shippingMethodName, :shippingKind, :shippingDaysMin, :shippingDaysMax, :cheapestShippingGross, :subtotalNet, :subtotalGross, :shippingNet, :shippingGross, :shippingRates, :chargesNet, :chargesGross, :totalNet,
       :totalGross::bigint, :tendered::bigint, :adjustments, :taxLines, :taxMode, :expiresAt, :source, :discount, :paymentMethod, :note, CASE WHEN :actorKind = 'STAFF' THEN :actorId::uuid END)
     RETURNING ${orderColumns()}
   ), lines AS (
     INSERT INTO order_line (id, order_id, position, variant_id, product_id, product_name, product_slug, variant_name, sku, image,
       quantity, unit_price, discount, total_net, total_gross, tax_basis_points)
     SELECT l.id, :id::uuid, l.position, l."variantId", l."productId", l."productName", l."productSlug", l."variantName", l.sku, l.image,
       l.quantity, l."unitPrice", l.discount, l."totalNet", l."totalGross", l."taxBasisPoints"
     FROM jsonb_to_recordset(:lines::jsonb) AS l(id uuid, position int, "variantId" uuid, "productId" uuid, "productName" text,
       "productSlug" text, "variantName" text, sku text, image jsonb, quantity int, "unitPrice" bigint, discount bigint,
       "totalNet" bigint, "totalGross" bigint, "taxBasisPoints" int)
   ), paid AS (
     INSERT INTO payment (id, order_id, attempt, provider, method, capture_method, status, amount, currency, create_key)
     SELECT :paymentId::uuid, :id::uuid, 1, :provider, :paymentMethod, :captureMethod, :paymentStatus, :totalGross::bigint - :tendered::bigint, :currency::char(3), ${intentKey(':paymentId::uuid')}
     WHERE :totalGross::bigint > :tendered::bigint AND :provider::text IS NOT NULL
   ), entry AS (
     INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id) VALUES (new_id(), :id, 'CREATED', :actorKind, :actorId::uuid)
   ), frozen AS (
     UPDATE cart SET status = 'CONVERTED', updated_at = now() WHERE id = :cartId
   ), answered AS (
     UPDATE request_key SET order_id = :id WHERE actor = :claimActor AND operation = :claimOperation AND key = :claimKey
   )
   SELECT * FROM fresh`,
});

export const NO_DELIVERY: TaxedDelivery = { net: 0, gross: 0, rates: [] };

/** The constraint that a checkout violates of somebody who is locked. */
export const OF_OPEN_CUSTOMER = 'shop_order_customer_open';

/**
 * Inserts an order with its lines. The caller holds or sells its stock in the same transaction. From the storefront it
 * violates `OF_OPEN_CUSTOMER` where the customer is locked.
 */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<OrderEntity> {
  const { price, payment, claim } = order;
  const shipping = price.shipping ?? NO_DELIVERY;
  const inserted = await tx.row(insertStatement, {
    id: newId(),
    cartId: order.cartId,
    userId: order.userId,
    currency: order.currency,
    language: order.language,
    email: order.email,
    phone: order.phone,
    shippingAddress: order.shippingAddress,
    billingAddress: order.billingAddress,
    shippingMethodId: order.shippingMethodId,
    shippingMethodName: order.shippingMethodName,
    ...promisedColumns(order.promised),
    subtotalNet: price.subtotal.net,
    subtotalGross: price.subtotal.gross,
    shippingNet: shipping.net,
    shippingGross: shipping.gross,
    shippingRates: shipping.rates,
    chargesNet: price.charges.net,
    chargesGross: price.charges.gross,
    totalNet: price.total.net,
    totalGross: price.total.gross,
    tendered: order.tendered ?? 0,
    adjustments: storedAdjustments(price.adjustments, order.lines),
    taxLines: storedTaxLines(price, order.taxNames),
    taxMode: order.taxMode,
    expiresAt: order.expiresAt,
    lines: order.lines,
    paymentId: newId(),
    provider: payment?.provider ?? null,
    claimActor: claim?.actor ?? null,
    claimOperation: claim?.operation ?? null,
    claimKey: claim?.key ?? null,
    status: order.status,
    source: order.source,
    discount: price.discount,
    paymentMethod: order.paymentMethod,
    note: order.note,
    actorKind: order.actor.kind,
    actorId: order.actor.userId,
    captureMethod: payment?.captureMethod ?? null,
    paymentStatus: payment?.status ?? null,
  });
  if (!inserted) throw new Error('An order that was just inserted is missing');
  return inserted;
}

export function isTaxed({ taxMode }: OrderEntity): boolean {
  return taxMode === TaxMode.TAXED;
}

/** The tax lines that anybody is shown: none where no tax was charged. */
export function shownTaxLines(order: OrderEntity): StoredTaxLine[] {
  return isTaxed(order) ? order.taxLines : [];
}

/** The tax lines of a price as an order stores them. */
export function storedTaxLines(
  { taxes }: CartPrice,
  names: ReadonlyMap<number, LocalizedText>,
): StoredTaxLine[] {
  return taxes.map((share) => ({ ...share, name: names.get(share.basisPoints) ?? {} }));
}
