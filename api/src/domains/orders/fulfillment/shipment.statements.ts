import { rowOf, statement, t } from '../../../platform/database/database.js';
import { ShipmentEntity } from '../order.entity.js';

const SHIPMENT = `id, order_id AS "orderId", status, carrier, tracking_number AS "trackingNumber", tracking_url AS "trackingUrl",
  shipped_at AS "shippedAt", delivered_at AS "deliveredAt"`;

export const shipmentsByOrder = statement('orders.shipments', {
  params: { ids: t.uuids },
  row: { ...rowOf(ShipmentEntity), lines: t.json<{ orderLineId: string; quantity: number }[]>() },
  sql: `SELECT ${SHIPMENT}, (SELECT json_agg(json_build_object('orderLineId', order_line_id, 'quantity', quantity)) FROM shipment_line WHERE shipment_id = id) AS lines
   FROM shipment WHERE order_id = ANY(:ids::uuid[]) ORDER BY shipped_at, id`,
});
export const shipmentById = statement('orders.shipment', {
  params: { shipmentId: t.uuid },
  row: rowOf(ShipmentEntity),
  sql: `SELECT ${SHIPMENT} FROM shipment WHERE id = :shipmentId`,
});
export const insertShipment = statement('orders.insert-shipment', {
  params: {
    shipmentId: t.uuid,
    orderId: t.uuid,
    carrier: t.text.orNull,
    trackingNumber: t.text.orNull,
    trackingUrl: t.text.orNull,
    shipmentIds: t.uuids,
    quantities: t.ints,
  },
  sql: `WITH sent AS (
     INSERT INTO shipment (id, order_id, carrier, tracking_number, tracking_url) VALUES (:shipmentId, :orderId, :carrier, :trackingNumber, :trackingUrl)
   ), lines AS (
     INSERT INTO shipment_line (shipment_id, order_line_id, quantity)
     SELECT :shipmentId, l.id, l.quantity FROM unnest(:shipmentIds::uuid[], :quantities::int[]) AS l(id, quantity)
   )
   UPDATE order_line o SET fulfilled = o.fulfilled + l.quantity
   FROM unnest(:shipmentIds::uuid[], :quantities::int[]) AS l(id, quantity) WHERE o.id = l.id AND o.order_id = :orderId`,
});
export const updateShipment = statement('orders.update-shipment', {
  params: {
    shipmentId: t.uuid,
    status: t.text,
    carrier: t.text.orNull,
    trackingNumber: t.text.orNull,
    trackingUrl: t.text.orNull,
  },
  sql: `UPDATE shipment SET status = :status, carrier = :carrier, tracking_number = :trackingNumber, tracking_url = :trackingUrl,
     delivered_at = CASE WHEN :status = 'DELIVERED' THEN coalesce(delivered_at, now()) ELSE delivered_at END
   WHERE id = :shipmentId`,
});
export const undelivered = statement('orders.undelivered', {
  params: { orderId: t.uuid },
  row: { left: t.int },
  sql: `SELECT count(*)::int AS left FROM shipment WHERE order_id = :orderId AND status = 'SHIPPED'`,
});
