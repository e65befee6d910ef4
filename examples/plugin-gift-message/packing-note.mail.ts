import {
  defineMail,
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
    layout({ language }, { number, message }) {
      const subject = messagesOf(`mails/${NAME}`, language).text('subject', { number });
      const text = `${subject}\n\n${message}`;
      return { subject, text, html: `<p>${escape(subject)}</p><blockquote>${escape(message)}</blockquote>` };
    },
    messages: {
      en: { name: 'Card for a gift', subject: 'Card for order {number}' },
      ro: { name: 'Felicitare pentru cadou', subject: 'Felicitare pentru comanda {number}' },
      fr: { name: 'Carte pour un cadeau', subject: 'Carte pour la commande {number}' },
    },
  });

/** A buyer's words are text, whatever they look like. */
function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
