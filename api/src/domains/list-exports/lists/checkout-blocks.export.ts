import { Role } from '../../../platform/graphql/roles.js';
import {
  CheckoutBlockFilter,
  CheckoutBlockList,
  checkoutBlockQuery,
  type CheckoutBlockQuery,
  type CheckoutBlockRow,
} from '../../checkout/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

export const checkoutBlockExport = coreExport<CheckoutBlockRow, CheckoutBlockQuery>({
  name: 'CheckoutBlock',
  rows: 'blocked buyers',
  role: Role.SUPPORT,
  permission: 'ORDER_READ',
  search: 200,
  filter: CheckoutBlockFilter,
  query: checkoutBlockQuery,
  columns: {
    KIND: plainColumn('By what the buyer is recognized.', ({ kind }) => kind),
    CONTACT: typedColumn('The mailbox or the last digits of the phone number.', ({ contact }) => contact),
    REASON: typedColumn('Why, in the words of whoever blocked.', ({ reason }) => reason),
    ORDER: typedColumn('The number of the order that gave the reason.', ({ orderNumber }) => orderNumber),
    CREATED_AT: momentColumn('Since when.', ({ createdAt }) => createdAt),
    CREATED_BY: typedColumn('Who blocked.', ({ createdBy }) => createdBy),
    EXPIRES_AT: momentColumn('Until when it was placed.', ({ expiresAt }) => expiresAt),
    ENDED_AT: momentColumn('When it ended; empty while it is in force.', ({ endedAt }) => endedAt),
    ENDED_HOW: plainColumn('How it ended; empty while it is in force.', ({ endedHow }) => endedHow),
    ENDED_BY: typedColumn('Who lifted or replaced it.', ({ endedBy }) => endedBy),
  },
  read: ({ database, cursors }) => {
    const list = new CheckoutBlockList(database, cursors);
    return {
      page: (query, _sort, page) => list.page(query, page),
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
    };
  },
});
