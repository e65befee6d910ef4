import { statement, t, type ValuesOf } from '@vitrine/api/plugin';

const MESSAGE_ROW = { id: t.uuid, message: t.text };
export type MessageRow = ValuesOf<typeof MESSAGE_ROW>;

export const messagesOfCarts = statement('giftMessage.of-carts', {
  params: { ids: t.uuids },
  row: MESSAGE_ROW,
  sql: 'SELECT cart_id AS id, message FROM gift_message WHERE cart_id = ANY (:ids::uuid[])',
});

export const messagesOfOrders = statement('giftMessage.of-orders', {
  params: { ids: t.uuids },
  row: MESSAGE_ROW,
  sql: 'SELECT order_id AS id, message FROM order_gift_message WHERE order_id = ANY (:ids::uuid[])',
});

export const writeMessage = statement('giftMessage.write', {
  params: { cartId: t.uuid, message: t.text },
  sql: `INSERT INTO gift_message (cart_id, message) VALUES (:cartId, :message)
   ON CONFLICT (cart_id) DO UPDATE SET message = excluded.message`,
});

export const deleteMessage = statement('giftMessage.delete', {
  params: { cartId: t.uuid },
  sql: 'DELETE FROM gift_message WHERE cart_id = :cartId',
});

/** The order gets the words of its cart, whatever becomes of that cart afterwards. */
export const takeOverMessage = statement('giftMessage.take-over', {
  params: { orderId: t.uuid, cartId: t.uuid },
  sql: `INSERT INTO order_gift_message (order_id, message)
   SELECT :orderId::uuid, message FROM gift_message WHERE cart_id = :cartId`,
});
