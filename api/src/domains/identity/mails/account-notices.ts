import type { Database } from '../../../platform/database/database.js';
import type { EventType } from '../../../platform/jobs/define-event.js';
import { defineMail, type Mail } from '../../../platform/mails/define-mail.js';
import type { PageLinks } from '../../store/index.js';
import { findAccountMail } from '../account-mail.js';
import { passwordChanged, secondFactorChanged, tokenReused } from '../identity.events.js';

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
  const notice = <P extends { at: string }>(
    name: string,
    on: EventType<P>,
    isAbout: (payload: P) => boolean = () => true,
  ): Mail =>
    defineMail<P, AccountNoticeModel>({
      ...{ name, on },
      aggregate: 'account',
      layout: 'account-notice',
      async compose({ aggregateId, payload }) {
        const account = isAbout(payload) && (await findAccountMail(database, links, aggregateId));
        if (!account) return null;
        const { email, language, firstName, link } = account;
        return { to: email, language, model: { firstName, at: payload.at, link } };
      },
    });
  return [
    notice('password-changed', passwordChanged),
    notice('session-ended', tokenReused),
    notice('second-factor-on', secondFactorChanged, ({ change }) => change === 'ON'),
    notice('second-factor-off', secondFactorChanged, ({ change }) => change === 'OFF'),
    notice('recovery-codes-renewed', secondFactorChanged, ({ change }) => change === 'CODES_RENEWED'),
    notice('recovery-code-used', secondFactorChanged, ({ change }) => change === 'RECOVERY_CODE_USED'),
  ];
}
