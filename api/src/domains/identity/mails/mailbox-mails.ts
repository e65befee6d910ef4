import type { Database } from '../../../platform/database/database.js';
import { defineMail, type Mail } from '../../../platform/mails/define-mail.js';
import { emailVerifyRequested } from '../identity.events.js';
import { proofForMail } from '../mailbox/mailbox.statements.js';
import type { AccountNoticeModel } from './account-notices.js';

/** Mails whose link shows that the mailbox they came to is its reader's. The first one of an account welcomes. */
export function mailboxMails(database: Database): Mail[] {
  return [
    defineMail<{ tokenId: string; isNew: boolean }, AccountNoticeModel>({
      ...{ name: 'email-verify', alternatives: ['welcome'] },
      on: emailVerifyRequested,
      aggregate: 'account',
      about: 'tokenId',
      layout: 'account-notice',
      async compose({ payload: { tokenId, isNew } }) {
        const proof = await database.row(proofForMail, { tokenId });
        if (!proof) return null;
        const { email, language, firstName, createdAt } = proof;
        const link = { secretLink: 'email-verify', id: tokenId };
        const model = { firstName, at: createdAt.toISOString(), link };
        return { to: email, language, model, ...(isNew && { instead: 'welcome' }) };
      },
    }),
  ];
}
