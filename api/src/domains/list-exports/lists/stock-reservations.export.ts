import { Role } from '../../../platform/graphql/roles.js';
import { LedgerList, type ReservationLine } from '../../inventory/index.js';
import { momentColumn, plainColumn, typedColumn } from '../../long-jobs/index.js';
import { coreExport } from '../core-export.js';
import { variantsById, type NamedVariant } from './variants.js';

type Variants = ReadonlyMap<string, NamedVariant>;

export const stockReservationExport = coreExport<ReservationLine, object, Variants>({
  name: 'StockReservation',
  rows: 'stock reservations',
  role: Role.SUPPORT,
  permission: 'CATALOG_READ',
  query: () => ({}),
  columns: {
    HOLDER: plainColumn(
      'What holds the units: ORDER, CART, or HOLD for a hold by SKU.',
      ({ orderId, cartId }) => (orderId ? 'ORDER' : cartId ? 'CART' : 'HOLD'),
    ),
    ORDER: typedColumn('The number of the order that holds them.', ({ orderNumber }) => orderNumber),
    PRODUCT: typedColumn(
      'The product, in the first language of the shop.',
      ({ variantId }, { more }) => more.get(variantId)?.product,
    ),
    VARIANT: typedColumn(
      'The variant; empty where there is one only.',
      ({ variantId }, { more }) => more.get(variantId)?.variant,
    ),
    SKU: typedColumn('Its SKU.', ({ variantId }, { more }) => more.get(variantId)?.sku),
    QUANTITY: plainColumn('How many units.', ({ quantity }) => quantity),
    LOCATION: typedColumn('Where they are.', ({ location }) => location.name),
    CREATED_AT: momentColumn('Since when.', ({ createdAt }) => createdAt),
    EXPIRES_AT: momentColumn('Until when.', ({ expiresAt }) => expiresAt),
  },
  read: ({ database, cursors }) => {
    const list = new LedgerList(database, cursors);
    return {
      page: (_query, _sort, page) => list.reservations(null, page),
      count: () => list.countReservations(null),
      more: (reservations, { language }) =>
        variantsById(
          database,
          reservations.map(({ variantId }) => variantId),
          language,
        ),
    };
  },
});
