import { messagesOf } from '../../../platform/messages.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { OrderNoticeModel } from '../../orders/index.js';
import { formatMoney, formatMoment } from '../../../platform/mails/formats.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { greetingName } from './greeting.js';
import { markup, oneLine } from '../../../platform/mails/markup.js';
import {
  button,
  details,
  heading,
  paragraph,
  pieces,
  pieceText,
  quotation,
  sums,
} from '../../../platform/mails/mail-parts.js';

/** A short mail about an order: some sentences, the lines or values concerned, and one button. */
export function orderNotice(name: string, frame: MailFrame, model: OrderNoticeModel): RenderedMail {
  const { language } = frame;
  const { amount, dueAt, transfer, isTaxed = true } = model;
  const values = {
    number: oneLine(model.number),
    firstName: greetingName(model.firstName, language),
    amount: amount ? formatMoney(amount, language) : '',
    dueAt: dueAt && formatMoment(dueAt, frame),
    reference: oneLine(model.reference ?? ''),
  };
  const messages = messagesOf(`mails/${name}`, language);
  const shared = messagesOf('mails/layout', language);
  const label = (key: string): string => shared.text(`labels.${key}`);
  const title = messages.text('title', values);
  // One paragraph on each line: no value has a line break.
  const sentences = messages.text('text', values).split('\n');
  const action = messages.text('button');
  const note = model.note?.trim() ? oneLine(model.note) : null;
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));
  const account = transfer
    ? [
        { label: label('holder'), value: oneLine(transfer.holder) },
        { label: 'IBAN', value: grouped(transfer.iban) },
        { label: label('reference'), value: oneLine(transfer.reference) },
        { label: label('amount'), value: values.amount },
      ]
    : [];
  const total =
    lines.length > 0
      ? [{ label: label(isTaxed ? 'total' : 'totalUntaxed'), amount: values.amount, isTotal: true }]
      : [];

  const body = markup`${sentences.map(paragraph)}${note ? quotation(label('note'), note) : ''}${account.length > 0 ? details(account) : ''}${button(action, model.link)}${lines.length > 0 ? markup`${heading(label('pieces'))}${pieces(lines)}${sums(total)}` : ''}`;
  const text = mailText(frame, [
    title,
    '',
    ...sentences.flatMap((sentence) => [sentence, '']),
    ...(note ? [labelled(frame, label('note'), note), ''] : []),
    ...account.map((row) => labelled(frame, row.label, row.value)),
    ...(account.length > 0 ? [''] : []),
    ...(lines.length > 0 ? [labelled(frame, label('pieces')), ...lines.map(pieceText), ''] : []),
    ...total.map((row) => labelled(frame, row.label, row.amount)),
    labelled(frame, action, model.link),
  ]);
  return {
    subject: messages.text('subject', values),
    html: mailPage(frame, { title, preview: sentences[0] ?? title, body }),
    text,
  };
}

/** An account number in groups of four. */
function grouped(iban: string): string {
  return iban.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
