import type { MailFrame, RenderedMail, SampleFrame } from '../../../platform/mails/define-mail.js';
import type { MailLayout, Mails } from '../../../platform/mails/mails.js';
import { accountNotice } from './account-notice.js';
import { orderConfirmation } from './order-confirmation.js';
import { orderNotice } from './order-notice.js';
import { orderShipped } from './order-shipped.js';
import { ownerAlert } from './owner-alert.js';
import { passwordReset } from './password-reset.js';
import { alertPreviews, sampleOfAlert } from './alert-samples.js';
import * as samples from './samples.js';

interface OneMail {
  readonly write: (frame: MailFrame, model: never) => RenderedMail;
  readonly sample: (frame: SampleFrame) => object;
}

/** The layouts of mails that modules define, and the mails that this module queues itself, each a layout of its own. */
export function addLayouts(mails: Pick<Mails, 'addLayout' | 'addOwnLayout'>): void {
  mails.addLayout('order-notice', orderNotice as MailLayout, samples.sampleOfOrderNotice);
  // An alert is stored under this name; its previews are one for each kind and cause.
  mails.addLayout(
    'owner-alert',
    (_name, frame, model) => ownerAlert(frame, model as never),
    (_name, frame) => sampleOfAlert('new-order', frame),
  );
  mails.addLayout('account-notice', accountNotice as MailLayout, samples.sampleOfAccountNotice);
  const own: Record<string, OneMail> = {
    'order-confirmation': { write: orderConfirmation, sample: samples.sampleOfOrderConfirmation },
    'order-shipped': { write: orderShipped, sample: samples.sampleOfOrderShipped },
    'password-reset': { write: passwordReset, sample: samples.sampleOfPasswordReset },
  };
  for (const [name, sample] of Object.entries(alertPreviews())) own[name] = { write: ownerAlert, sample };
  for (const [name, { write, sample }] of Object.entries(own))
    mails.addOwnLayout(
      name,
      (_name, frame, model) => write(frame, model as never),
      (_name, frame) => sample(frame),
    );
}
