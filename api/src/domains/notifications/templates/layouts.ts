import type { MailFrame, RenderedMail } from '../../../platform/mails/define-mail.js';
import type { MailLayout, Mails } from '../../../platform/mails/mails.js';
import { accountNotice } from './account-notice.js';
import { orderConfirmation } from './order-confirmation.js';
import { orderNotice } from './order-notice.js';
import { orderShipped } from './order-shipped.js';
import { ownerAlert } from './owner-alert.js';
import { passwordReset } from './password-reset.js';

type OneMail = (frame: MailFrame, model: never) => RenderedMail;

/** The layouts of mails that modules define, and the mails that this module queues itself, each a layout of its own. */
export function addLayouts(mails: Pick<Mails, 'addLayout'>): void {
  mails.addLayout('order-notice', orderNotice as MailLayout);
  mails.addLayout('account-notice', accountNotice as MailLayout);
  const own: Record<string, OneMail> = {
    'order-confirmation': orderConfirmation,
    'order-shipped': orderShipped,
    'password-reset': passwordReset,
    'owner-alert': ownerAlert,
  };
  for (const [name, write] of Object.entries(own))
    mails.addLayout(name, (_name, frame, model) => write(frame, model as never));
}
