import {
  connectionOf,
  pageRequest,
  type Connection,
  type CursorCodec,
  type PageRequest,
} from '../../kernel/pagination.js';
import { statement, type Database } from '../../platform/database/database.js';
import { COUNT_CAP } from '../../platform/graphql/connection.js';
import { CustomerSort, type CustomersArguments } from './customer.input.js';
import { USER_COLUMNS, type UserRow } from './user.entity.js';

interface Order {
  /** As in the index behind it. */
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
  [CustomerSort.EMAIL_ASC]: { key: 'lower(email)', type: 'text', descending: false },
};

const MAX_WORDS = 4;

/** What narrows the list: SQL over the parameters $1 to $3 (filter) and, for each word of the search, one more. */
interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
  readonly words: number;
}

/** Customers as a connection, whose `totalCount` is a function: graphql-js calls it only when it is asked for. */
export type CustomerPage = Connection<UserRow> & { totalCount: () => Promise<number> };

/** The list of customers for staff: keyset pages behind an index for each order, search by trigrams. */
export class CustomerSearch {
  constructor(
    private readonly database: Database,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws InvalidInputError for a page size or cursor that cannot be */
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
    const name = ['identity.customers', sort, direction, condition.words, cursor ? 'from' : 'start'].join(
      '.',
    );
    // The sort key goes out and back as text: a JavaScript date would lose the microseconds and with them rows.
    const page = statement(
      name,
      `SELECT ${USER_COLUMNS}, (${key})::text AS "sortKey" FROM app_user WHERE ${condition.sql} ${from}
       ORDER BY ${key} ${direction}, id ${direction} LIMIT $${used + 1}`,
    );
    const values = [...condition.values, size + 1, ...(cursor ? [cursor.value, cursor.id] : [])];
    return this.database.rows<UserRow & { sortKey: string }>(page, values);
  }

  private async count({ sql, values, words }: Condition): Promise<number> {
    const counted = statement(
      `identity.count-customers.${words}`,
      `SELECT count(*) AS "count" FROM (SELECT 1 FROM app_user WHERE ${sql} LIMIT ${COUNT_CAP}) AS counted`,
    );
    return (await this.database.row<{ count: number }>(counted, values))?.count ?? 0;
  }
}

function cursorName(sort: CustomerSort): string {
  return `customers:${sort}`;
}

function conditionOf({ filter, search }: CustomersArguments): Condition {
  const words = wordsOf(search);
  const matches = words.map(
    // Escaped after plain_text, which turns full-width signs such as ％ into the plain ones.
    (_, i) =>
      `AND search_text LIKE '%' || regexp_replace(plain_text($${i + 4}), '([\\\\%_])', '\\\\\\1', 'g') || '%'`,
  );
  const sql = `role = 'CUSTOMER'
    AND ($1::boolean IS NULL OR marketing_opt_in = $1)
    AND ($2::timestamptz IS NULL OR created_at >= $2)
    AND ($3::timestamptz IS NULL OR created_at < $3) ${matches.join(' ')}`;
  const values = [
    filter?.marketingOptIn ?? null,
    filter?.createdFrom ?? null,
    filter?.createdTo ?? null,
    ...words,
  ];
  return { sql, values, words: words.length };
}

/** The words to look for. A NUL cannot be sent to PostgreSQL at all and separates words like a space. */
function wordsOf(search: string | null | undefined): string[] {
  return (search ?? '')
    .slice(0, 100)
    .split(/[\s\0]+/)
    .filter(Boolean)
    .slice(0, MAX_WORDS);
}
