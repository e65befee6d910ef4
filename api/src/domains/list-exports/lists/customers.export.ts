import { Role } from '../../../platform/graphql/roles.js';
import {
  CustomerFilter,
  customerQuery,
  CustomerSearch,
  CustomerSort,
  type CustomerQuery,
  type CustomerRow,
} from '../../identity/index.js';
import { customerSummaries, type CustomerSummary } from '../../orders/index.js';
import { amountColumn, momentColumn, phone, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

type Summaries = ReadonlyMap<string, CustomerSummary>;

export const customerExport = coreExport<CustomerRow, CustomerQuery, Summaries>({
  name: 'Customer',
  rows: 'customers',
  role: Role.ADMIN,
  permission: 'CUSTOMER_EXPORT',
  search: 200,
  filter: CustomerFilter,
  sorts: CustomerSort,
  first: 'the latest first',
  query: customerQuery,
  moments: ['createdFrom', 'createdTo', 'updatedFrom', 'updatedTo'],
  columns: {
    FIRST_NAME: typedColumn('Given name.', ({ firstName }) => firstName),
    LAST_NAME: typedColumn('Family name.', ({ lastName }) => lastName),
    EMAIL: typedColumn('The address to sign in with; of a guest, that of the orders.', ({ email }) => email),
    PHONE: { description: 'Telephone number.', value: (row) => phone(row.phone) },
    LANGUAGE: plainColumn('The language of mails.', ({ language }) => language),
    MARKETING: plainColumn(
      'Whether they agreed to advertising by mail.',
      ({ marketingOptIn }) => marketingOptIn,
    ),
    ACCOUNT: plainColumn('Whether there is an account.', ({ userId }) => userId !== null),
    STATUS: plainColumn('ACTIVE, LOCKED or ERASED.', ({ status }) => status),
    TAGS: typedColumn('The tags, with commas between them.', ({ tags }) => tags.join(', ')),
    CREATED_AT: momentColumn(
      'When the account was made; of a guest, the first order.',
      ({ createdAt }) => createdAt,
    ),
    UPDATED_AT: momentColumn('When the customer last changed.', ({ updatedAt }) => updatedAt),
    ORDERS: plainColumn('How many orders they placed.', ({ id }, { more }) => more.get(id)?.orderCount ?? 0),
    SPENT: amountColumn('What they paid in all, refunds taken off.', ({ id }, { more, currency }) => ({
      ...{ amount: more.get(id)?.spent ?? 0, currency },
    })),
    CURRENCY: plainColumn('The currency of what they paid.', (_row, { currency }) => currency),
    LAST_ORDER_AT: momentColumn(
      'When they last ordered; empty if never.',
      ({ id }, { more }) => more.get(id)?.lastOrderAt,
    ),
  },
  read: ({ database, cursors }) => {
    const list = new CustomerSearch(database, cursors);
    return {
      page: (query, sort, page) => list.pageOf(query, page, sort as CustomerSort | null),
      count: (query) => list.count(query),
      more: async (customers) => {
        const found = await database.rows(customerSummaries, { ids: customers.map(({ id }) => id) });
        return new Map(found.map((summary) => [summary.customerId, summary]));
      },
    };
  },
});
