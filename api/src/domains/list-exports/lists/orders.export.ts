import { cityName } from '../../../kernel/address/bucharest.js';
import { regionName } from '../../../kernel/address/regions.js';
import { Role } from '../../../platform/graphql/roles.js';
import { typed } from '../../../platform/spreadsheet-text.js';
import {
  isTaxed,
  linesByOrder,
  OrderFilter,
  OrderList,
  orderQuery,
  OrderSort,
  type OrderEntity,
  type OrderLineEntity,
  type OrderQuery,
} from '../../orders/index.js';
import { amountColumn, momentColumn, phone, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

type Lines = ReadonlyMap<string, readonly OrderLineEntity[]>;

const amount = (description: string, pick: (order: OrderEntity) => number) =>
  amountColumn<OrderEntity, Lines>(description, (order) => ({
    amount: pick(order),
    currency: order.currency,
  }));
const ofTax = (description: string, pick: (order: OrderEntity) => number) =>
  amountColumn<OrderEntity, Lines>(description, (order) =>
    isTaxed(order) ? { amount: pick(order), currency: order.currency } : null,
  );
const ofAddress = (field: keyof OrderEntity['shippingAddress']) =>
  typedColumn<OrderEntity, Lines>(
    'Of the delivery address.',
    ({ shippingAddress }) => shippingAddress[field],
  );

export const orderExport = coreExport<OrderEntity, OrderQuery, Lines>({
  name: 'Order',
  rows: 'orders',
  role: Role.SUPPORT,
  permission: 'ORDER_READ',
  search: 100,
  filter: OrderFilter,
  sorts: OrderSort,
  first: 'the oldest first',
  query: orderQuery,
  moments: ['from', 'to', 'updatedFrom', 'updatedTo'],
  columns: {
    NUMBER: typedColumn('The number of the order.', ({ number }) => number),
    CREATED_AT: momentColumn('When it was begun.', ({ createdAt }) => createdAt),
    PLACED_AT: momentColumn('When it was placed; empty before.', ({ placedAt }) => placedAt),
    STATUS: plainColumn('How it stands.', ({ status }) => status),
    PAYMENT_STATUS: plainColumn('What is paid.', ({ paymentStatus }) => paymentStatus),
    FULFILLMENT_STATUS: plainColumn('What is shipped.', ({ fulfillmentStatus }) => fulfillmentStatus),
    PAYMENT_METHOD: plainColumn('How the buyer pays.', ({ paymentMethod }) => paymentMethod),
    SOURCE: plainColumn('Where it was made.', ({ source }) => source),
    EMAIL: typedColumn('The e-mail of the buyer.', ({ email }) => email),
    PHONE: { description: 'The telephone of the buyer.', value: (order) => phone(order.phone) },
    FIRST_NAME: ofAddress('firstName'),
    LAST_NAME: ofAddress('lastName'),
    COMPANY: ofAddress('company'),
    ADDRESS_1: ofAddress('line1'),
    ADDRESS_2: ofAddress('line2'),
    POSTAL_CODE: ofAddress('postalCode'),
    CITY: typedColumn('Of the delivery address.', ({ shippingAddress }) => cityName(shippingAddress.city)),
    REGION: {
      description: 'Of the delivery address.',
      value: ({ shippingAddress: { countryCode, region } }) =>
        typed(region && regionName(countryCode, region)),
    },
    COUNTRY: ofAddress('countryCode'),
    SHIPPING_METHOD: typedColumn('How it is delivered.', ({ shippingMethodName }) => shippingMethodName),
    UNITS: plainColumn('How many pieces it has.', ({ id }, { more }) =>
      (more.get(id) ?? []).reduce((sum, { quantity }) => sum + quantity, 0),
    ),
    ITEMS: typedColumn('Its lines: quantity and SKU.', ({ id }, { more }) =>
      (more.get(id) ?? []).map(({ quantity, sku }) => `${quantity} × ${sku}`).join('; '),
    ),
    CURRENCY: plainColumn('The currency of the amounts.', ({ currency }) => currency),
    DISCOUNT: amount('What is taken off.', ({ discount }) => discount),
    SHIPPING: amount('The delivery, with tax.', ({ shippingGross }) => shippingGross),
    CHARGES: amount('What is added beside goods and delivery, with tax.', ({ chargesGross }) => chargesGross),
    TOTAL_NET: ofTax('The total without tax; empty where none was charged.', ({ totalNet }) => totalNet),
    TOTAL_TAX: ofTax(
      'The tax of the total; empty where none was charged.',
      ({ totalGross, totalNet }) => totalGross - totalNet,
    ),
    TOTAL: amount('The total with tax.', ({ totalGross }) => totalGross),
    TENDERED: amount(
      'What accounts of the shop pay of the total, such as gift cards; the payment is for the rest.',
      ({ tendered }) => tendered,
    ),
    REFUNDED: amount('What was paid back.', ({ refunded }) => refunded),
  },
  read: ({ database, cursors }) => {
    const list = new OrderList(database, cursors);
    return {
      page: (query, sort, page) => list.page(query, page, (sort ?? OrderSort.OLDEST) as OrderSort),
      count: (query) => list.count(query),
      more: async (orders) => {
        const lines = await database.rows(linesByOrder, { ids: orders.map(({ id }) => id) });
        return Map.groupBy(lines, ({ orderId }) => orderId);
      },
    };
  },
});
