import { statement } from '../../platform/database/database.js';

// What nobody has paid and nothing has left of.
const UNPAID = `(o.status = 'PENDING_PAYMENT' OR (o.status = 'PLACED' AND o.payment_status = 'PENDING' AND o.fulfilment_status = 'UNFULFILLED'))`;

// What an order is recognised by. Its network is that of the last press of pay on its cart.
const MARKS = `SELECT o.id, o.status, counted_email(o.email) AS email,
     counted_phone(coalesce(o.phone, o.shipping_address ->> 'phone')) AS phone,
     (SELECT a.network FROM checkout_attempt a WHERE a.cart_id = o.cart_id ORDER BY a.cart_version DESC LIMIT 1) AS network
   FROM shop_order o`;

/** An unpaid order with what it is recognised by. */
export const marksOf = statement('checkout.marks', `${MARKS} WHERE o.id = $1 AND ${UNPAID}`);

/** Unpaid orders that share a mark with the one given: $1 itself left out; $2 to $4 null for marks that do not count. */
const RELATED = `FROM (${MARKS} WHERE ${UNPAID} AND o.id <> $1) r`;
export const relatedOrders = statement(
  'checkout.related-orders',
  `SELECT r.id ${RELATED} WHERE r.email = $2 OR r.phone = $3 OR r.network = $4 ORDER BY r.id LIMIT 500`,
);
export const countRelated = statement(
  'checkout.count-related',
  `SELECT count(*) FILTER (WHERE r.email = $2)::int AS "sameEmail", count(*) FILTER (WHERE r.phone = $3)::int AS "samePhone",
     count(*) FILTER (WHERE r.network = $4)::int AS "sameNetwork",
     (SELECT coalesce(sum(l.quantity), 0)::int FROM order_line l WHERE l.order_id = $1) AS units ${RELATED}`,
);

const BLOCK = `b.id, b.kind, b.contact, b.reason, b.created_at AS "createdAt", b.expires_at AS "expiresAt",
  (SELECT o.number FROM shop_order o WHERE o.id = b.order_id) AS "orderNumber",
  (SELECT coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) FROM app_user u WHERE u.id = b.created_by) AS "createdBy"`;

/** Blocks, or prolongs the block that there is. */
const upsert = (name: string, columns: string, conflict: string) =>
  statement(
    name,
    `INSERT INTO checkout_block (id, kind, ${columns}, order_id, reason, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7::int))
     ON CONFLICT ${conflict} DO UPDATE SET order_id = excluded.order_id, reason = excluded.reason, created_by = excluded.created_by,
       created_at = now(), expires_at = greatest(checkout_block.expires_at, excluded.expires_at)`,
  );
export const blockNetwork = upsert(
  'checkout.block-network',
  'network',
  '(network) WHERE network IS NOT NULL',
);
export const blockContact = upsert(
  'checkout.block-contact',
  'contact',
  '(kind, contact) WHERE contact IS NOT NULL',
);
export const blocksInForce = statement(
  'checkout.blocks',
  `SELECT ${BLOCK} FROM checkout_block b WHERE b.expires_at > now() ORDER BY b.created_at DESC, b.id LIMIT 250`,
);
export const blocksOfOrder = statement(
  'checkout.blocks-of-order',
  `SELECT ${BLOCK} FROM checkout_block b WHERE b.order_id = $1 AND b.expires_at > now() ORDER BY b.kind`,
);
export const removeBlock = statement('checkout.remove-block', 'DELETE FROM checkout_block WHERE id = $1');

/** Blocks that ended long ago. */
export const deleteOldBlocks = statement(
  'checkout.delete-old-blocks',
  `DELETE FROM checkout_block WHERE expires_at < now() - interval '30 days'`,
);
