import type { Language } from '../../../kernel/languages.js';
import { mailAddressLines } from './mail-address.js';
import type { OrderShippedModel, RenderedMail } from './mail-model.js';
import { button, heading, mailPage, mailText, paragraph } from './mail-layout.js';
import { greetingName } from './greeting.js';
import { markup, oneLine, webAddress } from './markup.js';
import { addressBlock, pieces, pieceText } from './order-sections.js';

interface Words {
  readonly subject: (number: string) => string;
  readonly title: string;
  readonly updates: (firstName: string, number: string) => string;
  readonly carrier: (carrier: string) => string;
  readonly tracking: (number: string) => string;
  readonly follow: string;
  readonly pieces: string;
  readonly address: string;
  readonly order: string;
}

const WORDS: Readonly<Record<Language, Words>> = {
  ro: {
    subject: (number) => `Comanda ta ${number} a plecat spre tine`,
    title: 'Coletul tău e pe drum',
    updates: (firstName, number) => `Bună, ${firstName}! Am predat curierului coletul din comanda ${number}.`,
    carrier: (carrier) => `Îl aduce ${carrier}.`,
    tracking: (number) => `Numărul de urmărire este ${number}.`,
    follow: 'Urmărește coletul',
    pieces: 'Ce e în colet',
    address: 'Unde ajunge',
    order: 'Vezi comanda',
  },
  en: {
    subject: (number) => `Your order ${number} is on its way`,
    title: 'Your parcel is on its way',
    updates: (firstName, number) =>
      `Hello ${firstName}, the parcel with your order ${number} has left our workshop.`,
    carrier: (carrier) => `${carrier} will bring it to you.`,
    tracking: (number) => `The tracking number is ${number}.`,
    follow: 'Follow the parcel',
    pieces: 'In this parcel',
    address: 'Where it is going',
    order: 'See your order',
  },
  fr: {
    subject: (number) => `Votre commande ${number} est en route`,
    title: 'Votre colis est en route',
    updates: (firstName, number) =>
      `Bonjour ${firstName}, le colis de votre commande ${number} a quitté notre atelier.`,
    carrier: (carrier) => `Il vous sera livré par ${carrier}.`,
    tracking: (number) => `Le numéro de suivi est ${number}.`,
    follow: 'Suivre le colis',
    pieces: 'Dans ce colis',
    address: 'Adresse de livraison',
    order: 'Voir ma commande',
  },
};

export function orderShipped(language: Language, model: OrderShippedModel): RenderedMail {
  const words = WORDS[language];
  const number = oneLine(model.number);
  const tracking = webAddress(model.trackingUrl);
  const updates = [
    words.updates(greetingName(model.address.firstName, language), number),
    model.carrier && words.carrier(oneLine(model.carrier)),
    model.trackingNumber && words.tracking(oneLine(model.trackingNumber)),
  ]
    .filter(Boolean)
    .join(' ');
  const [label, link] = tracking ? [words.follow, tracking] : [words.order, model.link];

  const body = markup`${paragraph(updates)}${button(label, link)}${heading(words.pieces)}${pieces(model.lines)}${heading(words.address)}${addressBlock(model.address, language)}`;
  const text = mailText(language, [
    words.title,
    '',
    updates,
    '',
    `${words.pieces}:`,
    ...model.lines.map(pieceText),
    '',
    `${words.address}:`,
    ...mailAddressLines(model.address, language),
    '',
    tracking ? `${words.follow}: ${tracking}` : null,
    `${words.order}: ${model.link}`,
  ]);
  return {
    subject: words.subject(number),
    html: mailPage(language, { title: words.title, preview: updates, body }),
    text,
  };
}
