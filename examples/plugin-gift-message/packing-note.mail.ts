import {
  defineMail,
  mailPage,
  mailParts,
  mailText,
  messagesOf,
  orderPlaced,
  type Database,
  type Mail,
  type OrderEntity,
} from '@vitrine/api/plugin';
import { messagesOfOrders } from './statements.js';

const NAME = 'gift-message-packing-note';

interface PackingNote {
  readonly number: string;
  readonly message: string;
}

export interface PackingNoteDeps {
  readonly database: Database;
  readonly packer: string;
  readonly findOrder: (id: string) => Promise<OrderEntity | null>;
}

/** Tells who packs what to write on the card of an order that was placed; no mail for an order without one. */
export const packingNote = ({ database, packer, findOrder }: PackingNoteDeps): Mail =>
  defineMail<object, PackingNote>({
    name: NAME,
    on: orderPlaced,
    aggregate: 'order',
    compose: async ({ aggregateId }) => {
      const order = await findOrder(aggregateId);
      const found = order && (await database.row(messagesOfOrders, { ids: [order.id] }));
      return found
        ? { to: packer, language: order.language, model: { number: order.number, message: found.message } }
        : null;
    },
    layout(frame, { number, message }) {
      const messages = messagesOf(`mails/${NAME}`, frame.language);
      const subject = messages.text('subject', { number });
      const label = messages.text('label');
      return {
        subject,
        html: mailPage(frame, {
          title: subject,
          preview: message,
          // A buyer's words are text, whatever they look like.
          body: mailParts.quotation(label, message),
          reader: 'STAFF',
        }),
        text: mailText(frame, [subject, '', `${label}: ${message}`], 'STAFF'),
      };
    },
    sample: () => ({ number: '1001', message: 'Happy birthday!' }),
    messages: {
      en: { name: 'Card for a gift', subject: 'Card for order {number}', label: 'To be written on it' },
      ro: {
        name: 'Felicitare pentru cadou',
        subject: 'Felicitare pentru comanda {number}',
        label: 'De scris pe ea',
      },
      fr: { name: 'Carte pour un cadeau', subject: 'Carte pour la commande {number}', label: 'À y écrire' },
    },
  });
