import { keysetList, statement, t, type LocalizedText, type ValuesOf } from '@vitrine/api/plugin';

const WRAP_ROW = {
  id: t.uuid,
  name: t.json<LocalizedText>(),
  price: t.int,
  active: t.boolean,
  version: t.int,
};
export type WrapRow = ValuesOf<typeof WRAP_ROW>;
const COLUMNS = 'id, name, price, active, version';

const LISTED_ROW = { ...WRAP_ROW, createdAt: t.timestamp };
export type ListedWrap = ValuesOf<typeof LISTED_ROW>;

/** The list of staff as bulk actions and its file read it, the newest first; a filter that is null does not narrow. */
export const wrapList = keysetList({
  name: 'giftWrap.list',
  row: LISTED_ROW,
  columns: `${COLUMNS}, created_at AS "createdAt"`,
  from: 'gift_wrap',
  ...{ time: 'created_at', id: 'id' },
  filter: { ids: t.uuids.orNull, offered: t.boolean.orNull },
  conditions: `(:ids::uuid[] IS NULL OR id = ANY(:ids)) AND (:offered::boolean IS NULL OR active = :offered)`,
});

export const lockWrap = statement('giftWrap.lock', {
  params: { id: t.uuid },
  row: { name: t.json<LocalizedText>() },
  sql: 'SELECT name FROM gift_wrap WHERE id = :id FOR UPDATE',
});

/** No row when it is so already. */
export const offerWrap = statement('giftWrap.offer', {
  params: { id: t.uuid, offered: t.boolean },
  row: { version: t.int },
  sql: `UPDATE gift_wrap SET active = :offered, version = version + 1
   WHERE id = :id AND active <> :offered RETURNING version`,
});

/** No row when somebody has changed it since it had this version. */
export const offerAsBefore = statement('giftWrap.offer-as-before', {
  params: { id: t.uuid, version: t.int },
  row: { id: t.uuid },
  sql: `UPDATE gift_wrap SET active = NOT active, version = version + 1 WHERE id = :id AND version = :version RETURNING id`,
});

/** In the order in which they were made. */
export const allWraps = statement('giftWrap.all', {
  row: WRAP_ROW,
  sql: `SELECT ${COLUMNS} FROM gift_wrap ORDER BY created_at, id`,
});

export const wrapById = statement('giftWrap.by-id', {
  params: { id: t.uuid },
  row: WRAP_ROW,
  sql: `SELECT ${COLUMNS} FROM gift_wrap WHERE id = :id`,
});

const FIELDS = { id: t.uuid, name: t.json<LocalizedText>(), price: t.int, active: t.boolean };

export const insertWrap = statement('giftWrap.insert', {
  params: FIELDS,
  row: WRAP_ROW,
  sql: `INSERT INTO gift_wrap (id, name, price, active) VALUES (:id, :name, :price, :active) RETURNING ${COLUMNS}`,
});

/** No row when somebody else has changed it since, or there is none. */
export const updateWrap = statement('giftWrap.update', {
  params: { ...FIELDS, expectedVersion: t.int },
  row: WRAP_ROW,
  sql: `UPDATE gift_wrap SET name = :name, price = :price, active = :active, version = version + 1
   WHERE id = :id AND version = :expectedVersion RETURNING ${COLUMNS}`,
});

const CHOSEN_ROW = { ...WRAP_ROW, cartId: t.uuid, message: t.text };
export type ChosenRow = ValuesOf<typeof CHOSEN_ROW>;

export const wrapsOfCarts = statement('giftWrap.of-carts', {
  params: { ids: t.uuids },
  row: CHOSEN_ROW,
  sql: `SELECT ${COLUMNS}, cart_id AS "cartId", message FROM cart_gift_wrap JOIN gift_wrap ON id = gift_wrap_id
   WHERE cart_id = ANY (:ids::uuid[])`,
});

/** Nothing is written for a wrap that is not offered, unless the cart has it already. */
export const chooseWrap = statement('giftWrap.choose', {
  params: { cartId: t.uuid, wrapId: t.uuid, message: t.text },
  sql: `INSERT INTO cart_gift_wrap (cart_id, gift_wrap_id, message)
   SELECT :cartId::uuid, id, :message FROM gift_wrap WHERE id = :wrapId
     AND (active OR EXISTS (SELECT FROM cart_gift_wrap WHERE cart_id = :cartId AND gift_wrap_id = :wrapId))
   ON CONFLICT (cart_id) DO UPDATE SET gift_wrap_id = excluded.gift_wrap_id, message = excluded.message`,
});

export const takeOff = statement('giftWrap.take-off', {
  params: { cartId: t.uuid },
  sql: 'DELETE FROM cart_gift_wrap WHERE cart_id = :cartId',
});

const ORDERED_ROW = {
  orderId: t.uuid,
  name: t.json<LocalizedText>(),
  message: t.text,
  wrapId: t.uuid.orNull,
  wrappedAt: t.timestamp.orNull,
};
export type OrderedRow = ValuesOf<typeof ORDERED_ROW>;

export const wrapsOfOrders = statement('giftWrap.of-orders', {
  params: { ids: t.uuids },
  row: ORDERED_ROW,
  sql: `SELECT order_id AS "orderId", name, message, gift_wrap_id AS "wrapId", wrapped_at AS "wrappedAt"
   FROM order_gift_wrap WHERE order_id = ANY (:ids::uuid[])`,
});

export const isWrapped = statement('giftWrap.is-wrapped', {
  params: { orderId: t.uuid },
  row: { wrapped: t.boolean },
  sql: 'SELECT wrapped_at IS NOT NULL AS wrapped FROM order_gift_wrap WHERE order_id = :orderId FOR UPDATE',
});

/** When it was wrapped; null for not yet. */
export const setWrapped = statement('giftWrap.set-wrapped', {
  params: { orderId: t.uuid, at: t.timestamp.orNull },
  sql: 'UPDATE order_gift_wrap SET wrapped_at = :at WHERE order_id = :orderId',
});

/** The order keeps the name and the words, whatever becomes of the wrap and the cart afterwards. */
export const takeOverWrap = statement('giftWrap.take-over', {
  params: { orderId: t.uuid, cartId: t.uuid },
  sql: `INSERT INTO order_gift_wrap (order_id, name, message, gift_wrap_id)
   SELECT :orderId::uuid, name, message, gift_wrap_id FROM cart_gift_wrap JOIN gift_wrap ON id = gift_wrap_id WHERE cart_id = :cartId`,
});

/** The paper of a draft, at its price of today. */
export const wrapOfDraft = statement('giftWrap.of-draft', {
  params: { orderId: t.uuid },
  row: WRAP_ROW,
  sql: `SELECT w.id, w.name, w.price, w.active, w.version FROM order_gift_wrap o JOIN gift_wrap w ON w.id = o.gift_wrap_id WHERE o.order_id = :orderId`,
});

/** Nothing is written for a wrap that is not offered, unless the draft has it already. */
export const chooseDraftWrap = statement('giftWrap.choose-of-draft', {
  params: { orderId: t.uuid, wrapId: t.uuid, message: t.text },
  sql: `INSERT INTO order_gift_wrap (order_id, name, message, gift_wrap_id)
   SELECT :orderId::uuid, name, :message, id FROM gift_wrap WHERE id = :wrapId
     AND (active OR EXISTS (SELECT FROM order_gift_wrap WHERE order_id = :orderId AND gift_wrap_id = :wrapId))
   ON CONFLICT (order_id) DO UPDATE SET name = excluded.name, message = excluded.message, gift_wrap_id = excluded.gift_wrap_id`,
});

export const takeOffDraft = statement('giftWrap.take-off-draft', {
  params: { orderId: t.uuid },
  sql: 'DELETE FROM order_gift_wrap WHERE order_id = :orderId',
});
