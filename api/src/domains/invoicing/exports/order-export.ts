import { stringify } from 'csv-stringify/sync';
import { cityName } from '../../../kernel/address/bucharest.js';
import { regionName } from '../../../kernel/address/regions.js';
import { toDecimal, money } from '../../../kernel/money.js';
import { typed } from '../../../platform/spreadsheet-text.js';
import { shopMoment } from '../../../kernel/shop-time.js';
import type { Connection } from '../../../kernel/pagination.js';
import type { Querying } from '../../../platform/database/database.js';
import {
  linesByOrder,
  OrderSort,
  type OrderEntity,
  type OrderLineEntity,
  type OrderList,
  type OrderQuery,
} from '../../orders/index.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import type { OrderExportColumn } from './order-export-column.js';

const PAGE = 100;

type Column = readonly [
  title: `${OrderExportColumn}`,
  value: (order: OrderEntity, lines: readonly OrderLineEntity[], timeZone: string) => string,
];

const amount =
  (pick: (order: OrderEntity) => number): Column[1] =>
  (order) =>
    toDecimal(money(pick(order), order.currency));
const moment =
  (pick: (order: OrderEntity) => Date | null): Column[1] =>
  (order, _lines, timeZone) => {
    const at = pick(order);
    return at ? shopMoment(at, timeZone) : '';
  };
const address =
  (field: keyof OrderEntity['shippingAddress']): Column[1] =>
  (order) =>
    typed(order.shippingAddress[field]);

const COLUMNS: readonly Column[] = [
  ['number', (order) => typed(order.number)],
  ['created_at', moment((order) => order.createdAt)],
  ['placed_at', moment((order) => order.placedAt)],
  ['status', (order) => order.status],
  ['payment_status', (order) => order.paymentStatus],
  ['fulfillment_status', (order) => order.fulfillmentStatus],
  ['payment_method', (order) => order.paymentMethod],
  ['source', (order) => order.source],
  ['email', (order) => typed(order.email)],
  ['phone', (order) => phone(order.phone)],
  ['first_name', address('firstName')],
  ['last_name', address('lastName')],
  ['company', address('company')],
  ['address_1', address('line1')],
  ['address_2', address('line2')],
  ['postal_code', address('postalCode')],
  ['city', (order) => typed(cityName(order.shippingAddress.city))],
  [
    'region',
    ({ shippingAddress: { countryCode, region } }) => typed(region && regionName(countryCode, region)),
  ],
  ['country', address('countryCode')],
  ['shipping_method', (order) => typed(order.shippingMethodName)],
  ['units', (_order, lines) => String(lines.reduce((sum, { quantity }) => sum + quantity, 0))],
  ['items', (_order, lines) => typed(lines.map(({ quantity, sku }) => `${quantity} × ${sku}`).join('; '))],
  ['currency', (order) => order.currency],
  ['discount', amount((order) => order.discount)],
  ['shipping', amount((order) => order.shippingGross)],
  ['charges', amount((order) => order.chargesGross)],
  ['total_net', amount((order) => order.totalNet)],
  ['total_tax', amount((order) => order.totalGross - order.totalNet)],
  ['total', amount((order) => order.totalGross)],
  ['refunded', amount((order) => order.refunded)],
];

/**
 * A telephone number that can be read and dialled from the file, and is no formula: the plus is written as the two zeros
 * that are dialled for it, with a blank between the groups, so that no spreadsheet makes a number without zeros of it.
 */
export function phone(text: string | null | undefined): string {
  const value = (text ?? '').trim();
  const dialled = /^\+(\d[\d ]*)$/.exec(value.replace(/[()./-]+/g, ' '))?.[1];
  if (dialled === undefined) return typed(value);
  const groups = dialled.trim().split(/ +/);
  return groups.length > 1 ? `00${groups.join(' ')}` : `00 ${dialled}`;
}

/** Which orders, in which order, and what of them: null for the oldest first, and for every column. */
export interface OrderExport extends OrderQuery {
  readonly sort?: OrderSort | null;
  readonly columns?: readonly string[] | null;
}

export interface OrderSource {
  readonly list: OrderList;
  readonly database: Querying;
  readonly settings: SettingsService;
}

/** Orders as CSV, and where the next ones begin. */
export interface OrdersPart {
  readonly content: string;
  readonly rows: number;
  /** Null when these were the last. */
  readonly after: string | null;
}

/**
 * The next orders as CSV. The first part starts with a byte order mark, without which spreadsheets misread
 * the letters of Romanian names, and with the header.
 */
export async function ordersPart(
  { list, database, settings }: OrderSource,
  { sort, columns, ...query }: OrderExport,
  after: string | null,
): Promise<OrdersPart> {
  const page: Connection<OrderEntity> = await list.page(
    query,
    { first: PAGE, after },
    sort ?? OrderSort.OLDEST,
  );
  const lines = await database.rows(linesByOrder, { ids: page.nodes.map(({ id }) => id) });
  const byOrder = Map.groupBy(lines, ({ orderId }) => orderId);
  const { timeZone } = await settings.get(regionalGroup);
  const chosen = columns
    ? columns.flatMap((title) => COLUMNS.filter((column) => column[0] === title))
    : COLUMNS;
  const records = page.nodes.map((order) =>
    chosen.map(([, value]) => value(order, byOrder.get(order.id) ?? [], timeZone)),
  );
  const isFirst = after === null;
  return {
    content: stringify(records, {
      bom: isFirst,
      header: isFirst,
      columns: chosen.map(([title]) => title),
      record_delimiter: 'windows',
    }),
    rows: records.length,
    after: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null,
  };
}
