import type { Language } from '../../../kernel/languages.js';
import { messagesOf, type Messages } from '../../../platform/messages.js';
import type { OwnerAlertModel, RenderedMail } from './mail-model.js';
import { formatMoney, formatMoment } from './formats.js';
import { button, mailPage, mailText, paragraph } from './mail-layout.js';
import { markup, oneLine } from './markup.js';
import { pieces, pieceText } from './order-sections.js';

/** A mail to the shop's owner: what happened, and the page of the admin on which it is handled. */
export function ownerAlert(language: Language, model: OwnerAlertModel): RenderedMail {
  const messages = messagesOf('mails', language);
  const key = model.alert === 'digest' ? 'digest' : `alerts.${model.alert}`;
  const values = {
    subject: oneLine(model.alert === 'digest' ? digestKind(messages, model) : model.subject),
    amount: model.amount ? formatMoney(model.amount, language) : '',
    n: model.count ?? 0,
    detail: oneLine(model.detail ?? ''),
    dueAt: model.dueAt && formatMoment(model.dueAt, language),
  };
  const outage = model.alert === 'payment-outage' ? model.detail : null;
  const title = messages.text(`${key}.title`, values);
  const sentence = messages.text(`${key}.${textOf(outage)}`, values);
  const label = messages.text(`${key}.button`);
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));

  const body = markup`${paragraph(sentence)}${lines.length > 0 ? pieces(lines) : ''}${button(label, model.link)}`;
  const text = mailText(
    language,
    [
      title,
      '',
      sentence,
      '',
      ...lines.map(pieceText),
      ...(lines.length > 0 ? [''] : []),
      `${label}: ${model.link}`,
    ],
    'STAFF',
  );
  return {
    subject: title,
    html: mailPage(language, { title, preview: sentence, body, reader: 'STAFF' }),
    text,
  };
}

/** The sentence about an outage of payments, by its cause; that of every other alert without one. */
function textOf(outage: string | null | undefined): string {
  if (outage === 'LOCKED_OUT') return 'textWhenLockedOut';
  return outage === 'REFUSED' ? 'textWhenRefused' : 'text';
}

/** The plural of a kind of alert; its name where the messages have none. */
function digestKind(messages: Messages, { about }: OwnerAlertModel): string {
  const key = `digest.kinds.${about}`;
  return messages.has(key) ? messages.text(key) : (about ?? '');
}
