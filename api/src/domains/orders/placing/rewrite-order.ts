import type { StoredAddress } from '../../identity/index.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, type Tx, t } from '../../../platform/database/database.js';
import type { CartPrice, ChargeRate, NetGross, TaxedDelivery, TaxMode } from '../../pricing/index.js';
import { promisedColumns } from './promised-delivery.js';
import type { StoredTaxLine } from '../order.entity.js';
import { chargesTotal } from './stored-adjustments.js';
import type { StoredAdjustment } from './stored-adjustment.js';
import { NO_DELIVERY, storedTaxLines, type NewOrder, type NewOrderLine } from './new-order.js';

/** The totals of an order, as they are stored. */
export interface OrderTotals {
  readonly subtotal: NetGross;
  readonly shipping: TaxedDelivery;
  readonly total: NetGross;
  readonly discount: number;
  readonly taxLines: readonly StoredTaxLine[];
}

// Deletes the lines that are left out of the new ones; the database refuses it for a line that was shipped, refunded
// or returned.
const dropLines = statement('orders.drop-lines', {
  params: { orderId: t.uuid, lineIds: t.uuids },
  sql: 'DELETE FROM order_line WHERE order_id = :orderId AND id <> ALL (:lineIds::uuid[])',
});
const writeLines = statement('orders.write-lines', {
  params: { orderId: t.uuid, lines: t.json<readonly NewOrderLine[]>() },
  sql: `INSERT INTO order_line (id, order_id, position, variant_id, product_id, product_name, product_slug, variant_name, sku, image,
     quantity, unit_price, discount, total_net, total_gross, tax_basis_points)
   SELECT l.id, :orderId::uuid, l.position, l."variantId", l."productId", l."productName", l."productSlug", l."variantName", l.sku, l.image,
     l.quantity, l."unitPrice", l.discount, l."totalNet", l."totalGross", l."taxBasisPoints"
   FROM jsonb_to_recordset(:lines::jsonb) AS l(id uuid, position int, "variantId" uuid, "productId" uuid, "productName" text,
     "productSlug" text, "variantName" text, sku text, image jsonb, quantity int, "unitPrice" bigint, discount bigint,
     "totalNet" bigint, "totalGross" bigint, "taxBasisPoints" int)
   ON CONFLICT (id) DO UPDATE SET position = excluded.position, quantity = excluded.quantity, discount = excluded.discount,
     total_net = excluded.total_net, total_gross = excluded.total_gross`,
});
const repriceStatement = statement('orders.reprice', {
  params: {
    orderId: t.uuid,
    net: t.int,
    gross: t.int,
    shippingNet: t.int,
    shippingGross: t.int,
    shippingRates: t.json<readonly ChargeRate[]>(),
    chargesNet: t.int,
    chargesGross: t.int,
    totalNet: t.int,
    totalGross: t.int,
    adjustments: t.json<readonly StoredAdjustment[]>(),
    discount: t.int,
    taxLines: t.json<readonly StoredTaxLine[]>(),
    taxMode: t.text.orNull,
  },
  sql: `UPDATE shop_order SET subtotal_net = :net, subtotal_gross = :gross, shipping_net = :shippingNet, shipping_gross = :shippingGross, shipping_rates = :shippingRates, charges_net = :chargesNet, charges_gross = :chargesGross, total_net = :totalNet,
     total_gross = :totalGross, discount = :discount, adjustments = :adjustments, tax_lines = :taxLines, tax_mode = coalesce(:taxMode, tax_mode) WHERE id = :orderId`,
});
const rewriteDraftStatement = statement('orders.rewrite-draft', {
  params: {
    orderId: t.uuid,
    userId: t.uuid.orNull,
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
    note: t.text.orNull,
  },
  sql: `UPDATE shop_order SET user_id = :userId, customer_id = customer_of_order(:userId, :email, :billingAddress, :phone, :language, false), language = :language, email = :email, phone = :phone, shipping_address = :shippingAddress, billing_address = :billingAddress,
     shipping_method_id = :shippingMethodId, shipping_method_name = :shippingMethodName, shipping_kind = :shippingKind, shipping_days_min = :shippingDaysMin,
     shipping_days_max = :shippingDaysMax, cheapest_shipping_gross = :cheapestShippingGross, note = :note WHERE id = :orderId AND status = 'DRAFT'`,
});
const payByHand = statement('orders.pay-by-hand', {
  params: { orderId: t.uuid, note: t.text.orNull },
  sql: `UPDATE shop_order SET payment_method = 'MANUAL', note = nullif(concat_ws(E'\\n', note, :note::text), '') WHERE id = :orderId`,
});

/*
 * Changes of an order besides its statuses. Require the order lock, and `OrderService.change` afterwards, which
 * increments the version and appends timeline and event; lines and totals must agree when the transaction ends
 * (shop_order_sums).
 */

/** Replaces the lines of the order: existing lines are kept by their id, the rest is deleted. */
export async function replaceLines(tx: Tx, orderId: string, lines: readonly NewOrderLine[]): Promise<void> {
  await tx.count(dropLines, { orderId, lineIds: lines.map(({ id }) => id) });
  await tx.count(writeLines, { orderId, lines });
}

/**
 * Writes the totals of an order, and the adjustments that explain them. Only a draft that follows the present gets another
 * tax mode.
 */
export async function repriceOrder(
  tx: Tx,
  orderId: string,
  totals: OrderTotals & { readonly taxMode?: TaxMode },
  adjustments: readonly StoredAdjustment[],
): Promise<void> {
  const charges = chargesTotal(adjustments);
  const { subtotal, shipping, total, discount, taxLines, taxMode } = totals;
  await tx.count(repriceStatement, {
    orderId,
    net: subtotal.net,
    gross: subtotal.gross,
    shippingNet: shipping.net,
    shippingGross: shipping.gross,
    shippingRates: shipping.rates,
    chargesNet: charges.net,
    chargesGross: charges.gross,
    totalNet: total.net,
    totalGross: total.gross,
    adjustments,
    discount,
    taxLines,
    taxMode: taxMode ?? null,
  });
}

/** The totals of goods and delivery as an order stores them. */
export function toTotals(price: CartPrice, taxNames: ReadonlyMap<number, LocalizedText>): OrderTotals {
  const { subtotal, shipping, total, discount } = price;
  return {
    subtotal,
    shipping: shipping ?? NO_DELIVERY,
    total,
    discount,
    taxLines: storedTaxLines(price, taxNames),
  };
}

/** Updates everything of a draft except its lines and their price. */
export async function rewriteDraft(
  tx: Tx,
  orderId: string,
  draft: Pick<
    NewOrder,
    | 'userId'
    | 'language'
    | 'email'
    | 'phone'
    | 'shippingAddress'
    | 'billingAddress'
    | 'shippingMethodId'
    | 'shippingMethodName'
    | 'promised'
    | 'note'
  >,
): Promise<void> {
  await tx.count(rewriteDraftStatement, {
    orderId,
    userId: draft.userId,
    language: draft.language,
    email: draft.email,
    phone: draft.phone,
    shippingAddress: draft.shippingAddress,
    billingAddress: draft.billingAddress,
    shippingMethodId: draft.shippingMethodId,
    shippingMethodName: draft.shippingMethodName,
    ...promisedColumns(draft.promised),
    note: draft.note,
  });
}

/** Records that staff received the payment of an order outside any provider, with a note on how. */
export async function setPaidByHand(tx: Tx, orderId: string, note: string | null): Promise<void> {
  await tx.count(payByHand, { orderId, note });
}
