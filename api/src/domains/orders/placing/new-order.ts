import type { Actor } from '../../../kernel/actor.js';
import { newId } from '../../../kernel/ids.js';
import type { Language, LocalizedText } from '../../../kernel/languages.js';
import { statement, type Tx } from '../../../platform/database/database.js';
import type { StoredAddress } from '../../identity/index.js';
import { intentKey, type PaymentEntity, type PaymentMethod } from '../../payments/index.js';
import type { CartPrice } from '../../pricing/index.js';
import type { OrderEntity, OrderLineEntity, StoredTaxLine } from '../order.entity.js';
import type { OrderSource } from './order-source.js';
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
  readonly lines: readonly NewOrderLine[];
  readonly price: CartPrice;
  readonly taxNames: ReadonlyMap<number, LocalizedText>;
  readonly paymentMethod: PaymentMethod;
  /** The first payment, for the whole total; null for no payment yet. None is written for a total of 0. */
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
 * leaves a gap, which is allowed).
 */
const insertStatement = statement(
  'orders.insert',
  `WITH fresh AS (
     INSERT INTO shop_order (id, number, cart_id, user_id, status, currency, language, email, phone, shipping_address, billing_address,
       shipping_method_id, shipping_method_name, subtotal_net, subtotal_gross, shipping_net, shipping_gross, total_net, total_gross,
       tax_lines, expires_at, source, discount, payment_method, note, created_by)
     VALUES ($1::uuid, nextval('order_number')::text, $2::uuid, $3::uuid, $26, $4::char(3), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
       $17::bigint, $18, $19, $27, $28, $29, $30, CASE WHEN $31 = 'STAFF' THEN $32::uuid END)
     RETURNING ${orderColumns()}
   ), lines AS (
     INSERT INTO order_line (id, order_id, position, variant_id, product_id, product_name, product_slug, variant_name, sku, image,
       quantity, unit_price, discount, total_net, total_gross, tax_basis_points)
     SELECT l.id, $1::uuid, l.position, l."variantId", l."productId", l."productName", l."productSlug", l."variantName", l.sku, l.image,
       l.quantity, l."unitPrice", l.discount, l."totalNet", l."totalGross", l."taxBasisPoints"
     FROM jsonb_to_recordset($20::jsonb) AS l(id uuid, position int, "variantId" uuid, "productId" uuid, "productName" text,
       "productSlug" text, "variantName" text, sku text, image jsonb, quantity int, "unitPrice" bigint, discount bigint,
       "totalNet" bigint, "totalGross" bigint, "taxBasisPoints" int)
   ), paid AS (
     INSERT INTO payment (id, order_id, attempt, provider, method, capture_method, status, amount, currency, create_key)
     SELECT $21::uuid, $1::uuid, 1, $22, $29, $33, $34, $17::bigint, $4::char(3), ${intentKey('$21::uuid')}
     WHERE $17::bigint > 0 AND $22::text IS NOT NULL
   ), told AS (
     INSERT INTO order_event (id, order_id, kind, actor_kind, actor_id) VALUES (new_id(), $1, 'CREATED', $31, $32::uuid)
   ), frozen AS (
     UPDATE cart SET status = 'CONVERTED', updated_at = now() WHERE id = $2
   ), answered AS (
     UPDATE request_key SET order_id = $1 WHERE actor = $23 AND operation = $24 AND key = $25
   )
   SELECT * FROM fresh`,
);

/** Inserts an order with its lines. The caller holds or sells its stock in the same transaction. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<OrderEntity> {
  const { price, payment, claim } = order;
  const shipping = price.shipping ?? { net: 0, gross: 0 };
  const inserted = await tx.row<OrderEntity>(insertStatement, [
    newId(),
    order.cartId,
    order.userId,
    order.currency,
    order.language,
    order.email,
    order.phone,
    JSON.stringify(order.shippingAddress),
    JSON.stringify(order.billingAddress),
    order.shippingMethodId,
    order.shippingMethodName,
    price.subtotal.net,
    price.subtotal.gross,
    shipping.net,
    shipping.gross,
    price.total.net,
    price.total.gross,
    JSON.stringify(storedTaxLines(price, order.taxNames)),
    order.expiresAt,
    JSON.stringify(order.lines),
    newId(),
    payment?.provider ?? null,
    claim?.actor ?? null,
    claim?.operation ?? null,
    claim?.key ?? null,
    order.status,
    order.source,
    price.discount,
    order.paymentMethod,
    order.note,
    order.actor.kind,
    order.actor.userId,
    payment?.captureMethod ?? null,
    payment?.status ?? null,
  ]);
  if (!inserted) throw new Error('An order that was just inserted is missing');
  return inserted;
}

/** The tax lines of a price as an order stores them. */
export function storedTaxLines(
  { taxes }: CartPrice,
  names: ReadonlyMap<number, LocalizedText>,
): StoredTaxLine[] {
  return taxes.map((share) => ({ ...share, name: names.get(share.basisPoints) ?? {} }));
}
