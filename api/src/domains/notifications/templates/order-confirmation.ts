import type { Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import { mailAddressLines } from './mail-address.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { OrderConfirmationModel } from './mail-model.js';
import { formatMoney, formatRate } from '../../../platform/mails/formats.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { greetingName } from './greeting.js';
import { markup, oneLine } from '../../../platform/mails/markup.js';
import {
  button,
  heading,
  lines,
  paragraph,
  pieces,
  pieceText,
  sums,
} from '../../../platform/mails/mail-parts.js';

export function orderConfirmation(frame: MailFrame, model: OrderConfirmationModel): RenderedMail {
  const { language } = frame;
  const messages = messagesOf('mails/order-confirmation', language);
  const label = (key: string): string => messages.text(key);
  const number = oneLine(model.number);
  const thanks = messages.text(`text.${model.payment ?? 'PAID'}`, { number });
  const title = messages.text('title', {
    firstName: greetingName(model.address.firstName, language),
  });
  const goods = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));
  const amounts = amountsOf(model, language);
  const body = markup`${paragraph(thanks)}${button(label('button'), model.link)}${heading(label('pieces'))}${pieces(goods)}${sums(amounts)}${heading(label('address'))}${lines(mailAddressLines(model.address, language))}`;
  const text = mailText(frame, [
    title,
    '',
    thanks,
    '',
    labelled(frame, label('pieces')),
    ...goods.map(pieceText),
    '',
    ...amounts.map((row) => labelled(frame, row.label, row.amount)),
    '',
    labelled(frame, label('address')),
    ...mailAddressLines(model.address, language),
    '',
    labelled(frame, label('button'), model.link),
  ]);
  return {
    subject: messages.text('subject', { number }),
    html: mailPage(frame, { title, preview: thanks, body }),
    text,
  };
}

/** What it costs, row by row: goods, delivery, charges, the total with its taxes, and who pays it. */
function amountsOf(model: OrderConfirmationModel, language: Language) {
  const messages = messagesOf('mails/order-confirmation', language);
  const label = (key: string): string => messages.text(key);
  return [
    { label: label('subtotal'), amount: formatMoney(model.subtotal, language) },
    {
      label: `${label('shipping')} (${oneLine(model.shippingMethod)})`,
      amount: model.shipping.amount === 0 ? label('free') : formatMoney(model.shipping, language),
    },
    ...(model.charges ?? []).map(({ name, amount }) => ({
      ...{ label: oneLine(name), amount: formatMoney(amount, language) },
    })),
    {
      label: label(model.taxes?.length === 0 ? 'totalUntaxed' : 'total'),
      amount: formatMoney(model.total, language),
      isTotal: true,
    },
    ...(model.taxes ?? []).map(({ name, basisPoints, net, tax }) => ({
      label: messages.text('includedTax', {
        ...{ name: oneLine(name), rate: formatRate(basisPoints, language) },
        net: formatMoney(net, language),
      }),
      amount: formatMoney(tax, language),
    })),
    ...(model.tenders ?? []).map(({ name, amount }) => ({
      ...{ label: messages.text('paidBy', { name: oneLine(name) }), amount: formatMoney(amount, language) },
    })),
    ...(model.due ? [{ label: label('due'), amount: formatMoney(model.due, language) }] : []),
  ];
}
