import { Role } from '../../../platform/graphql/roles.js';
import {
  StockFilter,
  StockList,
  stockQuery,
  StockSort,
  type StockItemRow,
  type StockQuery,
} from '../../inventory/index.js';
import { plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { variantsById, type NamedVariant } from './variants.js';

type Variants = ReadonlyMap<string, NamedVariant>;

export const stockExport = coreExport<StockItemRow, StockQuery, Variants>({
  name: 'StockItem',
  rows: 'stock items',
  role: Role.SUPPORT,
  permission: 'CATALOG_READ',
  search: 200,
  filter: StockFilter,
  sorts: StockSort,
  first: 'the first SKU first',
  query: stockQuery,
  moments: ['updatedFrom', 'updatedTo'],
  columns: {
    PRODUCT: typedColumn(
      'The product, in the first language of the shop.',
      ({ id }, { more }) => more.get(id)?.product,
    ),
    VARIANT: typedColumn(
      'The variant; empty where there is one only.',
      ({ id }, { more }) => more.get(id)?.variant,
    ),
    SKU: typedColumn('Its SKU.', ({ id }, { more }) => more.get(id)?.sku),
    BARCODE: typedColumn('Its barcode.', ({ id }, { more }) => more.get(id)?.barcode),
    AVAILABLE: plainColumn('Units that can still be sold.', ({ available }) => available),
    ON_HAND: plainColumn('Units on hand.', ({ onHand }) => onHand),
    RESERVED: plainColumn('Units that are held.', ({ reserved }) => reserved),
    BACKORDERED: plainColumn('Units that were sold before they came.', ({ backordered }) => backordered),
    LOW_AT: plainColumn(
      'From how many units on it counts as low.',
      ({ lowStockThreshold }) => lowStockThreshold,
    ),
    LOCATIONS: typedColumn('Units on hand at each location.', ({ levels }) =>
      levels.map(({ location, onHand }) => `${location.name}: ${onHand}`).join('; '),
    ),
  },
  read: ({ database, cursors }) => {
    const list = new StockList(database, cursors);
    return {
      page: (query, sort, page) => list.page(query, page, (sort ?? StockSort.SKU_ASC) as StockSort),
      count: (query) => list.count(query),
      more: (items, { language }) =>
        variantsById(
          database,
          items.map(({ id }) => id),
          language,
        ),
    };
  },
});
