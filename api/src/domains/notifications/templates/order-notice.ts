import type { Language } from '../../../kernel/languages.js';
import type { OrderNotice, OrderNoticeModel, RenderedMail } from './mail-model.js';
import { formatMoney, formatMoment } from './formats.js';
import { button, heading, mailPage, mailText, paragraph } from './mail-layout.js';
import { greetingName } from './greeting.js';
import { markup, oneLine } from './markup.js';
import { COMMON_WORDS, NOTICE_MESSAGES } from './order-notice-messages.js';
import { details, pieces, pieceText, sums } from './order-sections.js';
import type { NoticeData } from './messages.js';

/** A short mail about an order: some sentences, the lines or values concerned, and one button. */
export function orderNotice(notice: OrderNotice, language: Language, model: OrderNoticeModel): RenderedMail {
  const { amount, dueAt, transfer } = model;
  const written: NoticeData = {
    number: oneLine(model.number),
    firstName: greetingName(model.firstName, language),
    amount: amount ? formatMoney(amount, language) : '',
    dueAt: dueAt && formatMoment(dueAt, language),
    reference: oneLine(model.reference ?? ''),
  };
  const messages = NOTICE_MESSAGES[notice][language];
  const common = COMMON_WORDS[language];
  const [title, sentences] = [messages.title(written), messages.text(written)];
  const note = model.note?.trim() ? oneLine(model.note) : null;
  const lines = model.lines.map((line) => ({ ...line, price: formatMoney(line.total, language) }));
  const account = transfer
    ? [
        { label: common.holder, value: oneLine(transfer.holder) },
        { label: 'IBAN', value: grouped(transfer.iban) },
        { label: common.reference, value: oneLine(transfer.reference) },
        { label: common.amount, value: written.amount },
      ]
    : [];
  const total = lines.length > 0 ? [{ label: common.total, amount: written.amount, isTotal: true }] : [];

  const body = markup`${sentences.map(paragraph)}${note ? quoted(common.note, note) : ''}${account.length > 0 ? details(account) : ''}${button(messages.button, model.link)}${lines.length > 0 ? markup`${heading(common.pieces)}${pieces(lines)}${sums(total)}` : ''}`;
  const text = mailText(language, [
    title,
    '',
    ...sentences.flatMap((sentence) => [sentence, '']),
    ...(note ? [`${common.note}: ${note}`, ''] : []),
    ...account.map(({ label, value }) => `${label}: ${value}`),
    ...(account.length > 0 ? [''] : []),
    ...(lines.length > 0 ? [`${common.pieces}:`, ...lines.map(pieceText), ''] : []),
    ...total.map(({ label, amount: sum }) => `${label}: ${sum}`),
    `${messages.button}: ${model.link}`,
  ]);
  return {
    subject: messages.subject(written),
    html: mailPage(language, { title, preview: sentences[0] ?? title, body }),
    text,
  };
}

function quoted(label: string, words: string) {
  return markup`<p class="rule" style="margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid #e6dfd4"><span class="muted" style="font-size:14px;color:#6b6257">${label}</span><br>${words}</p>\n`;
}

/** An account number in groups of four. */
function grouped(iban: string): string {
  return iban.replace(/\s+/g, '').replace(/(.{4})(?=.)/g, '$1 ');
}
