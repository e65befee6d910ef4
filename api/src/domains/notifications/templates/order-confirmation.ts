import type { Language } from '../../../kernel/languages.js';
import { mailAddressLines } from './mail-address.js';
import type { ConfirmedPayment, OrderConfirmationModel, RenderedMail } from './mail-model.js';
import { formatMoney } from './formats.js';
import { button, heading, mailPage, mailText, paragraph } from './mail-layout.js';
import { greetingName } from './greeting.js';
import { markup, oneLine } from './markup.js';
import { addressBlock, pieces, pieceText, sums } from './order-sections.js';

interface Messages {
  readonly subject: (number: string) => string;
  readonly title: (firstName: string) => string;
  readonly thanks: Readonly<Record<ConfirmedPayment, (number: string) => string>>;
  readonly pieces: string;
  readonly subtotal: string;
  readonly shipping: string;
  readonly free: string;
  readonly total: string;
  readonly address: string;
  readonly link: string;
}

const WORDS: Readonly<Record<Language, Messages>> = {
  ro: {
    subject: (number) => `Comanda ta ${number} a ajuns la noi`,
    title: (firstName) => `Mulțumim, ${firstName}!`,
    thanks: {
      PAID: (number) =>
        `Am primit comanda ${number} și plata ei. O împachetăm cu grijă și îți scriem din nou când pleacă la drum.`,
      ON_DELIVERY: (number) =>
        `Am primit comanda ${number}. O plătești curierului, la livrare. O împachetăm cu grijă și îți scriem din nou când pleacă la drum.`,
      RESERVED: (number) =>
        `Am primit comanda ${number}. Suma este doar rezervată pe card: o încasăm când pregătim coletul. Îți scriem din nou când pleacă la drum.`,
      NOTHING: (number) =>
        `Am primit comanda ${number}; nu mai este nimic de plată. O împachetăm cu grijă și îți scriem din nou când pleacă la drum.`,
    },
    pieces: 'Ce ai ales',
    subtotal: 'Produse',
    shipping: 'Livrare',
    free: 'gratuită',
    total: 'Total, cu TVA',
    address: 'Unde o trimitem',
    link: 'Vezi comanda',
  },
  en: {
    subject: (number) => `Your order ${number} is with us`,
    title: (firstName) => `Thank you, ${firstName}!`,
    thanks: {
      PAID: (number) =>
        `We have your order ${number} and your payment. We will pack it with care and write again when it leaves our workshop.`,
      ON_DELIVERY: (number) =>
        `We have your order ${number}. You pay the courier when it arrives. We will pack it with care and write again when it leaves our workshop.`,
      RESERVED: (number) =>
        `We have your order ${number}. The amount is only reserved on your card; we take it when we pack the parcel. We will write again when it leaves our workshop.`,
      NOTHING: (number) =>
        `We have your order ${number}; there is nothing left to pay. We will pack it with care and write again when it leaves our workshop.`,
    },
    pieces: 'What you chose',
    subtotal: 'Items',
    shipping: 'Delivery',
    free: 'free',
    total: 'Total, VAT included',
    address: 'Where it is going',
    link: 'See your order',
  },
  fr: {
    subject: (number) => `Votre commande ${number} est bien arrivée`,
    title: (firstName) => `Merci, ${firstName} !`,
    thanks: {
      PAID: (number) =>
        `Nous avons bien reçu votre commande ${number} et son règlement. Nous la préparons avec soin et vous écrirons dès son départ de l’atelier.`,
      ON_DELIVERY: (number) =>
        `Nous avons bien reçu votre commande ${number}. Vous la réglerez au transporteur, à la livraison. Nous la préparons avec soin et vous écrirons dès son départ de l’atelier.`,
      RESERVED: (number) =>
        `Nous avons bien reçu votre commande ${number}. Le montant est seulement réservé sur votre carte : il sera débité lorsque nous préparerons le colis. Nous vous écrirons dès son départ de l’atelier.`,
      NOTHING: (number) =>
        `Nous avons bien reçu votre commande ${number} ; il n’y a plus rien à régler. Nous la préparons avec soin et vous écrirons dès son départ de l’atelier.`,
    },
    pieces: 'Vos articles',
    subtotal: 'Articles',
    shipping: 'Livraison',
    free: 'offerte',
    total: 'Total TTC',
    address: 'Adresse de livraison',
    link: 'Voir ma commande',
  },
};

export function orderConfirmation(language: Language, model: OrderConfirmationModel): RenderedMail {
  const messages = WORDS[language];
  const number = oneLine(model.number);
  const thanks = messages.thanks[model.payment ?? 'PAID'](number);
  const title = messages.title(greetingName(model.address.firstName, language));
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));
  const amounts = [
    { label: messages.subtotal, amount: formatMoney(model.subtotal, language) },
    {
      label: `${messages.shipping} (${oneLine(model.shippingMethod)})`,
      amount: model.shipping.amount === 0 ? messages.free : formatMoney(model.shipping, language),
    },
    { label: messages.total, amount: formatMoney(model.total, language), isTotal: true },
  ];

  const body = markup`${paragraph(thanks)}${button(messages.link, model.link)}${heading(messages.pieces)}${pieces(lines)}${sums(amounts)}${heading(messages.address)}${addressBlock(model.address, language)}`;
  const text = mailText(language, [
    title,
    '',
    thanks,
    '',
    `${messages.pieces}:`,
    ...lines.map(pieceText),
    '',
    ...amounts.map(({ label, amount }) => `${label}: ${amount}`),
    '',
    `${messages.address}:`,
    ...mailAddressLines(model.address, language),
    '',
    `${messages.link}: ${model.link}`,
  ]);
  return {
    subject: messages.subject(number),
    html: mailPage(language, { title, preview: thanks, body }),
    text,
  };
}
