import type { LocalizedText } from '../../../kernel/languages.js';
import { statement, type Tx } from '../../../platform/database/database.js';
import type { CartPrice, NetGross } from '../../pricing/index.js';
import type { StoredTaxLine } from '../order.entity.js';
import { storedTaxLines, type NewOrder, type NewOrderLine } from './new-order.js';

/** The totals of an order, as they are stored. */
export interface OrderTotals {
  readonly subtotal: NetGross;
  readonly shipping: NetGross;
  readonly total: NetGross;
  readonly discount: number;
  readonly taxLines: readonly StoredTaxLine[];
}

// Deletes the lines that are left out of the new ones; the database refuses it for a line that was shipped, refunded
// or returned.
const dropLines = statement(
  'orders.drop-lines',
  'DELETE FROM order_line WHERE order_id = $1 AND id <> ALL ($2::uuid[])',
);
const writeLines = statement(
  'orders.write-lines',
  `INSERT INTO order_line (id, order_id, position, variant_id, product_id, product_name, product_slug, variant_name, sku, image,
     quantity, unit_price, discount, total_net, total_gross, tax_basis_points)
   SELECT l.id, $1::uuid, l.position, l."variantId", l."productId", l."productName", l."productSlug", l."variantName", l.sku, l.image,
     l.quantity, l."unitPrice", l.discount, l."totalNet", l."totalGross", l."taxBasisPoints"
   FROM jsonb_to_recordset($2::jsonb) AS l(id uuid, position int, "variantId" uuid, "productId" uuid, "productName" text,
     "productSlug" text, "variantName" text, sku text, image jsonb, quantity int, "unitPrice" bigint, discount bigint,
     "totalNet" bigint, "totalGross" bigint, "taxBasisPoints" int)
   ON CONFLICT (id) DO UPDATE SET position = excluded.position, quantity = excluded.quantity, discount = excluded.discount,
     total_net = excluded.total_net, total_gross = excluded.total_gross`,
);
const repriceStatement = statement(
  'orders.reprice',
  `UPDATE shop_order SET subtotal_net = $2, subtotal_gross = $3, shipping_net = $4, shipping_gross = $5, total_net = $6,
     total_gross = $7, discount = $8, tax_lines = $9 WHERE id = $1`,
);
const rewriteDraftStatement = statement(
  'orders.rewrite-draft',
  `UPDATE shop_order SET user_id = $2, language = $3, email = $4, phone = $5, shipping_address = $6, billing_address = $7,
     shipping_method_id = $8, shipping_method_name = $9, note = $10 WHERE id = $1 AND status = 'DRAFT'`,
);
const payByHand = statement(
  'orders.pay-by-hand',
  `UPDATE shop_order SET payment_method = 'MANUAL', note = nullif(concat_ws(E'\\n', note, $2::text), '') WHERE id = $1`,
);

/*
 * Changes of an order besides its statuses. Require the order lock, and `OrderService.change` afterwards, which
 * increments the version and appends timeline and event; lines and totals must agree when the transaction ends
 * (shop_order_sums).
 */

/** Replaces the lines of the order: existing lines are kept by their id, the rest is deleted. */
export async function replaceLines(tx: Tx, orderId: string, lines: readonly NewOrderLine[]): Promise<void> {
  await tx.count(dropLines, [orderId, lines.map(({ id }) => id)]);
  await tx.count(writeLines, [orderId, JSON.stringify(lines)]);
}

export async function repriceOrder(tx: Tx, orderId: string, totals: OrderTotals): Promise<void> {
  const { subtotal, shipping, total, discount, taxLines } = totals;
  await tx.count(repriceStatement, [
    orderId,
    subtotal.net,
    subtotal.gross,
    shipping.net,
    shipping.gross,
    total.net,
    total.gross,
    discount,
    JSON.stringify(taxLines),
  ]);
}

/** The totals of goods and delivery as an order stores them. */
export function toTotals(price: CartPrice, taxNames: ReadonlyMap<number, LocalizedText>): OrderTotals {
  const { subtotal, shipping, total, discount } = price;
  return {
    subtotal,
    shipping: shipping ?? { net: 0, gross: 0 },
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
    | 'note'
  >,
): Promise<void> {
  await tx.count(rewriteDraftStatement, [
    orderId,
    draft.userId,
    draft.language,
    draft.email,
    draft.phone,
    JSON.stringify(draft.shippingAddress),
    JSON.stringify(draft.billingAddress),
    draft.shippingMethodId,
    draft.shippingMethodName,
    draft.note,
  ]);
}

/** Records that staff received the payment of an order outside any provider, with a note on how. */
export async function setPaidByHand(tx: Tx, orderId: string, note: string | null): Promise<void> {
  await tx.count(payByHand, [orderId, note]);
}
