import type { Language } from '../../../kernel/languages.js';
import { messagesOf } from '../../../platform/messages.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { OwnerAlertModel } from './mail-model.js';
import { formatMoney, formatMoment } from '../../../platform/mails/formats.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { markup, oneLine } from '../../../platform/mails/markup.js';
import { button, paragraph, pieces, pieceText } from '../../../platform/mails/mail-parts.js';

/** A mail to the shop's owner: what happened, and the page of the admin on which it is handled. */
export function ownerAlert(frame: MailFrame, model: OwnerAlertModel): RenderedMail {
  const { language } = frame;
  const messages = messagesOf(`alerts/${model.alert}`, language);
  const values = {
    subject: oneLine(model.alert === 'digest' ? digestKind(language, model) : model.subject),
    amount: model.amount ? formatMoney(model.amount, language) : '',
    n: model.count ?? 0,
    detail: oneLine(model.alert === 'mail-failed' ? mailName(language, model) : (model.detail ?? '')),
    dueAt: model.dueAt && formatMoment(model.dueAt, frame),
  };
  const outage = model.alert === 'payment-outage' ? model.detail : null;
  const title = messages.text('title', values);
  const sentence = messages.text(textOf(outage), values);
  const label = messages.text('button');
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));

  const body = markup`${paragraph(sentence)}${lines.length > 0 ? pieces(lines) : ''}${button(label, model.link)}`;
  const text = mailText(
    frame,
    [
      title,
      '',
      sentence,
      '',
      ...lines.map(pieceText),
      ...(lines.length > 0 ? [''] : []),
      labelled(frame, label, model.link),
    ],
    'STAFF',
  );
  return {
    subject: title,
    html: mailPage(frame, { title, preview: sentence, body, reader: 'STAFF' }),
    text,
  };
}

/** The sentence about an outage of payments, by its cause; that of every other alert without one. */
function textOf(outage: string | null | undefined): string {
  if (outage === 'LOCKED_OUT') return 'textWhenLockedOut';
  return outage === 'REFUSED' ? 'textWhenRefused' : 'text';
}

/** What staff call the mail that did not arrive; its template where a plugin that has gone named it. */
function mailName(language: Language, { detail }: OwnerAlertModel): string {
  try {
    return messagesOf(`mails/${detail ?? ''}`, language).text('name');
  } catch {
    return detail ?? '';
  }
}

/** The plural of a kind of alert; its name where its messages have none. */
function digestKind(language: Language, { about }: OwnerAlertModel): string {
  const messages = about && messagesOf(`alerts/${about}`, language);
  return messages && messages.has('kind') ? messages.text('kind') : (about ?? '');
}
