import { CartEntity } from './cart.entity.js';
import type { CartLineRow } from './cart-line.js';
import { columnsOf, rowOf, statement, t, type SqlType } from '../../platform/database/database.js';
import type { StoredAddress } from '../identity/index.js';
import type { ChosenAccount } from '../payments/index.js';
import { STORED_CURRENCY } from '../store/index.js';
import {
  freeOfVariant,
  productColumns,
  variantColumns,
  type VariantRow,
  type ProductRow,
} from '../catalog/index.js';

export const CART = columnsOf(CartEntity);

/** The largest quantity of one line. */
export const MAX_LINE_QUANTITY = 999;

// A request names a customer or a guest's token; the other one is null.
const OWNER = { userId: t.uuid.orNull, tokenHash: t.bytea.orNull };
const OWN_ACTIVE_CART = `status = 'ACTIVE' AND (user_id = :userId OR (token_hash = :tokenHash AND user_id IS NULL))`;

// A line with its variant and product as JSON, so that a cart and all it shows are read in one statement. Stock that
// the cart itself holds (where carts hold stock) is reserved, but available to it.
const LINE = `l.id, l.variant_id AS "variantId", l.quantity, l.unit_price_at_add AS "unitPriceAtAdd",
     (extract(epoch FROM l.created_at) * 1000)::bigint AS "addedAt",
     (SELECT coalesce(sum(r.quantity), 0)::int FROM reservation r
      WHERE r.cart_id = l.cart_id AND r.variant_id = l.variant_id AND r.status = 'ACTIVE') AS held,
     (SELECT to_json(r) FROM (SELECT ${variantColumns('v')}) r) AS variant,
     (SELECT to_json(r) FROM (SELECT ${productColumns('p')}) r) AS product`;
const OF_LINE = 'JOIN variant v ON v.id = l.variant_id JOIN product p ON p.id = v.product_id';

/** The lines of `source`, a table or CTE with the columns of cart_line, as one JSON array; `where` narrows it. */
const linesOf = (source: string, where = 'true'): string =>
  `(SELECT coalesce(json_agg(lines), '[]') FROM (
     SELECT ${LINE} FROM ${source} l ${OF_LINE} WHERE ${where} ORDER BY l.created_at, l.id) lines) AS lines`;

const CART_WITH_LINES_ROW = { ...rowOf(CartEntity), lines: t.json<readonly CartLineRow[]>() };

export const readCart = statement('cart.read', {
  params: OWNER,
  row: CART_WITH_LINES_ROW,
  sql: `SELECT ${CART}, ${linesOf('cart_line', 'l.cart_id = cart.id')} FROM cart WHERE ${OWN_ACTIVE_CART}`,
});

/** An open cart of anybody, for staff. */
export const readOpenCart = statement('cart.read-open', {
  params: { cartId: t.uuid },
  row: CART_WITH_LINES_ROW,
  sql: `SELECT ${CART}, ${linesOf('cart_line', 'l.cart_id = cart.id')} FROM cart WHERE id = :cartId AND status = 'ACTIVE'`,
});

/**
 * Locks the cart's row and counts the change: the first statement of every change, so that all changes of a cart wait
 * here.
 */
export const touchCart = statement('cart.touch', {
  params: OWNER,
  row: rowOf(CartEntity),
  sql: `UPDATE cart SET version = version + 1, updated_at = now() WHERE ${OWN_ACTIVE_CART} RETURNING ${CART}`,
});

/** Writes with which accounts the buyer of a locked cart wants to pay. */
export const chooseAccounts = statement('cart.choose-accounts', {
  params: { cartId: t.uuid, tenders: t.json<readonly ChosenAccount[]>() },
  row: rowOf(CartEntity),
  sql: `UPDATE cart SET tenders = :tenders WHERE id = :cartId RETURNING ${CART}`,
});

/** Locks without counting a change, for the checkout. */
export const lockCart = statement('cart.lock', {
  params: OWNER,
  row: rowOf(CartEntity),
  sql: `SELECT ${CART} FROM cart WHERE ${OWN_ACTIVE_CART} FOR UPDATE`,
});

// Copies a customer's contact; two tabs that both create the first cart get the same one.
export const createCart = statement('cart.create', {
  params: {
    id: t.uuid,
    userId: t.uuid.orNull,
    tokenHash: t.bytea.orNull,
    formerTokenHash: t.bytea.orNull,
  },
  row: rowOf(CartEntity),
  sql: `INSERT INTO cart (id, user_id, token_hash, currency, email, phone, follows)
   VALUES (:id, :userId, :tokenHash, ${STORED_CURRENCY}, (SELECT email FROM app_user WHERE id = :userId), (SELECT phone FROM app_user WHERE id = :userId),
     (SELECT c.id FROM cart c WHERE c.token_hash = :formerTokenHash AND c.status = 'CONVERTED'))
   ON CONFLICT (user_id) WHERE status = 'ACTIVE' AND user_id IS NOT NULL
   DO UPDATE SET version = cart.version + 1, updated_at = now()
   RETURNING ${CART}`,
});

export const becameOrder = statement('cart.became-order', {
  params: { tokenHash: t.bytea },
  row: { found: t.int },
  sql: `SELECT 1 AS found FROM cart WHERE token_hash = :tokenHash AND status = 'CONVERTED' LIMIT 1`,
});

// The variant if it is for sale and `units` of it are free. Carts with back-ordered variants use `addLine` instead.
const plainlyForSale = (units: string): string =>
  `variant v JOIN product p ON p.id = v.product_id
     WHERE v.id = :variantId AND v.deleted_at IS NULL AND p.status = 'ACTIVE' AND ${units} <= ${freeOfVariant('v')}`;

/**
 * Inserts a guest's new cart with its first line: no other request can know this cart yet, so one statement is atomic
 * enough. Returns no row and writes nothing when the variant is not for sale or not enough is available.
 */
export const startCart = statement('cart.start', {
  params: {
    id: t.uuid,
    tokenHash: t.bytea,
    lineId: t.uuid,
    variantId: t.uuid,
    quantity: t.int,
  },
  row: CART_WITH_LINES_ROW,
  sql: `WITH made AS (
     INSERT INTO cart (id, token_hash, currency) SELECT :id, :tokenHash, ${STORED_CURRENCY} FROM ${plainlyForSale(':quantity::int')}
     RETURNING ${CART}
   ), added AS (
     INSERT INTO cart_line (id, cart_id, variant_id, quantity, unit_price_at_add)
     SELECT :lineId, made.id, v.id, :quantity::int, v.price FROM made JOIN variant v ON v.id = :variantId
     RETURNING *
   )
   SELECT made.*, ${linesOf('added')} FROM made`,
});

/**
 * Adds to a cart that no other transaction is changing, in one statement that locks its row first. If it had to wait
 * for the lock, its snapshot is older than the cart: then, and when the request is to be refused, it returns no row
 * and writes nothing.
 */
export const addAtOnce = statement('cart.add-at-once', {
  params: { ...OWNER, lineId: t.uuid, variantId: t.uuid, quantity: t.int },
  row: CART_WITH_LINES_ROW,
  sql: `WITH mine AS (
     SELECT id, version FROM cart WHERE ${OWN_ACTIVE_CART} FOR UPDATE
   ), requested AS (
     SELECT mine.id AS cart_id, v.id AS variant_id, v.price
     FROM mine JOIN cart seen ON seen.id = mine.id AND seen.version = mine.version
       LEFT JOIN cart_line had ON had.cart_id = mine.id AND had.variant_id = :variantId, ${plainlyForSale(':quantity::int + coalesce(had.quantity, 0)')}
       AND :quantity::int + coalesce(had.quantity, 0) <= ${MAX_LINE_QUANTITY}
   ), touched AS (
     UPDATE cart SET version = version + 1, updated_at = now() FROM requested WHERE cart.id = requested.cart_id
     RETURNING ${CART}
   ), added AS (
     INSERT INTO cart_line (id, cart_id, variant_id, quantity, unit_price_at_add)
     SELECT :lineId, cart_id, variant_id, :quantity::int, price FROM requested
     ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = cart_line.quantity + excluded.quantity
     RETURNING *
   ), lines AS (
     SELECT * FROM added UNION ALL
     SELECT l.* FROM cart_line l JOIN requested ON l.cart_id = requested.cart_id AND l.variant_id <> requested.variant_id
   )
   SELECT touched.*, ${linesOf('lines')} FROM touched`,
});

/**
 * Adds to the line of the variant, or inserts it. Returns no row when the variant is not for sale or the line would
 * have too many units.
 */
export const addLine = statement('cart.add-line', {
  params: { id: t.uuid, cartId: t.uuid, variantId: t.uuid, quantity: t.int },
  row: { id: t.uuid },
  sql: `INSERT INTO cart_line (id, cart_id, variant_id, quantity, unit_price_at_add)
   SELECT :id, :cartId, v.id, :quantity, v.price FROM variant v JOIN product p ON p.id = v.product_id
   WHERE v.id = :variantId AND v.deleted_at IS NULL AND p.status = 'ACTIVE'
   ON CONFLICT (cart_id, variant_id) DO UPDATE SET quantity = cart_line.quantity + excluded.quantity
     WHERE cart_line.quantity + excluded.quantity <= ${MAX_LINE_QUANTITY}
   RETURNING id`,
});
/** The quantity of a variant in the cart. */
export const lineQuantity = statement('cart.pieces-of', {
  params: { cartId: t.uuid, variantId: t.uuid },
  row: { quantity: t.int },
  sql: `SELECT l.quantity FROM cart_line l ${OF_LINE}
   WHERE l.cart_id = :cartId AND l.variant_id = :variantId AND v.deleted_at IS NULL AND p.status = 'ACTIVE'`,
});
/** Returns the quantity from before. Requires the lock of the cart's row, so that no other change comes between. */
export const setLine = statement('cart.set-line', {
  params: { cartId: t.uuid, lineId: t.uuid, quantity: t.int },
  row: { before: t.int },
  sql: `UPDATE cart_line l SET quantity = :quantity FROM cart_line had WHERE l.cart_id = :cartId AND l.id = :lineId AND had.id = l.id
   RETURNING had.quantity AS before`,
});
export const removeLine = statement('cart.remove-line', {
  params: { cartId: t.uuid, lineId: t.uuid },
  row: { before: t.int },
  sql: 'DELETE FROM cart_line WHERE cart_id = :cartId AND id = :lineId RETURNING quantity AS before',
});

export const emptyCart = statement('cart.empty', {
  params: { cartId: t.uuid },
  sql: 'DELETE FROM cart_line WHERE cart_id = :cartId',
});

/** The lines of a cart that was read already. */
export const readLines = statement('cart.lines', {
  params: { cartId: t.uuid },
  row: {
    id: t.uuid,
    variantId: t.uuid,
    quantity: t.int,
    unitPriceAtAdd: t.int,
    addedAt: t.int,
    held: t.int,
    variant: t.json<VariantRow>(),
    product: t.json<ProductRow>(),
  },
  sql: `SELECT ${LINE} FROM cart_line l ${OF_LINE} WHERE l.cart_id = :cartId ORDER BY l.created_at, l.id`,
});

/*
 * A change of the cart's own row with the lines as of the statement's snapshot. If it had to wait for another change
 * of this cart, those lines are outdated: then `versionSeen` is not the version before this one.
 */
const change = <P extends Readonly<Record<string, SqlType<unknown>>>>(name: string, params: P, set: string) =>
  statement(name, {
    params: { ...OWNER, ...params },
    row: { ...CART_WITH_LINES_ROW, versionSeen: t.int },
    sql: `WITH changed AS (
       UPDATE cart SET ${set}, version = version + 1, updated_at = now() WHERE ${OWN_ACTIVE_CART} RETURNING ${CART}
     )
     SELECT changed.*, (SELECT seen.version FROM cart seen WHERE seen.id = changed.id) AS "versionSeen",
       ${linesOf('cart_line', 'l.cart_id = changed.id')}
     FROM changed`,
  });

// The telephone number is asked for once: contact and delivery address fill each other, and the copy changes with its
// original.
const PHONE_OF_ADDRESS = `shipping_address ->> 'phone'`;
export const setContact = change(
  'cart.set-contact',
  { email: t.text, phone: t.text.orNull },
  `email = :email,
   phone = coalesce(:phone::text, CASE WHEN ${PHONE_OF_ADDRESS} IS DISTINCT FROM phone THEN ${PHONE_OF_ADDRESS} END),
   shipping_address = CASE WHEN shipping_address IS NULL THEN NULL
     WHEN :phone::text IS NULL AND ${PHONE_OF_ADDRESS} IS DISTINCT FROM phone THEN shipping_address
     WHEN ${PHONE_OF_ADDRESS} IS NULL OR ${PHONE_OF_ADDRESS} = phone
       THEN jsonb_set(shipping_address, '{phone}', coalesce(to_jsonb(:phone::text), 'null'))
     ELSE shipping_address END`,
);
export const setAddresses = change(
  'cart.set-addresses',
  { shipping: t.json<StoredAddress>(), billing: t.json<StoredAddress>().orNull },
  `shipping_address = CASE WHEN :shipping::jsonb ->> 'phone' IS NULL AND phone IS NOT NULL
     THEN jsonb_set(:shipping::jsonb, '{phone}', to_jsonb(phone)) ELSE :shipping::jsonb END,
   phone = CASE WHEN phone IS NULL OR phone = ${PHONE_OF_ADDRESS} THEN coalesce(:shipping::jsonb ->> 'phone', phone) ELSE phone END,
   billing_address = :billing`,
);
export const setShipping = change(
  'cart.set-shipping',
  { methodId: t.uuid, quoted: t.int },
  'shipping_method_id = :methodId, shipping_price_quoted = :quoted',
);
