import {
  defineMail,
  localized,
  mailPage,
  mailParts,
  mailText,
  messagesOf,
  orderPlaced,
  type Database,
  type Mail,
  type OrderEntity,
} from '@vitrine/api/plugin';
import { wrapsOfOrders } from './statements.js';

const NAME = 'gift-wrap-note';

interface GiftNote {
  readonly number: string;
  readonly wrap: string;
  readonly message: string;
}

export interface GiftNoteDeps {
  readonly database: Database;
  readonly packer: string;
  readonly findOrder: (id: string) => Promise<OrderEntity | null>;
}

/** Tells who packs how to wrap an order that was placed; no mail for an order that is not wrapped. */
export const giftNote = ({ database, packer, findOrder }: GiftNoteDeps): Mail =>
  defineMail<object, GiftNote>({
    name: NAME,
    on: orderPlaced,
    aggregate: 'order',
    compose: async ({ aggregateId }) => {
      const order = await findOrder(aggregateId);
      const found = order && (await database.row(wrapsOfOrders, { ids: [order.id] }));
      if (!found) return null;
      const { language, number } = order;
      const wrap = localized(found.name, language, language) ?? '';
      return { to: packer, language, model: { number, wrap, message: found.message } };
    },
    layout(frame, { number, wrap, message }) {
      const messages = messagesOf(`mails/${NAME}`, frame.language);
      const subject = messages.text('subject', { number });
      const words = message ? [messages.text('label'), message] : [messages.text('noCard')];
      return {
        subject,
        html: mailPage(frame, {
          title: subject,
          preview: wrap,
          // A buyer's words are text, whatever they look like.
          body: mailParts.quotation(wrap, words.join(': ')),
          reader: 'STAFF',
        }),
        text: mailText(frame, [subject, '', wrap, words.join(': ')], 'STAFF'),
      };
    },
    sample: () => ({ number: '1001', wrap: 'Linen', message: 'Happy birthday!' }),
    messages: {
      en: {
        name: 'Gift wrap for an order',
        subject: 'Gift wrap for order {number}',
        label: 'On the card',
        noCard: 'Without a card',
      },
      ro: {
        name: 'Ambalaj cadou pentru o comandă',
        subject: 'Ambalaj cadou pentru comanda {number}',
        label: 'Pe felicitare',
        noCard: 'Fără felicitare',
      },
      fr: {
        name: 'Papier cadeau d’une commande',
        subject: 'Papier cadeau pour la commande {number}',
        label: 'Sur la carte',
        noCard: 'Sans carte',
      },
    },
  });
