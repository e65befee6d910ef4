const BOOKS = 'Kept: the books of the shop, which law and their own audit ask for.';
const CATALOGUE = 'Kept: what the shop is and sells; staff removes it.';
const ACCOUNT = 'Kept as long as the account.';
const TEST = 'Kept: the test provider, which no real shop uses.';
const NIGHTLY = 'Deleted each night:';

/** For each table how long its rows stay; a test lists the tables that say nothing. */
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
  ...['shop_order', 'order_line', 'order_event', 'order_edit', 'order_refund', 'order_refund_line'].map(
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
  ['outbox', 'Kept: the audit asks whether news of an order was told.'],
  [
    'email',
    'Kept: the audit and the staff ask what was sent; links for new passwords are taken out when sent.',
  ],
  [
    'cart',
    `${NIGHTLY} guests' carts that nobody touched for 90 days; those of accounts and orders stay with them.`,
  ],
  ['cart_line', `${NIGHTLY} with its cart.`],
  ['checkout_attempt', `${NIGHTLY} when its limits no longer count it.`],
  ['checkout_block', `${NIGHTLY} 30 days after its end.`],
  ['request_key', `${NIGHTLY} after 90 days.`],
  [
    'webhook_inbox',
    `${NIGHTLY} bodies after 90 days; the event's id stays, so that a repeated one is known.`,
  ],
  ['dev_inbox', `${NIGHTLY} after 30 days; empty in production.`],
  ['rate_limit', `${NIGHTLY} after a day.`],
  ['one_time_token', `${NIGHTLY} a day after its end.`],
  ['user_session', `${NIGHTLY} 30 days after its end.`],
  ['upload', `${NIGHTLY} a day after its end, unless it became a picture.`],
  ['return_photo', `${NIGHTLY} a day after its end, unless it belongs to a return.`],
  ['export_file', `${NIGHTLY} after its end.`],
]);
