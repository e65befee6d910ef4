import type { Database } from '../../../platform/database/database.js';
import type { EventType } from '../../../platform/jobs/define-event.js';
import { defineMail, type Mail } from '../../../platform/mails/define-mail.js';
import type { PageLinks } from '../../store/index.js';
import { findAccountMail } from '../account-mail.js';
import { passwordChanged, tokenReused } from '../identity.events.js';

/** The data of a notice about the recipient's account. */
export interface AccountNoticeModel {
  readonly firstName: string;
  /** ISO time at which it happened. */
  readonly at: string;
  /** The page on which a password-reset link is requested. */
  readonly link: string;
}

/** Notices of security events to the holder of the account, whoever caused them. */
export function accountNotices(database: Database, links: PageLinks): Mail[] {
  const notice = (name: string, on: EventType<{ at: string }>): Mail =>
    defineMail<{ at: string }, AccountNoticeModel>({
      ...{ name, on },
      aggregate: 'account',
      layout: 'account-notice',
      async compose({ aggregateId, payload: { at } }) {
        const account = await findAccountMail(database, links, aggregateId);
        if (!account) return null;
        const { email, language, firstName, link } = account;
        return { to: email, language, model: { firstName, at, link } };
      },
    });
  return [notice('password-changed', passwordChanged), notice('session-ended', tokenReused)];
}
