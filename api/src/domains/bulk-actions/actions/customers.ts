import { ArrayMaxSize, ArrayNotEmpty, MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';
import type { HandledLongJob } from '../../../platform/jobs/define-long-job.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { CursorCodec } from '../../../kernel/cursor.js';
import type { Database } from '../../../platform/database/database.js';
import {
  CustomerFilter,
  CustomerSearch,
  customerQuery,
  type CustomerAccess,
  type CustomerQuery,
  type CustomerUpkeep,
} from '../../identity/index.js';
import { defineBulk, handleBulk, type BulkLocking } from '../../long-jobs/index.js';

/*
 * What staff do to many customers. Each customer is one transaction with the locks of the change of one
 * (`CustomerUpkeep`, `CustomerAccess`), so a colleague's change of one of them is neither lost nor undone.
 */

@InputType({ description: 'Tags for many customers.' })
class TagsInput {
  @Field(() => [String], {
    description: 'What each of them gets beside the tags they have; 1 to 20, each of at most 40 characters.',
  })
  @ArrayNotEmpty({ message: 'Give a tag.' })
  @ArrayMaxSize(20, { message: 'At most 20 tags.' })
  @MaxLength(40, { each: true, message: 'At most 40 characters.' })
  tags!: string[];
}

interface Tags {
  readonly tags: readonly string[];
}

const ofCustomers = {
  rows: 'customers',
  table: 'customer',
  role: Role.ADMIN,
  permission: 'CUSTOMER_WRITE',
  search: 200,
  filter: CustomerFilter,
  query: customerQuery,
} as const;

export const customersTag = defineBulk<CustomerQuery, Tags>({
  ...ofCustomers,
  name: 'customerBulkTag',
  kind: 'CUSTOMER_TAG',
  description: 'Gives all customers that match these tags, beside those they have.',
  values: { input: TagsInput, read: ({ tags }: TagsInput) => ({ tags }) },
});

export const customersLock = defineBulk<CustomerQuery>({
  ...ofCustomers,
  name: 'customerBulkLock',
  kind: 'CUSTOMER_LOCK',
  description: 'Locks the chosen customers, each as `customerLock` does. Who is locked already stays so.',
  isChosenOnly: true,
});

interface Deps {
  readonly database: Database;
  readonly cursors: CursorCodec;
  readonly upkeep: CustomerUpkeep;
  readonly access: CustomerAccess;
}

export function handleCustomers({ database, cursors, upkeep, access }: Deps): readonly HandledLongJob[] {
  const list = new CustomerSearch(database, cursors);
  const rows: BulkLocking<CustomerQuery> = {
    count: (query) => list.count(query),
    select: (querying, query, range) => list.idsBetween(querying, query, range),
    lock: (tx, id) => upkeep.nameOf(tx, id),
  };
  return [
    ...handleBulk(customersTag, {
      ...rows,
      apply: (tx, id, { values: { tags } }) => upkeep.addTagsIn(tx, id, tags),
    }),
    ...handleBulk(customersLock, { ...rows, apply: (tx, id) => access.lockIn(tx, id) }),
  ];
}
