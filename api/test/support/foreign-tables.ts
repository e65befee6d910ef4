interface Exception {
  readonly because: string;
  /** `statement reads table` or `statement writes table`; `*` stands for the sort, direction or filter of a list. */
  readonly uses: readonly string[];
}

/**
 * Statements that read a table of a module that theirs does not depend on, or write a table that it does not own, with
 * the reason. The list may only shrink: a test fails for each use that is missing here and for each that is
 * no longer there.
 */
export const FOREIGN_TABLES: readonly Exception[] = [
  {
    because:
      'A page of products says what is in stock; one statement reads both, as the page is the hottest read of all.',
    uses: [
      'catalog.projection-refresh reads backorder',
      'catalog.projection-refresh reads stock_level',
      'catalog.projection-refresh reads stock_location',
      'catalog.stock-by-product reads stock_level',
      'catalog.stock-by-product reads stock_location',
      'catalog.variants-by-id reads backorder',
      'catalog.variants-by-id reads stock_level',
      'catalog.variants-by-id reads stock_location',
      'catalog.variants-by-product reads backorder',
      'catalog.variants-by-product reads stock_level',
      'catalog.variants-by-product reads stock_location',
    ],
  },
  {
    because: 'A new variant and its first stock are created together; the demo goods likewise.',
    uses: [
      'catalog.add-missing-stock_level writes stock_level',
      'catalog.add-missing-stock_location writes stock_location',
      'catalog.add-missing-stock_movement writes stock_movement',
      'catalog.initial-stock writes stock_level',
      'catalog.initial-stock writes stock_movement',
      'catalog.seed-places reads stock_location',
    ],
  },
  {
    because: 'The prices of the catalogue are shown with tax; the rates are held in the same cached read.',
    uses: ['catalog.reference reads tax_rate'],
  },
  {
    because:
      'Reservations belong to carts and orders: their locks are taken in the one order that all of stock keeps.',
    uses: [
      'inventory.lock-cart reads cart',
      'inventory.lock-carts reads cart_line',
      'inventory.movement reads shop_order',
      'inventory.movement-each reads shop_order',
      'inventory.movements-* reads shop_order',
      'inventory.reservation reads shop_order',
      'inventory.reservation-each reads shop_order',
      'inventory.reservations-* reads shop_order',
    ],
  },
  {
    because: 'A cart that became an order is kept with it.',
    uses: ['cart.drop reads shop_order'],
  },
  {
    because:
      'Checkout is one statement: order, lines, payment, cart and the key of the request stand or fall together.',
    uses: [
      'checkout.answer-key writes request_key',
      'orders.insert writes cart',
      'orders.insert writes payment',
      'orders.insert writes request_key',
    ],
  },
  {
    because: 'The cart of an order that expired is handed back, in the transaction of the order.',
    uses: [
      'orders.lock-carts reads cart',
      'orders.reconvert-cart reads cart_line',
      'orders.reconvert-cart writes cart',
    ],
  },
  {
    because:
      'What a line is still worth depends on what was sent back; refunds and returns share one computation.',
    uses: [
      'orders.credit-left reads order_return',
      'orders.credit-left reads order_return_line',
      'orders.credit-of reads order_return',
      'orders.credit-of reads order_return_line',
      'orders.money reads order_return',
      'orders.money reads order_return_line',
      'orders.paid-by reads order_return',
      'orders.refundable-lines reads order_return',
      'orders.refundable-lines reads order_return_line',
      'orders.returned-units reads order_return',
      'orders.returned-units reads order_return_line',
      'orders.traded-units reads order_return',
      'orders.traded-units reads order_return_line',
    ],
  },
  {
    because:
      'Staff find customers by what their orders say, and orders by their returns and invoices; each search is one statement.',
    uses: [
      'identity.count-customers.search reads shop_order',
      'identity.customers.*.search.* reads shop_order',
      'identity.ids-of-customers.search reads shop_order',
      'orders.count.search reads invoice',
      'orders.count.search reads order_return',
      'orders.ids.search reads invoice',
      'orders.ids.search reads order_return',
      'orders.list.*.search reads invoice',
      'orders.list.*.search reads order_return',
    ],
  },
  {
    because: 'The audit reads every table, mails included; the mail about it reads the result of the audit.',
    uses: ['notifications.alert-integrity-broken reads integrity_check'],
  },
  {
    because:
      'A cart is kept as long as its order; a buyer is forgotten unless a document names them, in the mails too; and the end of an old draft is told.',
    uses: [
      'cart.delete-old-guest-carts reads shop_order',
      'cart.forget-contacts reads shop_order',
      'orders.forget-buyers-of-nothing reads invoice',
      'orders.forget-buyers-of-nothing writes email',
      'orders.forget-buyers-of-nothing writes outbox',
    ],
  },
  {
    because:
      'A guest whom an order made is deleted with the last order that is forgotten; only orders know which that was.',
    uses: ['orders.delete-guests-of-nothing writes customer'],
  },
];
