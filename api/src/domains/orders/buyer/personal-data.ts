import { definePersonalData } from '../../../platform/personal-data/define-personal-data.js';

/** SQL: the order `o` is of this `person`. */
export const IS_OF_PERSON = /* sql */ `(o.customer_id = ANY(person.known_as) OR o.user_id = person.user_id)`;

/** What orders hold about people. What staff noted is in the file that staff hand over, after they have read it. */
export const ordersPersonalData = [
  definePersonalData({
    ...{ table: 'shop_order', statement: 'orders.personal-orders', name: 'orders' },
    columns: ['email', 'phone', 'shipping_address', 'billing_address', 'note', 'search_text'],
    sql: `SELECT jsonb_build_object('number', o.number, 'status', o.status, 'createdAt', o.created_at, 'placedAt', o.placed_at,
       'email', o.email, 'phone', o.phone, 'shippingAddress', o.shipping_address, 'billingAddress', o.billing_address,
       'shippingMethod', o.shipping_method_name, 'currency', o.currency, 'totalInMinorUnits', o.total_gross,
       'refundedInMinorUnits', o.refunded, 'noteOfTheShop', CASE WHEN person.known_as <> '{}' THEN o.note END,
       'lines', (SELECT coalesce(jsonb_agg(jsonb_build_object('product', l.product_name, 'variant', l.variant_name,
         'quantity', l.quantity, 'totalInMinorUnits', l.total_gross) ORDER BY l.position), '[]') FROM order_line l WHERE l.order_id = o.id),
       'shipments', (SELECT coalesce(jsonb_agg(jsonb_build_object('carrier', s.carrier, 'trackingNumber', s.tracking_number,
         'shippedAt', s.shipped_at, 'deliveredAt', s.delivered_at) ORDER BY s.shipped_at, s.id), '[]') FROM shipment s WHERE s.order_id = o.id)) AS data
     FROM shop_order o, person WHERE o.status <> 'DRAFT' AND ${IS_OF_PERSON} ORDER BY o.created_at, o.id`,
  }),
];
