import { messagesOf } from '../../../platform/messages.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { PasswordResetModel } from './mail-model.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { button, paragraph } from '../../../platform/mails/mail-parts.js';
import { greetingName } from './greeting.js';
import { markup } from '../../../platform/mails/markup.js';

export function passwordReset(frame: MailFrame, { firstName, link }: PasswordResetModel): RenderedMail {
  const { language } = frame;
  const messages = messagesOf('mails/password-reset', language);
  const title = messages.text('title');
  const request = messages.text('text', { firstName: greetingName(firstName, language) });
  const advice = messages.text('advice');
  const label = messages.text('button');
  const body = markup`${paragraph(request)}${button(label, link)}${paragraph(advice)}`;
  return {
    subject: messages.text('subject'),
    html: mailPage(frame, { title, preview: request, body }),
    text: mailText(frame, [title, '', request, '', labelled(frame, label, link), '', advice]),
  };
}
