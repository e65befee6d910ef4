import { adminBulk, listExport, startBulk, type BulkAction } from '@vitrine/admin/plugin';
import { OrdersWrappedDocument, WrapExportCreateDocument, WrapsOfferDocument } from './generated/graphql';

const offer = (offered: boolean, key: 'OFFER' | 'WITHDRAW', icon: string): BulkAction => ({
  ...{ key, icon, label: `bulk.${key}`, hint: `bulkHint.${key}` },
  isFor: ({ can }) => can('GIFT_WRAP_WRITE'),
  start: startBulk(WrapsOfferDocument, (data) => data.giftWrapBulkOffer, { offered }),
});

/** What staff do to many papers at once. */
export const wrapBulk: readonly BulkAction[] = [
  offer(true, 'OFFER', 'i-lucide-eye'),
  offer(false, 'WITHDRAW', 'i-lucide-eye-off'),
];

/** What the columns of the list are in its file. */
export const wrapFile = listExport(WrapExportCreateDocument, (data) => data.giftWrapExportCreate, {
  name: ['NAME'],
  active: ['OFFERED'],
  price: ['PRICE', 'CURRENCY'],
});

/** What whoever packs does to many orders in the list of the shop. */
export const wrappedOrders = adminBulk('orders', {
  ...{ key: 'WRAPPED', icon: 'i-lucide-gift', label: 'bulk.WRAPPED', hint: 'bulkHint.WRAPPED' },
  isFor: ({ can }) => can('GIFT_WRAP_WRITE'),
  start: startBulk(OrdersWrappedDocument, (data) => data.orderBulkMarkWrapped),
});
