import { Role } from '../../../platform/graphql/roles.js';
import { CustomerFilter, CustomerSearch, CustomerSort, type UserRow } from '../../identity/index.js';
import { customerSummaries, type CustomerSummary } from '../../orders/index.js';
import { amountColumn, momentColumn, phone, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';

type Query = CustomerFilter & { readonly search: string | null };
type Summaries = ReadonlyMap<string, CustomerSummary>;

export const customerExport = coreExport<UserRow, Query, Summaries>({
  name: 'Customer',
  rows: 'customers',
  role: Role.ADMIN,
  permission: 'CUSTOMER_EXPORT',
  search: 200,
  filter: CustomerFilter,
  sorts: CustomerSort,
  first: 'the latest first',
  query: (search, filter: CustomerFilter | null | undefined) => ({ ...filter, search: search ?? null }),
  moments: ['createdFrom', 'createdTo', 'updatedFrom', 'updatedTo'],
  columns: {
    FIRST_NAME: typedColumn('Given name.', ({ firstName }) => firstName),
    LAST_NAME: typedColumn('Family name.', ({ lastName }) => lastName),
    EMAIL: typedColumn('The address to sign in with.', ({ email }) => email),
    PHONE: { description: 'Telephone number.', value: (row) => phone(row.phone) },
    LANGUAGE: plainColumn('The language of mails.', ({ language }) => language),
    MARKETING: plainColumn(
      'Whether they agreed to advertising by mail.',
      ({ marketingOptIn }) => marketingOptIn,
    ),
    CREATED_AT: momentColumn('When the account was made.', ({ createdAt }) => createdAt),
    UPDATED_AT: momentColumn('When the account last changed.', ({ updatedAt }) => updatedAt),
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
    const asked = ({ search, ...filter }: Query) => ({ search, filter });
    return {
      page: (query, sort, page) => list.page({ ...page, ...asked(query), sort: sort as CustomerSort | null }),
      count: async (query) => (await list.page({ first: 1, ...asked(query) })).totalCount(),
      more: async (customers) => {
        const found = await database.rows(customerSummaries, { ids: customers.map(({ id }) => id) });
        return new Map(found.map((summary) => [summary.userId, summary]));
      },
    };
  },
});
