import type { Database } from '../../../platform/database/database.js';
import { defineMail, type Mail } from '../../../platform/mails/define-mail.js';
import type { PageLinks } from '../../store/index.js';
import { emailChanged, emailChangeRequested, emailVerifyRequested } from '../identity.events.js';
import { changeForMail } from '../mailbox/email-change.statements.js';
import { proofForMail } from '../mailbox/mailbox.statements.js';
import type { AccountNoticeModel } from './account-notices.js';

const SHARED = { aggregate: 'account', about: 'tokenId', layout: 'account-notice' } as const;

/** Mails about the address of an account: links that prove a mailbox, and notices to the address that it has or had. */
export function mailboxMails(database: Database, links: PageLinks): Mail[] {
  return [proof(database), newAddress(database), ...formerAddress(database, links)];
}

/** The first one of an account welcomes. */
function proof(database: Database): Mail {
  return defineMail<{ tokenId: string; isNew: boolean }, AccountNoticeModel>({
    ...{ ...SHARED, name: 'email-verify', alternatives: ['welcome'], on: emailVerifyRequested },
    async compose({ payload: { tokenId, isNew } }) {
      const found = await database.row(proofForMail, { tokenId });
      if (!found) return null;
      const { email, language, firstName, createdAt } = found;
      const link = { secretLink: 'email-verify', id: tokenId };
      const model = { firstName, at: createdAt.toISOString(), link };
      return { to: email, language, model, ...(isNew && { instead: 'welcome' }) };
    },
  });
}

function newAddress(database: Database): Mail {
  return defineMail<{ tokenId: string }, AccountNoticeModel>({
    ...{ ...SHARED, name: 'email-change', on: emailChangeRequested },
    async compose({ payload: { tokenId } }) {
      const change = await database.row(changeForMail, { tokenId });
      if (!change?.isOpen) return null;
      const { email, language, firstName } = change;
      const link = { secretLink: 'email-change', id: tokenId };
      return { to: email, language, model: { firstName, at: new Date().toISOString(), link } };
    },
  });
}

/** Whoever reads it and wants no other address chooses another password, which ends the link; afterwards, writes to the shop. */
function formerAddress(database: Database, links: PageLinks): Mail[] {
  return [
    defineMail<{ tokenId: string }, AccountNoticeModel>({
      ...{ ...SHARED, name: 'email-change-requested', on: emailChangeRequested },
      async compose({ payload: { tokenId } }) {
        const change = await database.row(changeForMail, { tokenId });
        if (!change) return null;
        const { current, replaced, language, firstName } = change;
        const model = {
          firstName,
          at: new Date().toISOString(),
          link: await links(language, '/forgot-password'),
        };
        return { to: replaced ?? current, language, model };
      },
    }),
    defineMail<{ tokenId: string }, AccountNoticeModel>({
      ...{ ...SHARED, name: 'email-changed', on: emailChanged },
      async compose({ payload: { tokenId } }) {
        const change = await database.row(changeForMail, { tokenId });
        if (!change?.replaced) return null;
        const { replaced, language, firstName } = change;
        const model = { firstName, at: new Date().toISOString(), link: await links(language, '/') };
        return { to: replaced, language, model };
      },
    }),
  ];
}
