import { type CursorCodec } from '../../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection } from '../../../kernel/pagination.js';
import {
  statement,
  statementPerChoice,
  t,
  type Database,
  type GivenOf,
} from '../../../platform/database/database.js';
import { foundBy, searchTerm } from '../../../platform/database/found-by.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { type CustomersArguments } from './customers.arguments.js';
import { CustomerSort } from './customer.input.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../user.entity.js';

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
  [CustomerSort.EMAIL_ASC]: { key: 'lower(email)', type: 'text', descending: false },
};

/** A page of customers whose `totalCount` is a function: graphql-js calls it only when the field is selected. */
export type CustomerPage = Connection<UserRow> & { totalCount: () => Promise<number> };

/** The list of customers for staff: keyset pages with an index for each sort, search by trigrams. */
export class CustomerSearch {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for an invalid page size or cursor */
  async page(given: CustomersArguments): Promise<CustomerPage> {
    const sort = given.sort ?? CustomerSort.NEWEST;
    const request = pageRequest(given, cursorName(sort), this.cursors);
    const filter = filterOf(given);
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
    return { ...connection, totalCount: () => this.count(filter) };
  }

  private async count(filter: Filter): Promise<number> {
    const statement = countOfCustomers({ searching: 'search' in filter });
    return (await this.database.row(statement, filter))?.count ?? 0;
  }
}

function cursorName(sort: CustomerSort): string {
  return `customers:${sort}`;
}

// Customers are also found by their address book and by the addresses of their orders.
const SOURCES = [
  "SELECT id FROM app_user WHERE search_text LIKE replace(w.pattern, '#', '')",
  'SELECT user_id FROM saved_address WHERE search_text LIKE w.pattern',
  'SELECT user_id FROM shop_order WHERE user_id IS NOT NULL AND search_text LIKE w.pattern',
];

const conditions = (searching: boolean): string => `role = 'CUSTOMER'
    AND (:marketingOptIn::boolean IS NULL OR marketing_opt_in = :marketingOptIn)
    AND (:createdFrom::timestamptz IS NULL OR created_at >= :createdFrom)
    AND (:createdTo::timestamptz IS NULL OR created_at < :createdTo)
    AND (:updatedFrom::timestamptz IS NULL OR updated_at >= :updatedFrom)
    AND (:updatedTo::timestamptz IS NULL OR updated_at < :updatedTo) ${searching ? `AND id IN (${foundBy(':search', SOURCES)})` : ''}`;

const FILTER = {
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
        row: { ...USER_ROW, sortKey: t.text },
        sql: `SELECT ${USER_COLUMNS}, (${key})::text AS "sortKey" FROM app_user WHERE ${conditions(searching)} ${after}
       ORDER BY ${key} ${direction}, id ${direction} LIMIT :limit`,
      },
    );
  },
);

const countOfCustomers = statementPerChoice({ searching: EITHER }, ({ searching }) =>
  statement(`identity.count-customers.${searching ? 'search' : 'all'}`, {
    params: { ...FILTER, ...(searching && { search: t.text }) },
    row: { count: t.int },
    sql: `SELECT count(*) AS "count" FROM (SELECT 1 FROM app_user WHERE ${conditions(searching)} LIMIT ${COUNT_CAP}) AS counted`,
  }),
);

type Filter = GivenOf<typeof FILTER> & { readonly search?: string };

function filterOf({ filter, search }: CustomersArguments): Filter {
  const term = searchTerm(search);
  return {
    marketingOptIn: filter?.marketingOptIn ?? null,
    createdFrom: filter?.createdFrom ?? null,
    createdTo: filter?.createdTo ?? null,
    updatedFrom: filter?.updatedFrom ?? null,
    updatedTo: filter?.updatedTo ?? null,
    ...(term !== null && { search: term }),
  };
}
