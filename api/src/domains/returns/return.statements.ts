import { statement, t, columnsOf, rowOf } from '../../platform/database/database.js';
import { sqlList } from '../../platform/database/sql-list.js';
import { ENDED_UNPAID } from '../orders/index.js';
import { IS_LIVE_REFUND, IS_UNDECIDED_PAYMENT } from '../payments/index.js';
import { ReturnEntity, ReturnLineEntity, ReturnPhotoEntity } from './return.entity.js';

const RETURN = `r.id, r.number, r.order_id AS "orderId", r.status, r.resolution, r.reason, r.comment, r.staff_note AS "noteToBuyer",
  r.order_refund_id AS "orderRefundId", r.exchange_order_id AS "exchangeOrderId", r.version, r.created_at AS "createdAt",
  r.updated_at AS "updatedAt", o.currency, o.user_id AS "userId"`;

export const RETURNS = `${RETURN} FROM order_return r JOIN shop_order o ON o.id = r.order_id`;

/** The row of `RETURNS`. */
export const RETURN_ROW = { ...rowOf(ReturnEntity), currency: t.text, userId: t.uuid.orNull };

export const returnsById = statement('returns.by-id', {
  params: { ids: t.uuids },
  row: RETURN_ROW,
  sql: `SELECT ${RETURNS} WHERE r.id = ANY(:ids::uuid[])`,
});
export const returnsByOrder = statement('returns.by-order', {
  params: { ids: t.uuids },
  row: RETURN_ROW,
  sql: `SELECT ${RETURNS} WHERE r.order_id = ANY(:ids::uuid[]) ORDER BY r.order_id, r.created_at, r.id`,
});
/** Locks the return. Lock its order first. */
export const lockReturn = statement('returns.lock', {
  params: { returnId: t.uuid },
  row: rowOf(ReturnEntity, ['number', 'id', 'version', 'status', 'orderId', 'resolution']),
  sql: `SELECT r.id, r.number, r.order_id AS "orderId", r.status, r.resolution, r.version FROM order_return r WHERE r.id = :returnId FOR UPDATE`,
});
export const moveReturn = statement('returns.move', {
  params: {
    id: t.uuid,
    to: t.text,
    note: t.text.orNull,
    refundId: t.uuid.orNull,
    exchangeOrderId: t.uuid.orNull,
    status: t.text,
  },
  sql: `UPDATE order_return SET status = :to, staff_note = coalesce(:note, staff_note), order_refund_id = coalesce(:refundId, order_refund_id),
     exchange_order_id = coalesce(:exchangeOrderId, exchange_order_id), version = version + 1, updated_at = now()
   WHERE id = :id AND status = :status`,
});
export const countReturns = statement('returns.count-of-order', {
  params: { orderId: t.uuid },
  row: { count: t.int },
  sql: 'SELECT count(*)::int AS count FROM order_return WHERE order_id = :orderId',
});
export const insertReturn = statement('returns.insert', {
  params: {
    returnId: t.uuid,
    orderId: t.uuid,
    resolution: t.text,
    reason: t.text,
    comment: t.text.orNull,
    orderLineIds: t.uuids,
    quantities: t.ints,
    exchangeVariantIds: t.uuidsOrNulls,
  },
  row: { number: t.text },
  sql: `WITH asked AS (
     INSERT INTO order_return (id, order_id, resolution, reason, comment) VALUES (:returnId, :orderId, :resolution, :reason, :comment) RETURNING number
   ), units AS (
     INSERT INTO order_return_line (id, return_id, order_line_id, quantity, exchange_variant_id)
     SELECT new_id(), :returnId, u.line, u.quantity, u.variant FROM unnest(:orderLineIds::uuid[], :quantities::int[], :exchangeVariantIds::uuid[]) AS u(line, quantity, variant)
   )
   SELECT number FROM asked`,
});
export const attachPhotos = statement('returns.attach-photos', {
  params: { returnId: t.uuid, photoIds: t.uuids, orderId: t.uuid },
  sql: `UPDATE return_photo SET return_id = :returnId WHERE id = ANY(:photoIds::uuid[]) AND order_id = :orderId AND return_id IS NULL AND storage_key IS NOT NULL AND discarded_at IS NULL`,
});
export const purchasableVariants = statement('returns.purchasable-variants', {
  params: { wanted: t.uuids },
  row: { id: t.uuid },
  sql: `SELECT v.id FROM variant v JOIN product p ON p.id = v.product_id
   WHERE v.id = ANY(:wanted::uuid[]) AND v.deleted_at IS NULL AND p.status = 'ACTIVE'`,
});

const LINE = `t.id, t.return_id AS "returnId", t.order_line_id AS "orderLineId", t.quantity, t.received, t.restocked,
  t.exchange_variant_id AS "exchangeVariantId", t.exchanged, t.traded, l.order_id AS "orderId", l.variant_id AS "variantId"
  FROM order_return_line t JOIN order_line l ON l.id = t.order_line_id`;

export const linesByReturn = statement('returns.lines', {
  params: { ids: t.uuids },
  row: { ...rowOf(ReturnLineEntity), orderId: t.uuid, variantId: t.uuid },
  sql: `SELECT ${LINE} WHERE t.return_id = ANY(:ids::uuid[]) ORDER BY t.return_id, l.position`,
});
export const receiveLines = statement('returns.receive-lines', {
  params: { returnId: t.uuid, returnLineIds: t.uuids, receiveds: t.ints, restockeds: t.ints },
  sql: `UPDATE order_return_line t SET received = u.received, restocked = u.restocked
   FROM unnest(:returnLineIds::uuid[], :receiveds::int[], :restockeds::int[]) AS u(id, received, restocked) WHERE t.id = u.id AND t.return_id = :returnId`,
});
export const tradeLines = statement('returns.trade-lines', {
  params: { returnId: t.uuid, unitIds: t.uuids, quantities: t.ints, values: t.ints },
  sql: `UPDATE order_return_line t SET exchanged = u.quantity, traded = u.traded
   FROM unnest(:unitIds::uuid[], :quantities::int[], :values::bigint[]) AS u(id, quantity, traded) WHERE t.id = u.id AND t.return_id = :returnId`,
});
export const noteRefund = statement('returns.note-refund', {
  params: { returnId: t.uuid, refundId: t.uuid },
  sql: 'UPDATE order_return SET order_refund_id = :refundId WHERE id = :returnId',
});

/**
 * The units of each line that may still be returned, as far as quantities go: shipped, not requested for return
 * already, and not refunded without a return. The refund of an exchange that ended names no return, but its units came
 * back with one. `arrivedAt` is when its last shipment arrived, or was shipped while no arrival is recorded.
 */
export const returnableLines = statement('returns.returnable-lines', {
  params: { ids: t.uuids },
  row: { orderId: t.uuid, id: t.uuid, arrivedAt: t.timestamp.orNull, quantity: t.int },
  sql: `SELECT l.order_id AS "orderId", l.id, arrived.at AS "arrivedAt",
     CASE o.status WHEN 'CANCELLED' THEN 0 ELSE greatest(0, l.fulfilled - coalesce(asked.quantity, 0)
       - greatest(0, coalesce(back.quantity, 0) - coalesce(back.returned, 0) - coalesce(asked.ended, 0))) END::int AS quantity
   FROM order_line l
   JOIN shop_order o ON o.id = l.order_id
   LEFT JOIN LATERAL (
     SELECT max(coalesce(s.delivered_at, s.shipped_at)) AS at FROM shipment_line p JOIN shipment s ON s.id = p.shipment_id
     WHERE p.order_line_id = l.id
   ) arrived ON true
   LEFT JOIN LATERAL (
     SELECT sum(CASE WHEN r.status IN ('REQUESTED', 'APPROVED') THEN t.quantity ELSE t.received END) AS quantity,
       sum(t.exchanged) FILTER (WHERE r.status = 'EXCHANGED' AND x.status IN ${sqlList(ENDED_UNPAID)}) AS ended
     FROM order_return_line t JOIN order_return r ON r.id = t.return_id LEFT JOIN shop_order x ON x.id = r.exchange_order_id
     WHERE t.order_line_id = l.id AND r.status NOT IN ('REJECTED', 'CANCELLED')
   ) asked ON true
   LEFT JOIN LATERAL (
     SELECT sum(b.quantity - b.unshipped) AS quantity, sum(b.quantity) FILTER (
       WHERE EXISTS (SELECT 1 FROM order_return r WHERE r.order_refund_id = b.order_refund_id)) AS returned
     FROM order_refund_line b WHERE b.order_line_id = l.id AND EXISTS (
       SELECT 1 FROM refund f WHERE f.order_refund_id = b.order_refund_id AND f.status ${IS_LIVE_REFUND})
   ) back ON true
   WHERE l.order_id = ANY(:ids::uuid[]) ORDER BY l.order_id, l.position`,
});

/** The state besides its lines that decides which actions an order allows. */
export const openState = statement('returns.open-state', {
  params: { ids: t.uuids },
  row: {
    orderId: t.uuid,
    openPayment: t.textOf<'CARD' | 'OFFLINE'>().orNull,
    hasOpenEdit: t.boolean,
    hasInvoice: t.boolean,
    hasShipmentOut: t.boolean,
  },
  sql: `SELECT o.id AS "orderId",
     (SELECT CASE p.provider WHEN 'OFFLINE' THEN 'OFFLINE' ELSE 'CARD' END FROM payment p
        WHERE p.order_id = o.id AND p.status ${IS_UNDECIDED_PAYMENT} ORDER BY p.attempt DESC LIMIT 1) AS "openPayment",
     EXISTS (SELECT 1 FROM order_edit e WHERE e.order_id = o.id AND e.status = 'AWAITING_PAYMENT') AS "hasOpenEdit",
     EXISTS (SELECT 1 FROM invoice i WHERE i.order_id = o.id) AS "hasInvoice",
     EXISTS (SELECT 1 FROM shipment s WHERE s.order_id = o.id AND s.status <> 'RETURNED') AS "hasShipmentOut"
   FROM shop_order o WHERE o.id = ANY(:ids::uuid[])`,
});

const PHOTO_FIELDS = [
  'id',
  'orderId',
  'returnId',
  'storageKey',
  'status',
  'failure',
  'width',
  'height',
] as const;
const PHOTO = columnsOf(ReturnPhotoEntity, null, PHOTO_FIELDS);
const PHOTO_ROW = rowOf(ReturnPhotoEntity, PHOTO_FIELDS);

export const photosByReturn = statement('returns.photos', {
  params: { ids: t.uuids },
  row: PHOTO_ROW,
  sql: `SELECT ${PHOTO} FROM return_photo WHERE return_id = ANY(:ids::uuid[]) ORDER BY return_id, created_at, id`,
});
export const photoById = statement('returns.photo', {
  params: { id: t.uuid },
  row: PHOTO_ROW,
  sql: `SELECT ${PHOTO} FROM return_photo WHERE id = :id`,
});
export const insertPhoto = statement('returns.photo-create', {
  params: { id: t.uuid, orderId: t.uuid, token: t.bytea, expiresAt: t.timestamp },
  sql: 'INSERT INTO return_photo (id, order_id, token_hash, expires_at) VALUES (:id, :orderId, :token, :expiresAt)',
});
export const openPhoto = statement('returns.photo-open', {
  params: { token: t.bytea, expiresAt: t.timestamp },
  row: { id: t.uuid },
  sql: 'SELECT id FROM return_photo WHERE token_hash = :token AND storage_key IS NULL AND expires_at > :expiresAt',
});
export const noteKey = statement('returns.photo-note-key', {
  params: { id: t.uuid, key: t.text },
  sql: 'UPDATE return_photo SET written_keys = array_append(written_keys, :key) WHERE id = :id AND storage_key IS NULL',
});
export const receivePhoto = statement('returns.photo-received', {
  params: { id: t.uuid, storageKey: t.text, originalKey: t.text, width: t.int, height: t.int },
  sql: `UPDATE return_photo SET storage_key = :storageKey, original_key = :originalKey, width = :width, height = :height,
     status = 'PROCESSING', queued_at = now()
   WHERE id = :id AND storage_key IS NULL`,
});
export const discardUnused = statement('returns.photos-discard', {
  sql: `UPDATE return_photo SET discarded_at = now()
   WHERE return_id IS NULL AND discarded_at IS NULL AND expires_at < now() - interval '1 day'`,
});
export const discardedPhotos = statement('returns.photos-discarded', {
  row: { id: t.uuid, keys: t.texts },
  sql: `SELECT id, array_remove(written_keys || storage_key || original_key, NULL) AS keys FROM return_photo WHERE discarded_at IS NOT NULL`,
});
export const deletePhoto = statement('returns.photo-delete', {
  params: { id: t.uuid },
  sql: 'DELETE FROM return_photo WHERE id = :id AND discarded_at IS NOT NULL',
});
/** Of a photo that was sent twice one copy was used; a crash left the other. */
export const surplusPhotos = statement('returns.photos-surplus', {
  row: { id: t.uuid, keys: t.texts },
  sql: `SELECT id, CASE WHEN original_key IS NULL THEN written_keys ELSE array_remove(written_keys, original_key) END AS keys
   FROM return_photo WHERE discarded_at IS NULL AND cardinality(written_keys) > 1 AND expires_at < now() - interval '1 day'`,
});
export const forgetSurplus = statement('returns.photo-forget-surplus', {
  params: { id: t.uuid },
  sql: `UPDATE return_photo SET written_keys = '{}' WHERE id = :id`,
});
