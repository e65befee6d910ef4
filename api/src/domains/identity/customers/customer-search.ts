import { type CursorCodec } from '../../../kernel/cursor.js';
import { connectionOf, pageRequest, type Connection, type PageRequest } from '../../../kernel/pagination.js';
import { statement, type Database } from '../../../platform/database/database.js';
import { foundBy, searchTerm } from '../../../platform/database/found-by.js';
import { COUNT_CAP } from '../../../platform/graphql/connection.js';
import { type CustomersArguments } from './customers.arguments.js';
import { CustomerSort } from './customer.input.js';
import { USER_COLUMNS, type UserRow } from '../user.entity.js';

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

/** The conditions of the list: SQL over the parameters $1 to $5 (filter) and, with a search term, one more. */
interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly searching: boolean;
}

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
    const condition = conditionOf(given);
    const rows = await this.read(sort, request, condition);
    const connection = connectionOf(rows, request, ({ sortKey, id }) =>
      this.cursors.encode(cursorName(sort), { value: sortKey, id }),
    );
    return { ...connection, totalCount: () => this.count(condition) };
  }

  private read(sort: CustomerSort, { size, backward, cursor }: PageRequest, condition: Condition) {
    const { key, type, descending } = ORDERS[sort];
    const falling = descending !== backward;
    const used = condition.values.length;
    const from = cursor
      ? `AND (${key}, id) ${falling ? '<' : '>'} ($${used + 2}::${type}, $${used + 3}::uuid)`
      : '';
    const direction = falling ? 'DESC' : 'ASC';
    const name = [
      'identity.customers',
      sort,
      direction,
      condition.searching ? 'search' : 'all',
      cursor ? 'from' : 'start',
    ].join('.');
    // The sort key is returned and compared as text: a JavaScript date would lose the microseconds and thereby rows.
    const page = statement(
      name,
      `SELECT ${USER_COLUMNS}, (${key})::text AS "sortKey" FROM app_user WHERE ${condition.sql} ${from}
       ORDER BY ${key} ${direction}, id ${direction} LIMIT $${used + 1}`,
    );
    const values = [...condition.values, size + 1, ...(cursor ? [cursor.value, cursor.id] : [])];
    return this.database.rows<UserRow & { sortKey: string }>(page, values);
  }

  private async count({ sql, values, searching }: Condition): Promise<number> {
    const counted = statement(
      `identity.count-customers.${searching ? 'search' : 'all'}`,
      `SELECT count(*) AS "count" FROM (SELECT 1 FROM app_user WHERE ${sql} LIMIT ${COUNT_CAP}) AS counted`,
    );
    return (await this.database.row<{ count: number }>(counted, values))?.count ?? 0;
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

function conditionOf({ filter, search }: CustomersArguments): Condition {
  const term = searchTerm(search);
  const sql = `role = 'CUSTOMER'
    AND ($1::boolean IS NULL OR marketing_opt_in = $1)
    AND ($2::timestamptz IS NULL OR created_at >= $2)
    AND ($3::timestamptz IS NULL OR created_at < $3)
    AND ($4::timestamptz IS NULL OR updated_at >= $4)
    AND ($5::timestamptz IS NULL OR updated_at < $5) ${term ? `AND id IN (${foundBy('$6', SOURCES)})` : ''}`;
  const values = [
    filter?.marketingOptIn ?? null,
    filter?.createdFrom ?? null,
    filter?.createdTo ?? null,
    filter?.updatedFrom ?? null,
    filter?.updatedTo ?? null,
    ...(term ? [term] : []),
  ];
  return { sql, values, searching: term !== null };
}
