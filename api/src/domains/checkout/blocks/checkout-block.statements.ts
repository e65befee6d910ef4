import type { CheckoutBlockKind } from './checkout-block-kind.js';
import { statement, t } from '../../../platform/database/database.js';
import { keysetList } from '../../../platform/graphql/keyset-list.js';
import { IS_UNPAID } from '../unpaid/unpaid-orders.js';

// The data that an order's buyer is recognized by. Its network is that of the last checkout attempt on its cart.
const MARKS = `SELECT o.id, o.status, counted_email(o.email) AS email,
     counted_phone(coalesce(o.phone, o.shipping_address ->> 'phone')) AS phone,
     (SELECT a.network FROM checkout_attempt a WHERE a.cart_id = o.cart_id ORDER BY a.cart_version DESC LIMIT 1) AS network
   FROM shop_order o`;

/** An unpaid order with the data that its buyer is recognized by. */
export const marksOf = statement('checkout.marks', {
  params: { orderId: t.uuid },
  row: { id: t.uuid, status: t.text, email: t.text, phone: t.text.orNull, network: t.bytea.orNull },
  sql: `${MARKS} WHERE o.id = :orderId AND ${IS_UNPAID}`,
});

/**
 * Unpaid orders that share e-mail, phone or network with the given order, which itself is left out; a contact is null
 * for kinds that do not count.
 */
const RELATED = `FROM (${MARKS} WHERE ${IS_UNPAID} AND o.id <> :orderId) r`;
export const relatedOrders = statement('checkout.related-orders', {
  params: { orderId: t.uuid, email: t.text.orNull, phone: t.text.orNull, network: t.bytea.orNull },
  row: { id: t.uuid },
  sql: `SELECT r.id ${RELATED} WHERE r.email = :email OR r.phone = :phone OR r.network = :network ORDER BY r.id LIMIT 500`,
});
export const countRelated = statement('checkout.count-related', {
  params: { orderId: t.uuid, email: t.text, phone: t.text.orNull, network: t.bytea.orNull },
  row: { sameEmail: t.int, samePhone: t.int, sameNetwork: t.int, units: t.int },
  sql: `SELECT count(*) FILTER (WHERE r.email = :email)::int AS "sameEmail", count(*) FILTER (WHERE r.phone = :phone)::int AS "samePhone",
     count(*) FILTER (WHERE r.network = :network)::int AS "sameNetwork",
     (SELECT coalesce(sum(l.quantity), 0)::int FROM order_line l WHERE l.order_id = :orderId) AS units ${RELATED}`,
});

const NAME_OF = (column: string): string =>
  `(SELECT coalesce(nullif(concat_ws(' ', u.first_name, u.last_name), ''), u.email) FROM app_user u WHERE u.id = b.${column})`;
const IN_FORCE = '(b.ended_at IS NULL AND b.expires_at > now())';
/** A block that was not ended expires after its days. */
const END = 'coalesce(b.ended_at, b.expires_at)';

const BLOCK = `b.id, b.kind, b.contact, b.order_id AS "orderId", b.reason, b.created_at AS "createdAt", b.expires_at AS "expiresAt",
  (SELECT o.number FROM shop_order o WHERE o.id = b.order_id) AS "orderNumber", ${NAME_OF('created_by')} AS "createdBy",
  CASE WHEN NOT ${IN_FORCE} THEN ${END} END AS "endedAt",
  CASE WHEN NOT ${IN_FORCE} THEN coalesce(b.ended_how, 'EXPIRED') END AS "endedHow", ${NAME_OF('ended_by')} AS "endedBy"`;

/**
 * Only one transaction at a time may place blocks: two concurrent ones would both find no block of the same buyer.
 */
export const lockBlocks = statement('checkout.lock-blocks', {
  row: { pg_advisory_xact_lock: t.nothing },
  sql: `SELECT pg_advisory_xact_lock(hashtextextended('checkout_block', 7242))`,
});
/** Ends the existing block of a network or contact before a new block, placed by `staffId`; its other columns stay. */
export const endForNext = statement('checkout.end-block-for-next', {
  params: { kind: t.text, network: t.bytea.orNull, contact: t.text.orNull, staffId: t.uuid },
  row: { expiresAt: t.timestamp },
  sql: `UPDATE checkout_block SET ended_at = least(now(), expires_at),
     ended_how = CASE WHEN expires_at > now() THEN 'REPLACED' ELSE 'EXPIRED' END,
     ended_by = CASE WHEN expires_at > now() THEN :staffId::uuid END
   WHERE kind = :kind AND (network = :network OR contact = :contact) AND ended_at IS NULL
   RETURNING expires_at AS "expiresAt"`,
});
/** Lasts so many days; not shorter than the block that it replaces, which would have ended at `formerEnd`. */
export const placeBlock = statement('checkout.place-block', {
  params: {
    id: t.uuid,
    kind: t.text,
    network: t.bytea.orNull,
    contact: t.text.orNull,
    orderId: t.uuid,
    reason: t.text.orNull,
    staffId: t.uuid,
    days: t.int,
    formerEnd: t.timestamp.orNull,
  },
  row: { expiresAt: t.timestamp },
  sql: `INSERT INTO checkout_block (id, kind, network, contact, order_id, reason, created_by, expires_at)
   VALUES (:id, :kind, :network, :contact, :orderId, :reason, :staffId,
     greatest(now() + make_interval(days => :days::int), :formerEnd::timestamptz))
   RETURNING expires_at AS "expiresAt"`,
});
export const BLOCK_ROW = {
  id: t.uuid,
  kind: t.text,
  contact: t.text.orNull,
  orderId: t.uuid.orNull,
  reason: t.text.orNull,
  createdAt: t.timestamp,
  expiresAt: t.timestamp,
  orderNumber: t.text.orNull,
  createdBy: t.text.orNull,
  endedAt: t.timestamp.orNull,
  endedHow: t.text.orNull,
  endedBy: t.text.orNull,
};

/** Reads the list of blocks, latest first: those in force, and those that ended within the last 30 days. */
export const readBlocks = keysetList({
  name: 'checkout.block-list',
  row: BLOCK_ROW,
  columns: BLOCK,
  from: 'checkout_block b',
  time: 'b.created_at',
  id: 'b.id',
  filter: {
    search: t.text.orNull,
    kinds: t.textsOf<CheckoutBlockKind>().orNull,
    inForce: t.boolean.orNull,
    ids: t.uuids.orNull,
  },
  conditions: `(${IN_FORCE} OR ${END} > now() - interval '30 days')
    AND (:inForce::boolean IS NULL OR ${IN_FORCE} = :inForce) AND (:kinds::text[] IS NULL OR b.kind = ANY(:kinds))
    AND (:ids::uuid[] IS NULL OR b.id = ANY(:ids))
    AND (:search::text IS NULL OR position(lower(:search) IN lower(b.contact)) > 0
      OR position(lower(:search) IN lower(b.reason)) > 0
      OR b.order_id IN (SELECT o.id FROM shop_order o WHERE o.number = ltrim(:search, '#')))`,
});
export const blocksOfOrder = statement('checkout.blocks-of-order', {
  params: { orderId: t.uuid },
  row: BLOCK_ROW,
  sql: `SELECT ${BLOCK} FROM checkout_block b WHERE b.order_id = :orderId AND ${IN_FORCE} ORDER BY b.kind`,
});
/** Keeps the row, with who lifted it. Returns no row when the block is not in force. */
export const liftBlock = statement('checkout.lift-block', {
  params: { blockId: t.uuid, staffId: t.uuid },
  row: { kind: t.textOf<CheckoutBlockKind>(), orderId: t.uuid.orNull },
  sql: `UPDATE checkout_block b SET ended_at = now(), ended_how = 'LIFTED', ended_by = :staffId WHERE b.id = :blockId AND ${IN_FORCE}
   RETURNING b.kind, b.order_id AS "orderId"`,
});

/** Blocks that ended long ago. */
export const deleteOldBlocks = statement('checkout.delete-old-blocks', {
  sql: `DELETE FROM checkout_block b WHERE ${END} < now() - interval '30 days'`,
});
