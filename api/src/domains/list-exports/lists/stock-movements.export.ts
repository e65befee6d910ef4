import { Role } from '../../../platform/graphql/roles.js';
import {
  LedgerList,
  movementQuery,
  StockMovementFilter,
  type MovementLine,
  type MovementQuery,
} from '../../inventory/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { variantsById, type NamedVariant } from './variants.js';

type Variants = ReadonlyMap<string, NamedVariant>;

export const stockMovementExport = coreExport<MovementLine, MovementQuery, Variants>({
  name: 'StockMovement',
  rows: 'stock movements',
  role: Role.SUPPORT,
  permission: 'CATALOG_READ',
  filter: StockMovementFilter,
  query: (_search, filter: StockMovementFilter | null | undefined) => movementQuery(filter),
  moments: ['from', 'to'],
  columns: {
    AT: momentColumn('When.', ({ at }) => at),
    KIND: plainColumn('Why stock changed.', ({ kind }) => kind),
    PRODUCT: typedColumn(
      'The product, in the first language of the shop.',
      ({ variantId }, { more }) => more.get(variantId)?.product,
    ),
    VARIANT: typedColumn(
      'The variant; empty where there is one only.',
      ({ variantId }, { more }) => more.get(variantId)?.variant,
    ),
    SKU: typedColumn('Its SKU.', ({ variantId }, { more }) => more.get(variantId)?.sku),
    LOCATION: typedColumn('Where.', ({ location }) => location.name),
    ON_HAND_CHANGE: plainColumn('By how much the units there changed.', ({ onHandChange }) => onHandChange),
    RESERVED_CHANGE: plainColumn(
      'By how much the held units changed.',
      ({ reservedChange }) => reservedChange,
    ),
    REASON: typedColumn('What was given as the reason.', ({ reason }) => reason),
    ORDER: typedColumn('The order it was for.', ({ orderNumber }) => orderNumber),
    ACTOR: typedColumn('Who did it; empty when the shop did by itself.', ({ actorName }) => actorName),
  },
  read: ({ database, cursors }) => {
    const list = new LedgerList(database, cursors);
    return {
      page: (query, _sort, page) => list.movements(query, page),
      count: (query) => list.countMovements(query),
      more: (movements, { language }) =>
        variantsById(
          database,
          movements.map(({ variantId }) => variantId),
          language,
        ),
    };
  },
});
