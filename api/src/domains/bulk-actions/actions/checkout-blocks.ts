import { statement, t } from '../../../platform/database/database.js';
import { Role } from '../../../platform/graphql/roles.js';
import {
  CheckoutBlockFilter,
  CheckoutBlockList,
  checkoutBlockQuery,
  type CheckoutBlockQuery,
} from '../../checkout/index.js';
import { coreBulk } from '../core-bulk.js';

const lockBlock = statement('bulkActions.lock-block', {
  params: { id: t.uuid },
  row: { name: t.text },
  sql: 'SELECT coalesce(contact, kind) AS name FROM checkout_block WHERE id = :id FOR UPDATE',
});

export const checkoutBlocksRemove = coreBulk<CheckoutBlockQuery>({
  name: 'checkoutBlockBulkRemove',
  kind: 'CHECKOUT_BLOCK_REMOVE',
  description: 'Lifts all blocks that match and are in force, so that the buyers may order again.',
  rows: 'blocked buyers',
  table: 'checkout_block',
  role: Role.MANAGER,
  permission: 'ORDER_WRITE',
  search: 200,
  filter: CheckoutBlockFilter,
  query: checkoutBlockQuery,
  work: ({ database, cursors, blocks }) => {
    const list = new CheckoutBlockList(database, cursors);
    return {
      count: async (query) => (await list.page(query, { first: 1 })).totalCount(),
      select: (querying, query, range) => list.idsBetween(querying, query, range),
      lock: async (tx, id) => (await tx.row(lockBlock, { id }))?.name ?? null,
      apply: (tx, id, { actorId }) => blocks.liftIn(tx, id, actorId),
    };
  },
});
