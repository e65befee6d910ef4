import {
  cartModule,
  checkoutBeforePlace,
  defineErrors,
  defineIdPrefixes,
  defineModule,
  definePermissions,
  handleCartPriced,
  handleHook,
  LANGUAGES,
  longJobsModule,
  orderEditingModule,
  ordersModule,
  Role,
  type AnyModule,
  type Language,
  type LocalizedText,
} from '@vitrine/api/plugin';
import { CartGiftWrapResolver, OrderGiftWrapResolver } from './cart-wrap.resolver.js';
import { handleOrdersWrapped, ordersWrapped } from './orders-wrapped.bulk.js';
import { handleWrapsOffer, wrapsOffer } from './wraps-offer.bulk.js';
import { exportOfWraps, wrapExport } from './wraps.export.js';
import { boxesRate } from './boxes.rate.js';
import { customFields } from './custom-fields.js';
import { DraftGiftWrapResolver } from './draft-wrap.resolver.js';
import { giftNote } from './gift-note.mail.js';
import { migrations } from './migrations.js';
import { takeOverWrap, wrapById, wrapOfDraft, wrapsOfCarts } from './statements.js';
import { GiftWrapResolver, shown } from './wraps.resolver.js';

const idPrefixes = defineIdPrefixes({ wrap: 'GiftWrap' });
const permissions = definePermissions({
  GIFT_WRAP_WRITE: { description: 'Offer gift wraps and change them.', role: Role.MANAGER },
});
const errors = defineErrors({
  GIFT_MESSAGE_TOO_LONG: 'The words do not fit on the card.',
  GIFT_WRAP_NONE: 'The order is not to be wrapped.',
  GIFT_WRAP_NOT_OFFERED: 'The gift wrap is not offered any more.',
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
  interface VitrineErrorCodes extends Record<keyof typeof errors, true> {}
}

export interface GiftWrapOptions {
  /** The address of who packs: gets a mail with each order that is to be wrapped. */
  readonly packer: string;
  /** Characters that fit on the card. */
  readonly longest?: number;
}

const GIFT_WRAP: Readonly<Record<Language, string>> = {
  en: 'Gift wrap: ',
  ro: 'Ambalaj cadou: ',
  fr: 'Emballage cadeau\u00a0: ',
};

/** Totals and invoices name the charge alone, where "Linen" would be taken for goods. */
function nameOfCharge(name: LocalizedText): LocalizedText {
  const named: LocalizedText = {};
  for (const language of LANGUAGES) {
    const text = name[language];
    if (text) named[language] = `${GIFT_WRAP[language]}${text}`;
  }
  return named;
}

/** The paper is a charge of its own, in the order and its invoice too; a draft has none before it is written. */
const priceOfWrap = handleCartPriced({
  kinds: ['CART', 'DRAFT'],
  read: (querying, { kind, id }) => {
    if (kind === 'CART') return querying.row(wrapsOfCarts, { ids: [id] });
    return id === null ? Promise.resolve(null) : querying.row(wrapOfDraft, { orderId: id });
  },
  price: (_priced, wrap) =>
    wrap ? [{ kind: 'CHARGE', code: 'WRAP', name: nameOfCharge(wrap.name), amount: wrap.price }] : [],
});

/** The order keeps the paper of its cart. */
const keepWrap = handleHook(
  checkoutBeforePlace,
  async (tx, placed) =>
    void (await tx.count(takeOverWrap, { orderId: placed.order.id, cartId: placed.cart.id })),
);

/**
 * An order is wrapped in a paper that staff offer, with a card: chosen in the cart or by staff in a draft, a part of the price, kept with the order
 * and mailed to who packs.
 */
export const giftWrap = ({ packer, longest = 200 }: GiftWrapOptions): AnyModule =>
  defineModule({
    name: 'giftWrap',
    version: '1.0.0',
    description: 'Orders are wrapped in a paper of the buyer’s choice, with a card.',
    dependsOn: [cartModule, ordersModule, orderEditingModule, longJobsModule],
    clients: {
      admin: new URL('./admin/index.ts', import.meta.url),
      storefront: new URL('./storefront/index.ts', import.meta.url),
    },
    entities: [],
    tables: {
      gift_wrap: 'Kept: what the shop offers.',
      cart_gift_wrap: 'Deleted with its cart.',
      order_gift_wrap: 'Kept with its order.',
    },
    ...{ migrations, idPrefixes, permissions, errors, customFields },
    strategies: [boxesRate],
    bulkActions: [wrapsOffer, ordersWrapped],
    listExports: [wrapExport],
    nodes: {
      wrap: {
        type: 'GiftWrap',
        find: async (id, { database, viewer }) => {
          const row = await database.row(wrapById, { id });
          return row && (row.active || viewer?.permissions.has('GIFT_WRAP_WRITE')) ? shown(row) : null;
        },
      },
    },
    resolvers: [GiftWrapResolver, CartGiftWrapResolver, OrderGiftWrapResolver, DraftGiftWrapResolver],
    setup: ({ database, cursors, clock }, { cart, orders, orderEditing, longJobs }) => ({
      services: {},
      resolvers: [
        new GiftWrapResolver(database),
        new CartGiftWrapResolver(cart.carts, longest),
        new OrderGiftWrapResolver(),
        new DraftGiftWrapResolver(orderEditing.drafts, longest),
      ],
      longJobs: [
        ...handleWrapsOffer(database, cursors),
        ...handleOrdersWrapped(orders.bulkRows, clock),
        longJobs.handleListExport(wrapExport, exportOfWraps(database, cursors)),
      ],
      hooks: [priceOfWrap, keepWrap],
      mails: [giftNote({ database, packer, findOrder: (id) => orders.orders.find(id) })],
    }),
  });
