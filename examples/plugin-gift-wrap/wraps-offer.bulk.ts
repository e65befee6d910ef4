import {
  changedSince,
  defineBulk,
  Field,
  handleBulk,
  InputType,
  localized,
  Role,
  type Database,
  type Platform,
} from '@vitrine/api/plugin';
import { lockWrap, offerAsBefore, offerWrap, wrapList } from './statements.js';
import { exportOfWraps } from './wraps.export.js';
import { GiftWrapFilter, wrapQuery, type WrapQuery } from './wraps-filter.input.js';

@InputType({ description: 'Whether buyers may choose gift wraps.' })
class OfferInput {
  @Field(() => Boolean, { description: 'Whether buyers may choose them from now on.' })
  offered!: boolean;
}

/** An action on the plugin's own list, which can be undone. */
export const wrapsOffer = defineBulk<WrapQuery, OfferInput>({
  name: 'giftWrapBulkOffer',
  kind: 'GIFT_WRAP_OFFER',
  description: 'Offers all gift wraps that match to buyers, or no longer offers them.',
  ...{ rows: 'gift wraps', table: 'gift_wrap' },
  ...{ role: Role.MANAGER, permission: 'GIFT_WRAP_WRITE' },
  filter: GiftWrapFilter,
  query: wrapQuery,
  values: { input: OfferInput, read: ({ offered }: OfferInput) => ({ offered }) },
  canUndo: true,
});

export const handleWrapsOffer = (database: Database, cursors: Platform['cursors']) =>
  handleBulk(wrapsOffer, {
    count: exportOfWraps(database, cursors).count,
    select: (querying, query, range) => wrapList.ids(querying, query, range),
    lock: async (tx, id) => localized((await tx.row(lockWrap, { id }))?.name ?? null, 'en', 'ro'),
    apply: (tx, id, { values: { offered } }) => tx.row(offerWrap, { id, offered }),
    undo: async (tx, id, { before: { version } }) => {
      if (!(await tx.row(offerAsBefore, { id, version }))) throw changedSince();
    },
  });
