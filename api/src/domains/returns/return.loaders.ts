import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy, loadOneBy } from '../../platform/graphql/load-many-by.js';
import type { ReturnEntity, ReturnLineEntity, ReturnPhotoEntity } from './return.entity.js';
import * as sql from './return.statements.js';

export type ReturnRow = ReturnEntity & { currency: string; userId: string | null };
export type ReturnLineRow = ReturnLineEntity & { orderId: string; variantId: string };
export type ReturnPhotoRow = Pick<
  ReturnPhotoEntity,
  'id' | 'orderId' | 'returnId' | 'storageKey' | 'status' | 'failure' | 'width' | 'height'
>;
export const returnLoaders = perRequest(({ database }) => ({
  byId: loadOneBy(database, sql.returnsById, (row) => row.id),
  byOrder: loadManyBy(database, sql.returnsByOrder, (row) => row.orderId),
  lines: loadManyBy(database, sql.linesByReturn, (line) => line.returnId),
  photos: loadManyBy(database, sql.photosByReturn, (photo) => photo.returnId ?? ''),
  returnable: loadManyBy(database, sql.returnableLines, (line) => line.orderId),
  openState: loadOneBy(database, sql.openState, (row) => row.orderId),
}));
