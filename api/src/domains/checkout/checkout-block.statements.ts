import { statement } from '../../platform/database/database.js';

// What nobody has paid and nothing has left of.
const UNPAID = `(o.status = 'PENDING_PAYMENT' OR (o.status = 'PLACED' AND o.payment_status = 'PENDING' AND o.fulfillment_status = 'UNFULFILLED'))`;

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

const NAME_OF = (column: string): string =>
  `(SELECT coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) FROM app_user u WHERE u.id = b.${column})`;
const IN_FORCE = '(b.ended_at IS NULL AND b.expires_at > now())';
/** A block that nobody ends has its end when its days are over. */
const END = 'coalesce(b.ended_at, b.expires_at)';

const BLOCK = `b.id, b.kind, b.contact, b.reason, b.created_at AS "createdAt", b.expires_at AS "expiresAt",
  (SELECT o.number FROM shop_order o WHERE o.id = b.order_id) AS "orderNumber", ${NAME_OF('created_by')} AS "createdBy",
  CASE WHEN NOT ${IN_FORCE} THEN ${END} END AS "endedAt",
  CASE WHEN NOT ${IN_FORCE} THEN coalesce(b.ended_how, 'EXPIRED') END AS "endedHow", ${NAME_OF('ended_by')} AS "endedBy"`;

/** Until the transaction is over, nobody else places a block: two at once would both find none of that mark. */
export const lockBlocks = statement(
  'checkout.lock-blocks',
  `SELECT pg_advisory_xact_lock(hashtextextended('checkout_block', 7242))`,
);
/** Ends what there is of a mark ($2 network or $3 contact) before a new block ($4 by whom); its row stays as it was. */
export const endForNext = statement(
  'checkout.end-block-for-next',
  `UPDATE checkout_block SET ended_at = least(now(), expires_at),
     ended_how = CASE WHEN expires_at > now() THEN 'REPLACED' ELSE 'EXPIRED' END,
     ended_by = CASE WHEN expires_at > now() THEN $4::uuid END
   WHERE kind = $1 AND (network = $2 OR contact = $3) AND ended_at IS NULL
   RETURNING expires_at AS "expiresAt"`,
);
/** $8 days; not shorter than $9, the end of the block that it follows. */
export const placeBlock = statement(
  'checkout.place-block',
  `INSERT INTO checkout_block (id, kind, network, contact, order_id, reason, created_by, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, greatest(now() + make_interval(days => $8::int), $9::timestamptz))
   RETURNING expires_at AS "expiresAt"`,
);
export const blocksInForce = statement(
  'checkout.blocks',
  `SELECT ${BLOCK} FROM checkout_block b WHERE ${IN_FORCE} ORDER BY b.created_at DESC, b.id LIMIT 250`,
);
export const endedBlocks = statement(
  'checkout.ended-blocks',
  `SELECT ${BLOCK} FROM checkout_block b WHERE NOT ${IN_FORCE} AND ${END} > now() - interval '30 days'
   ORDER BY ${END} DESC, b.id LIMIT 250`,
);
export const blocksOfOrder = statement(
  'checkout.blocks-of-order',
  `SELECT ${BLOCK} FROM checkout_block b WHERE b.order_id = $1 AND ${IN_FORCE} ORDER BY b.kind`,
);
/** Its row stays, with who lifted it. No row comes back when it is not in force. */
export const liftBlock = statement(
  'checkout.lift-block',
  `UPDATE checkout_block b SET ended_at = now(), ended_how = 'LIFTED', ended_by = $2 WHERE b.id = $1 AND ${IN_FORCE}
   RETURNING b.kind, b.order_id AS "orderId"`,
);

/** Blocks that ended long ago. */
export const deleteOldBlocks = statement(
  'checkout.delete-old-blocks',
  `DELETE FROM checkout_block b WHERE ${END} < now() - interval '30 days'`,
);
