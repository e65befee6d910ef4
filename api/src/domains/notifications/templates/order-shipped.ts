import type { Language } from '../../../kernel/languages.js';
import { mailAddressLines } from './mail-address.js';
import type { OrderShippedModel, RenderedMail } from './mail-model.js';
import { button, heading, mailPage, mailText, paragraph } from './mail-layout.js';
import { greetingName } from './greeting.js';
import { markup, oneLine, webAddress } from './markup.js';
import { addressBlock, pieces, pieceText } from './order-sections.js';

interface Messages {
  readonly subject: (number: string) => string;
  readonly title: string;
  readonly text: (firstName: string, number: string) => string;
  readonly carrier: (carrier: string) => string;
  readonly tracking: (number: string) => string;
  readonly follow: string;
  readonly pieces: string;
  readonly address: string;
  readonly order: string;
}

const WORDS: Readonly<Record<Language, Messages>> = {
  ro: {
    subject: (number) => `Comanda ta ${number} a plecat spre tine`,
    title: 'Coletul tău e pe drum',
    text: (firstName, number) => `Bună, ${firstName}! Am predat curierului coletul din comanda ${number}.`,
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
    text: (firstName, number) =>
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
    text: (firstName, number) =>
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
  const messages = WORDS[language];
  const number = oneLine(model.number);
  const tracking = webAddress(model.trackingUrl);
  const sentences = [
    messages.text(greetingName(model.address.firstName, language), number),
    model.carrier && messages.carrier(oneLine(model.carrier)),
    model.trackingNumber && messages.tracking(oneLine(model.trackingNumber)),
  ]
    .filter(Boolean)
    .join(' ');
  const [label, link] = tracking ? [messages.follow, tracking] : [messages.order, model.link];

  const body = markup`${paragraph(sentences)}${button(label, link)}${heading(messages.pieces)}${pieces(model.lines)}${heading(messages.address)}${addressBlock(model.address, language)}`;
  const text = mailText(language, [
    messages.title,
    '',
    sentences,
    '',
    `${messages.pieces}:`,
    ...model.lines.map(pieceText),
    '',
    `${messages.address}:`,
    ...mailAddressLines(model.address, language),
    '',
    tracking ? `${messages.follow}: ${tracking}` : null,
    `${messages.order}: ${model.link}`,
  ]);
  return {
    subject: messages.subject(number),
    html: mailPage(language, { title: messages.title, preview: sentences, body }),
    text,
  };
}
