const BOOKS = 'Kept: the books of the shop, which law and their own audit ask for.';
const CATALOGUE = 'Kept: what the shop is and sells; staff removes it.';
const ACCOUNT = 'Kept as long as the account.';
const TEST = 'Kept: the test provider, which no real shop uses.';
const NIGHTLY = 'Deleted each night:';
const AFTER = 'so many days (KEEP_…_DAYS, 90 unless set)';

/**
 * For each table how long its rows stay; a test lists the tables that say nothing. The days are settings, and what is swept
 * by them stands in sweep-old-rows.statements.ts.
 */
export const RETENTION: ReadonlyMap<string, string> = new Map([
  ...[
    'shop_setting',
    'region',
    'country',
    'tax_rate',
    'shipping_method',
    'stock_location',
    'catalog_version',
  ].map((table) => [table, CATALOGUE] as const),
  ...[
    'category',
    'attribute',
    'attribute_value',
    'tag',
    'product',
    'product_option',
    'product_option_value',
  ].map((table) => [table, CATALOGUE] as const),
  ...['slug_redirect'].map((table) => [table, CATALOGUE] as const),
  ...['product_image', 'variant', 'variant_listing', 'stock_level'].map(
    (table) => [table, CATALOGUE] as const,
  ),
  ...['app_user', 'saved_address'].map((table) => [table, ACCOUNT] as const),
  [
    'shop_order',
    `${BOOKS} Whoever ordered and never placed nor paid is forgotten ${AFTER} after its end; number and sums stay.`,
  ],
  ...['order_line', 'order_event', 'order_edit', 'order_refund', 'order_refund_line'].map(
    (table) => [table, BOOKS] as const,
  ),
  ...['order_return', 'order_return_line', 'shipment', 'shipment_line', 'payment', 'refund', 'dispute'].map(
    (table) => [table, BOOKS] as const,
  ),
  ...['invoice', 'invoice_series', 'stock_movement', 'reservation', 'backorder', 'stock_hold'].map(
    (table) => [table, BOOKS] as const,
  ),
  ...['test_provider_intent', 'test_provider_refund', 'test_provider_dispute'].map(
    (table) => [table, TEST] as const,
  ),
  ['integrity_check', BOOKS],
  [
    'outbox',
    `News of orders, payments, returns and documents is kept, as the audit asks for it; it holds ids and small facts. ${NIGHTLY} all other news, ${AFTER} after it was passed on.`,
  ],
  [
    'email',
    `That and to whom a mail of an order was sent is kept with the order, as the audit and the staff ask for it. ${NIGHTLY} its text, and mails of no order as a whole, ${AFTER} after they were written. Links for new passwords are taken out when sent.`,
  ],
  [
    'cart',
    `${NIGHTLY} guests' carts that nobody touched for ${AFTER}. Those of accounts and orders stay with them, without contact data once they are closed.`,
  ],
  ['cart_line', `${NIGHTLY} with its cart.`],
  ['checkout_attempt', `${NIGHTLY} when its limits no longer count it.`],
  ['checkout_block', `${NIGHTLY} 30 days after its end.`],
  ['request_key', `${NIGHTLY} after 90 days.`],
  [
    'webhook_inbox',
    `${NIGHTLY} bodies of what was worked off, after ${AFTER}; the event's id stays, so that a repeated one is known. What could not be worked off waits for a person.`,
  ],
  ['dev_inbox', `${NIGHTLY} after 30 days; empty in production.`],
  ['rate_limit', `${NIGHTLY} after a day.`],
  ['one_time_token', `${NIGHTLY} a day after its end.`],
  ['user_session', `${NIGHTLY} 30 days after its end.`],
  [
    'upload',
    `${NIGHTLY} a day after its end, with its file, unless it became a picture; then the file goes with the picture.`,
  ],
  [
    'return_photo',
    `${NIGHTLY} a day after its end, unless it belongs to a return; what the buyer sent goes as soon as its picture is made.`,
  ],
  ['export_file', `${NIGHTLY} after its end.`],
]);
