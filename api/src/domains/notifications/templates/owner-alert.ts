import type { Language } from '../../../kernel/languages.js';
import type { OwnerAlertModel, RenderedMail } from './mail-model.js';
import { formatMoney, formatMoment } from './formats.js';
import { button, mailPage, mailText, paragraph } from './mail-layout.js';
import { markup, oneLine } from './markup.js';
import { DIGEST_KINDS, DIGEST_MESSAGES } from './owner-digest-messages.js';
import { ALERT_MESSAGES } from './owner-alert-messages.js';
import { pieces, pieceText } from './order-sections.js';
import type { AlertData } from './messages.js';

/** A mail to the shop's owner: what happened, and the page of the admin on which it is handled. */
export function ownerAlert(language: Language, model: OwnerAlertModel): RenderedMail {
  const written: AlertData = {
    subject: oneLine(model.alert === 'digest' ? digestKind(language, model) : model.subject),
    amount: model.amount ? formatMoney(model.amount, language) : '',
    count: model.count ?? 0,
    detail: oneLine(model.detail ?? ''),
    dueAt: model.dueAt && formatMoment(model.dueAt, language),
  };
  const messages =
    model.alert === 'digest' ? DIGEST_MESSAGES[language] : ALERT_MESSAGES[language][model.alert];
  const [title, sentence] = [messages.title(written), messages.text(written)];
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));

  const body = markup`${paragraph(sentence)}${lines.length > 0 ? pieces(lines) : ''}${button(messages.button, model.link)}`;
  const text = mailText(
    language,
    [
      title,
      '',
      sentence,
      '',
      ...lines.map(pieceText),
      ...(lines.length > 0 ? [''] : []),
      `${messages.button}: ${model.link}`,
    ],
    'STAFF',
  );
  return {
    subject: title,
    html: mailPage(language, { title, preview: sentence, body, reader: 'STAFF' }),
    text,
  };
}

function digestKind(language: Language, { about }: OwnerAlertModel): string {
  return (about && DIGEST_KINDS[language][about]) ?? about ?? '';
}
