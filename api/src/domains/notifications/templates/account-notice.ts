import { messagesOf } from '../../../platform/messages.js';
import { formatMoment } from '../../../platform/mails/formats.js';
import { greetingName } from './greeting.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { button, paragraph } from '../../../platform/mails/mail-parts.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { AccountNoticeModel } from '../../identity/index.js';
import { markup } from '../../../platform/mails/markup.js';

/**
 * Notifies a person of a security event of their account. Its button opens the page that requests a reset link, and has
 * no effect by itself.
 */
export function accountNotice(
  name: string,
  frame: MailFrame,
  { firstName, at, link }: AccountNoticeModel,
): RenderedMail {
  const { language } = frame;
  const messages = messagesOf(`mails/${name}`, language);
  const title = messages.text('title');
  const text = messages.text('text', {
    firstName: greetingName(firstName, language),
    at: formatMoment(at, frame),
  });
  const advice = messages.text('advice');
  const label = messages.text('button');
  const body = markup`${paragraph(text)}${paragraph(advice)}${button(label, link)}`;
  return {
    subject: title,
    html: mailPage(frame, { title, preview: text, body }),
    text: mailText(frame, [title, '', text, '', advice, '', labelled(frame, label, link)]),
  };
}
