import {
  cartModule,
  checkoutBeforePlace,
  defineErrors,
  defineModule,
  handleHook,
  ordersModule,
  type AnyModule,
} from '@vitrine/api/plugin';
import { migrations } from './migrations.js';
import { packingNote } from './packing-note.mail.js';
import { CartGiftMessageResolver, OrderGiftMessageResolver } from './resolvers.js';
import { takeOverMessage } from './statements.js';

const errors = defineErrors({ GIFT_MESSAGE_TOO_LONG: 'The message does not fit on the card.' });

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof errors, true> {}
}

export interface GiftMessageOptions {
  /** The address of who packs: gets a mail with each message. */
  readonly packer: string;
  /** Characters that fit on the card. */
  readonly longest?: number;
}

/** A card with the buyer's words goes into the shipment: written in the cart, kept with the order, mailed to who packs. */
export const giftMessage = ({ packer, longest = 200 }: GiftMessageOptions): AnyModule =>
  defineModule({
    name: 'giftMessage',
    version: '1.0.0',
    description: 'A card with the words of the buyer goes into the shipment.',
    dependsOn: [cartModule, ordersModule],
    entities: [],
    tables: {
      gift_message: 'Deleted with its cart.',
      order_gift_message: 'Kept with its order.',
    },
    migrations,
    errors,
    resolvers: [CartGiftMessageResolver, OrderGiftMessageResolver],
    setup: ({ database }, { cart, orders }) => ({
      services: {},
      resolvers: [
        new CartGiftMessageResolver(database, (owner) => cart.carts.find(owner), longest),
        new OrderGiftMessageResolver(),
      ],
      hooks: [
        handleHook(
          checkoutBeforePlace,
          async (tx, placed) =>
            void (await tx.count(takeOverMessage, { orderId: placed.order.id, cartId: placed.cart.id })),
        ),
      ],
      mails: [packingNote({ database, packer, findOrder: (id) => orders.orders.find(id) })],
    }),
  });
