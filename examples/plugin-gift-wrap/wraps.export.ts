import {
  amountColumn,
  defineListExport,
  localized,
  momentColumn,
  plainColumn,
  Role,
  typedColumn,
  type Database,
  type ExportSource,
  type Platform,
} from '@vitrine/api/plugin';
import { wrapList, type ListedWrap } from './statements.js';
import { GiftWrapFilter, wrapQuery, type WrapQuery } from './wraps-filter.input.js';

/** The file of the plugin's own list. */
export const wrapExport = defineListExport<ListedWrap, WrapQuery>({
  ...{ name: 'GiftWrap', rows: 'gift wraps', role: Role.MANAGER, permission: 'GIFT_WRAP_WRITE' },
  filter: GiftWrapFilter,
  query: wrapQuery,
  columns: {
    NAME: typedColumn('The name, in the first language of the shop.', ({ name }, { language }) =>
      localized(name, language, language),
    ),
    PRICE: amountColumn('What it costs, tax included.', ({ price }, { currency }) => ({
      amount: price,
      currency,
    })),
    CURRENCY: plainColumn('The currency of the price.', (_wrap, { currency }) => currency),
    OFFERED: plainColumn('Whether buyers may choose it.', ({ active }) => active),
    CREATED_AT: momentColumn('Since when there is one.', ({ createdAt }) => createdAt),
  },
});

export function exportOfWraps(
  database: Database,
  cursors: Platform['cursors'],
): ExportSource<ListedWrap, WrapQuery, null> {
  const timeOf = ({ createdAt }: ListedWrap): Date => createdAt;
  const read = (filter: WrapQuery, page: object) => wrapList(database, cursors, { filter, page, timeOf });
  return {
    page: (query, _sort, page) => read(query, page),
    count: async (query) => (await read(query, { first: 1 })).totalCount(),
  };
}
