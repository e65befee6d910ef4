import { Role } from '../../../platform/graphql/roles.js';
import { DisputeFilter } from '../../orders/index.js';
import { DisputeList, type DisputeRow } from '../../payments/index.js';
import { amountColumn, momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { ordersById, type NamedOrder } from './orders-by-id.js';

type Orders = ReadonlyMap<string, NamedOrder>;
interface Query {
  readonly open: boolean | null;
}

export const disputeExport = coreExport<DisputeRow, Query, Orders>({
  name: 'Dispute',
  rows: 'disputes',
  role: Role.SUPPORT,
  permission: 'ORDER_READ',
  filter: DisputeFilter,
  query: (_search, filter: DisputeFilter | null | undefined) => ({ open: filter?.open ?? null }),
  columns: {
    ORDER: typedColumn('The number of the order.', ({ orderId }, { more }) => more.get(orderId)?.number),
    EMAIL: typedColumn('The e-mail of the buyer.', ({ orderId }, { more }) => more.get(orderId)?.email),
    STATUS: plainColumn('Where it stands.', ({ status }) => status),
    REASON: typedColumn("The bank's word for it.", ({ reason }) => reason),
    AMOUNT: amountColumn('How much it is about.', ({ amount, currency }) => ({ amount, currency })),
    CURRENCY: plainColumn('The currency of the amount.', ({ currency }) => currency),
    EVIDENCE_DUE_AT: momentColumn('Until when the shop may answer.', ({ evidenceDueAt }) => evidenceDueAt),
    REFERENCE: typedColumn("The provider's id of it.", ({ providerReference }) => providerReference),
    PROVIDER: plainColumn('Who took the money.', ({ provider }) => provider),
    CREATED_AT: momentColumn('When the shop learned of it.', ({ createdAt }) => createdAt),
    UPDATED_AT: momentColumn('When it last changed.', ({ updatedAt }) => updatedAt),
  },
  read: ({ database, cursors }) => {
    const list = new DisputeList(database, cursors);
    return {
      page: ({ open }, _sort, page) => list.page(open, page),
      count: async ({ open }) => (await list.page(open, { first: 1 })).totalCount(),
      more: (disputes) =>
        ordersById(
          database,
          disputes.map(({ orderId }) => orderId),
        ),
    };
  },
});
