import type { RecordedTable } from '../../../audit/recorded-table.js';

const SETTINGS: readonly RecordedTable[] = [
  { table: 'shop_setting', entity: 'Settings', by: 'key' },
  { table: 'integration', entity: 'Integration', by: 'code' },
  {
    ...{ table: 'integration_secret', entity: 'Integration', by: 'integration' },
    hidden: ['ciphertext', 'nonce', 'key_id', 'hint'],
  },
];

const CATALOG: readonly RecordedTable[] = [
  {
    ...{ table: 'product', entity: 'Product', by: 'id' },
    // Follow from the variants, the stock, the images, the categories and the name.
    ignored: [
      ...['category_ids', 'min_price', 'max_price', 'compare_at_price', 'availability', 'cover', 'swatches'],
      ...['quick_add_variant_id', 'sku_text', 'name_sort', 'search', 'name_text'],
    ],
  },
  {
    ...{ table: 'product_image', entity: 'Product', by: 'product_id' },
    ignored: ['original_key', 'widths', 'attempts', 'queued_at'],
  },
  { table: 'product_option', entity: 'Product', by: 'product_id' },
  { table: 'product_option_value', entity: 'ProductOption', by: 'option_id' },
  { table: 'slug_redirect', entity: 'Product', by: 'product_id' },
  { table: 'variant', entity: 'Product', by: 'product_id' },
  { table: 'category', entity: 'Category', by: 'id', ignored: ['path'] },
  { table: 'category_redirect', entity: 'Category', by: 'category_id' },
  { table: 'attribute', entity: 'Attribute', by: 'id' },
  { table: 'attribute_value', entity: 'Attribute', by: 'attribute_id' },
  { table: 'tag', entity: 'Tag', by: 'id' },
  {
    ...{ table: 'upload', entity: 'Upload', by: 'id', on: 'INSERT' },
    hidden: ['filename', 'token_hash', 'storage_key', 'original_key'],
  },
];

const DELIVERY_AND_TAX: readonly RecordedTable[] = [
  { table: 'shipping_method', entity: 'ShippingMethod', by: 'id' },
  { table: 'tax_rate', entity: 'TaxRate', by: 'id' },
  { table: 'country', entity: 'Country', by: 'code' },
  { table: 'region', entity: 'Region', by: 'code' },
];

const STOCK: readonly RecordedTable[] = [
  { table: 'stock_location', entity: 'StockLocation', by: 'id' },
  { table: 'stock_movement', entity: 'ProductVariant', by: 'variant_id', hidden: ['reason'] },
  { table: 'stock_hold', entity: 'StockHold', by: 'id', hidden: ['holder'] },
  { table: 'backorder', entity: 'Order', by: 'order_id' },
];

const ORDERS: readonly RecordedTable[] = [
  {
    ...{ table: 'shop_order', entity: 'Order', by: 'id' },
    hidden: ['email', 'phone', 'shipping_address', 'billing_address', 'note'],
    ignored: ['close_tried_at'],
  },
  { table: 'order_line', entity: 'Order', by: 'order_id', ignored: ['image'] },
  { table: 'order_edit', entity: 'Order', by: 'order_id', hidden: ['plan'], ignored: ['close_tried_at'] },
  { table: 'order_refund', entity: 'Order', by: 'order_id', hidden: ['reason'] },
  { table: 'order_refund_line', entity: 'OrderRefund', by: 'order_refund_id' },
  {
    ...{ table: 'shipment', entity: 'Order', by: 'order_id' },
    hidden: ['tracking_number', 'tracking_url'],
  },
  { table: 'shipment_line', entity: 'Shipment', by: 'shipment_id' },
  {
    ...{ table: 'payment', entity: 'Order', by: 'order_id' },
    hidden: ['provider_reference', 'create_key', 'tender'],
    ignored: ['last_checked_at', 'checks', 'asked_at', 'key_failed_at', 'capturing_until'],
  },
  {
    ...{ table: 'refund', entity: 'Payment', by: 'payment_id' },
    hidden: ['provider_reference', 'key', 'reason'],
    ignored: ['last_checked_at', 'checks', 'key_failed_at'],
  },
  {
    ...{ table: 'order_return', entity: 'Order', by: 'order_id' },
    hidden: ['comment', 'staff_note', 'reason'],
  },
  { table: 'order_return_line', entity: 'Return', by: 'return_id' },
  {
    ...{ table: 'return_photo', entity: 'Order', by: 'order_id' },
    hidden: ['token_hash', 'storage_key', 'original_key'],
    ignored: ['widths', 'attempts', 'queued_at'],
  },
  { table: 'checkout_block', entity: 'CheckoutBlock', by: 'id', hidden: ['network', 'contact', 'reason'] },
  {
    ...{ table: 'webhook_inbox', entity: 'WebhookEvent', by: 'id' },
    hidden: ['payload', 'raw', 'error', 'object_id', 'event_id'],
  },
];

const PEOPLE: readonly RecordedTable[] = [
  {
    ...{ table: 'app_user', entity: 'User', by: 'id' },
    hidden: ['email', 'password_hash', 'first_name', 'last_name', 'phone'],
  },
  { table: 'saved_address', entity: 'User', by: 'user_id', hidden: ['label', 'address'] },
  {
    ...{ table: 'user_session', entity: 'User', by: 'user_id' },
    // Not each renewal of a token.
    on: 'INSERT OR UPDATE OF revoked_at',
    hidden: ['refresh_hash', 'previous_hash', 'user_agent'],
    ignored: ['rotated_at', 'expires_at'],
  },
];

const WORK: readonly RecordedTable[] = [
  {
    // Its steps run without an actor; whatever else changes is work of the shop itself.
    ...{ table: 'long_job', entity: 'Job', by: 'id', on: 'INSERT OR UPDATE OF cancelled_by' },
    hidden: ['title', 'input', 'cursor', 'failure', 'result_name'],
    ignored: ['request_id', 'run_token', 'heartbeat_at', 'parts', 'attempts', 'done'],
  },
  {
    ...{ table: 'import_run', entity: 'Import', by: 'id' },
    hidden: ['filename', 'file_key', 'file_hash', 'token_hash', 'sheets', 'sheet', 'header', 'mapping'],
    ignored: ['request_id'],
  },
  { table: 'saved_view', entity: 'SavedView', by: 'id', hidden: ['name', 'address'] },
  { table: 'default_view', entity: 'SavedView', by: 'view_id' },
  {
    ...{ table: 'email', entity: 'Email', by: 'id', on: 'INSERT OR UPDATE OF status' },
    hidden: ['recipient', 'model', 'dedupe_key', 'cancel_key', 'message_id', 'error'],
    ignored: ['attempts', 'lookups', 'next_attempt_at'],
  },
  { table: 'metadata', entity: 'entity_type', by: 'entity_id', hidden: ['staff_values', 'public_values'] },
  { table: 'custom_field_values', entity: 'entity_type', by: 'entity_id', hidden: ['field_values'] },
];

/** The tables of the core whose changes by staff are recorded since this migration; later tables name their own. */
export const RECORDED_TABLES = [
  ...[...SETTINGS, ...CATALOG, ...DELIVERY_AND_TAX, ...STOCK],
  ...[...ORDERS, ...PEOPLE, ...WORK],
];
