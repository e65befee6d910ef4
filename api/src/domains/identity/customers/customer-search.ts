import { anyOf, anyOfIds } from '../../../kernel/any-of.js';
import { type CursorCodec } from '../../../kernel/cursor.js';
import {
  connectionOf,
  pageRequest,
  type Connection,
  type PageArguments,
} from '../../../kernel/pagination.js';
import {
  statement,
  statementPerChoice,
  t,
  type Database,
  type GivenOf,
  type Querying,
} from '../../../platform/database/database.js';
import { foundBy, searchTerm } from '../../../platform/database/found-by.js';
import type { IdRange } from '../../../platform/graphql/keyset-list.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { type CustomersArguments } from './customers.arguments.js';
import { CustomerSort, type CustomerFilter } from './customer.input.js';
import { cleanTag } from './customer-tags.js';
import { CUSTOMER_COLUMNS, CUSTOMER_ROW, type CustomerRow } from './customer.entity.js';

interface Order {
  /** The sort expression, as in its index. */
  readonly key: string;
  readonly type: 'timestamptz' | 'text';
  readonly descending: boolean;
}

const ORDERS: Readonly<Record<CustomerSort, Order>> = {
  [CustomerSort.NEWEST]: { key: 'created_at', type: 'timestamptz', descending: true },
  [CustomerSort.OLDEST]: { key: 'created_at', type: 'timestamptz', descending: false },
  [CustomerSort.NAME_ASC]: {
    key: `plain_text(last_name || ' ' || first_name)`,
    type: 'text',
    descending: false,
  },
  [CustomerSort.UPDATED_ASC]: { key: 'updated_at', type: 'timestamptz', descending: false },
  [CustomerSort.EMAIL_ASC]: { key: 'email_key', type: 'text', descending: false },
};

/** A page of customers whose `totalCount` is a function: graphql-js calls it only when the field is selected. */
export type CustomerPage = Connection<CustomerRow> & { totalCount: () => Promise<number> };

/** The list of customers for staff, guests among them: keyset pages with an index for each sort, search by trigrams. */
export class CustomerSearch {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for an invalid page size or cursor, or for more than 100 ids */
  page(given: CustomersArguments): Promise<CustomerPage> {
    return this.pageOf(customerQuery(given.search, given.filter), given, given.sort ?? null);
  }

  /** @throws InvalidInputError for an invalid page size or cursor */
  async pageOf(
    query: CustomerQuery,
    page: PageArguments,
    wanted: CustomerSort | null,
  ): Promise<CustomerPage> {
    const sort = wanted ?? CustomerSort.NEWEST;
    const request = pageRequest(page, cursorName(sort), this.cursors);
    const filter = filterOf(query);
    const { cursor, size } = request;
    const rows = await this.database.rows(
      pageOfCustomers({
        sort,
        down: ORDERS[sort].descending !== request.backward,
        searching: 'search' in filter,
        isFirst: cursor === null,
      }),
      { ...filter, limit: size + 1, ...(cursor && { afterValue: cursor.value, afterId: cursor.id }) },
    );
    const connection = connectionOf(rows, request, ({ sortKey, id }) =>
      this.cursors.encode(cursorName(sort), { value: sortKey, id }),
    );
    return { ...connection, totalCount: () => this.counted(filter) };
  }

  /** How many match; counting stops at 10,000. */
  count(query: CustomerQuery): Promise<number> {
    return this.counted(filterOf(query));
  }

  /** The ids of the next customers that match, by rising id: for work on many of them. */
  async idsBetween(querying: Querying, query: CustomerQuery, range: IdRange): Promise<string[]> {
    const filter = filterOf(query);
    const ids = idsOfCustomers({ searching: 'search' in filter });
    return (await querying.rows(ids, { ...filter, ...range })).map(({ id }) => id);
  }

  private async counted(filter: Filter): Promise<number> {
    const statement = countOfCustomers({ searching: 'search' in filter });
    return (await this.database.row(statement, filter))?.count ?? 0;
  }
}

function cursorName(sort: CustomerSort): string {
  return `customers:${sort}`;
}

// Customers are also found by their address book and by the addresses of their orders.
const SOURCES = [
  "SELECT id FROM customer WHERE search_text LIKE replace(w.pattern, '#', '')",
  'SELECT user_id FROM saved_address WHERE search_text LIKE w.pattern',
  'SELECT customer_id FROM shop_order WHERE search_text LIKE w.pattern',
];

const conditions = (searching: boolean): string => `NOT is_staff AND merged_into IS NULL
    AND (:statuses::text[] IS NULL AND status <> 'ERASED' OR status = ANY(:statuses))
    AND (:hasAccount::boolean IS NULL OR (user_id IS NOT NULL) = :hasAccount)
    AND (:tags::text[] IS NULL OR tags @> :tags AND tags <> '{}')
    AND (:ids::uuid[] IS NULL OR id = ANY(:ids))
    AND (:marketingOptIn::boolean IS NULL OR marketing_opt_in = :marketingOptIn)
    AND (:createdFrom::timestamptz IS NULL OR created_at >= :createdFrom)
    AND (:createdTo::timestamptz IS NULL OR created_at < :createdTo)
    AND (:updatedFrom::timestamptz IS NULL OR updated_at >= :updatedFrom)
    AND (:updatedTo::timestamptz IS NULL OR updated_at < :updatedTo) ${searching ? `AND id IN (${foundBy(':search', SOURCES)})` : ''}`;

const FILTER = {
  statuses: t.texts.orNull,
  hasAccount: t.boolean.orNull,
  tags: t.texts.orNull,
  ids: t.uuids.orNull,
  marketingOptIn: t.boolean.orNull,
  createdFrom: t.timestamp.orNull,
  createdTo: t.timestamp.orNull,
  updatedFrom: t.timestamp.orNull,
  updatedTo: t.timestamp.orNull,
};
const EITHER = [true, false];

// The sort key is returned and compared as text: a JavaScript date would lose the microseconds and thereby rows.
const pageOfCustomers = statementPerChoice(
  { sort: Object.values(CustomerSort), down: EITHER, searching: EITHER, isFirst: EITHER },
  ({ sort, down, searching, isFirst }) => {
    const { key, type } = ORDERS[sort];
    const direction = down ? 'DESC' : 'ASC';
    const after = isFirst
      ? ''
      : `AND (${key}, id) ${down ? '<' : '>'} (:afterValue::${type}, :afterId::uuid)`;
    return statement(
      `identity.customers.${sort}.${direction}.${searching ? 'search' : 'all'}.${isFirst ? 'start' : 'from'}`,
      {
        params: {
          ...FILTER,
          ...(searching && { search: t.text }),
          limit: t.int,
          ...(!isFirst && { afterValue: t.sortValue(type), afterId: t.uuid }),
        },
        row: { ...CUSTOMER_ROW, sortKey: t.text },
        sql: `SELECT ${CUSTOMER_COLUMNS}, (${key})::text AS "sortKey" FROM customer WHERE ${conditions(searching)} ${after}
       ORDER BY ${key} ${direction}, id ${direction} LIMIT :limit`,
      },
    );
  },
);

const countOfCustomers = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`identity.count-customers.${searching ? 'search' : 'all'}`, {
    params: { ...FILTER, ...(searching && { search: t.text }) },
    row: { count: t.int },
    sql: `SELECT count(*) AS "count" FROM (SELECT 1 FROM customer WHERE ${conditions(searching)} LIMIT ${COUNT_CAP}) AS counted`,
  }),
);

const idsOfCustomers = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`identity.ids-of-customers.${searching ? 'search' : 'all'}`, {
    params: {
      ...FILTER,
      ...(searching && { search: t.text }),
      ...{ after: t.uuid.orNull, last: t.uuid, limit: t.int },
    },
    row: { id: t.uuid },
    sql: `SELECT id FROM customer WHERE ${conditions(searching)} AND (:after::uuid IS NULL OR id > :after) AND id <= :last::uuid
     ORDER BY id LIMIT :limit`,
  }),
);

type Filter = GivenOf<typeof FILTER> & { readonly search?: string };

/** What search and filter of the list mean. */
export type CustomerQuery = Omit<CustomerFilter, 'ids'> & {
  readonly search: string | null;
  /** Local ids; null for all. */
  readonly ids: readonly string[] | null;
};

/** @throws InvalidInputError for more than 100 ids */
export function customerQuery(
  search: string | null | undefined,
  filter: CustomerFilter | null | undefined,
): CustomerQuery {
  const tags = filter?.tags?.map(cleanTag);
  return { ...filter, ...(tags && { tags }), search: search ?? null, ids: anyOfIds('cust', filter?.ids) };
}

function filterOf(query: CustomerQuery): Filter {
  const { search, statuses, tags, ids } = query;
  const term = searchTerm(search);
  return {
    statuses: anyOf(statuses) as string[] | null,
    hasAccount: query.hasAccount ?? null,
    tags: anyOf(tags) as string[] | null,
    ids: ids && [...ids],
    marketingOptIn: query.marketingOptIn ?? null,
    createdFrom: query.createdFrom ?? null,
    createdTo: query.createdTo ?? null,
    updatedFrom: query.updatedFrom ?? null,
    updatedTo: query.updatedTo ?? null,
    ...(term !== null && { search: term }),
  };
}
