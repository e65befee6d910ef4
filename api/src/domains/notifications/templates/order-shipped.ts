import { messagesOf } from '../../../platform/messages.js';
import { mailAddressLines } from './mail-address.js';
import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { OrderShippedModel } from './mail-model.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { greetingName } from './greeting.js';
import { formatDay } from '../../../platform/mails/formats.js';
import { markup, oneLine, webAddress } from '../../../platform/mails/markup.js';
import { button, heading, lines, paragraph, pieces, pieceText } from '../../../platform/mails/mail-parts.js';

export function orderShipped(frame: MailFrame, model: OrderShippedModel): RenderedMail {
  const { language } = frame;
  const messages = messagesOf('mails/order-shipped', language);
  const text = (key: string): string => messages.text(key);
  const number = oneLine(model.number);
  const tracking = webAddress(model.trackingUrl);
  const sentences = [
    messages.text('text', {
      firstName: greetingName(model.address.firstName, language),
      number,
    }),
    model.carrier && messages.text('carrier', { carrier: oneLine(model.carrier) }),
    expectedSentence(model, frame),
    model.trackingNumber && messages.text('tracking', { number: oneLine(model.trackingNumber) }),
  ]
    .filter(Boolean)
    .join(' ');
  const [label, link] = tracking ? [text('follow'), tracking] : [text('button'), model.link];

  const body = markup`${paragraph(sentences)}${button(label, link)}${heading(text('pieces'))}${pieces(model.lines)}${heading(text('address'))}${lines(mailAddressLines(model.address, language))}`;
  const plain = mailText(frame, [
    text('title'),
    '',
    sentences,
    '',
    labelled(frame, text('pieces')),
    ...model.lines.map(pieceText),
    '',
    labelled(frame, text('address')),
    ...mailAddressLines(model.address, language),
    '',
    tracking ? labelled(frame, text('follow'), tracking) : null,
    labelled(frame, text('button'), model.link),
  ]);
  return {
    subject: messages.text('subject', { number }),
    html: mailPage(frame, { title: text('title'), preview: sentences, body }),
    text: plain,
  };
}

function expectedSentence({ expectedDelivery }: OrderShippedModel, frame: MailFrame): string | null {
  if (!expectedDelivery) return null;
  const [from, to] = [formatDay(expectedDelivery.from, frame), formatDay(expectedDelivery.to, frame)];
  const messages = messagesOf('mails/order-shipped', frame.language);
  return from === to ? messages.text('arrivesOn', { to }) : messages.text('arrives', { from, to });
}
