import { Role } from '../../../platform/graphql/roles.js';
import {
  ReturnFilter,
  ReturnList,
  returnQuery,
  ReturnStatus,
  type ReturnQuery,
} from '../../returns/index.js';
import { coreBulk } from '../core-bulk.js';

export const returnsApprove = coreBulk<ReturnQuery>({
  name: 'returnBulkApprove',
  kind: 'RETURN_APPROVE',
  description: 'Agrees to all returns that match and were asked for; each buyer gets a mail.',
  rows: 'returns',
  table: 'order_return',
  role: Role.MANAGER,
  permission: 'ORDER_WRITE',
  search: 100,
  filter: ReturnFilter,
  query: returnQuery,
  work: ({ database, cursors, reviews }) => {
    const list = new ReturnList(database, cursors);
    return {
      count: (query) => list.count(query),
      select: (querying, query, range) => list.idsBetween(querying, query, range),
      lock: (tx, id) => reviews.lockNamed(tx, id),
      apply: (tx, returnId, { actorId }) =>
        reviews.decideIn(
          tx,
          { returnId, expectedVersion: null, actorId },
          { to: ReturnStatus.APPROVED, note: null },
        ),
    };
  },
});
