import { definePersonalData } from '../../../platform/personal-data/define-personal-data.js';

/** What carts hold about people. The cart of a guest is known to their browser alone. */
export const cartPersonalData = [
  definePersonalData({
    ...{ table: 'cart', statement: 'cart.personal-carts', name: 'carts' },
    columns: ['email', 'phone', 'shipping_address', 'billing_address'],
    sql: `SELECT jsonb_build_object('status', c.status, 'email', c.email, 'phone', c.phone, 'shippingAddress', c.shipping_address,
       'billingAddress', c.billing_address, 'createdAt', c.created_at, 'updatedAt', c.updated_at) AS data
     FROM cart c, person WHERE c.user_id = person.user_id ORDER BY c.created_at, c.id`,
  }),
];
