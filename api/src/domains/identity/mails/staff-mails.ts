import type { Language } from '../../../kernel/languages.js';
import { statement, t, type Database } from '../../../platform/database/database.js';
import {
  defineMail,
  type Mail,
  type MailFrame,
  type RenderedMail,
} from '../../../platform/mails/define-mail.js';
import { labelled, mailPage, mailText } from '../../../platform/mails/mail-page.js';
import { button, paragraph } from '../../../platform/mails/mail-parts.js';
import { markup } from '../../../platform/mails/markup.js';
import { messagesOf } from '../../../platform/messages.js';
import { invitationAskedAgain, staffInvited } from '../identity.events.js';
import {
  INVITATION_DAYS,
  invitationById,
  invitationOfToken,
} from '../staff/invitations/invitation.statements.js';

interface StaffMailModel {
  /** Who invited, or the address that was invited. */
  readonly who: string;
  readonly link: string;
}

const whomToTell = statement('identity.invitation-whom-to-tell', {
  params: { invitedBy: t.uuid.orNull },
  row: { email: t.text, language: t.textOf<Language>() },
  sql: `SELECT u.email, u.language FROM app_user u JOIN staff_member m ON m.user_id = u.id
   WHERE m.locked_at IS NULL AND (u.id = :invitedBy OR u.role = 'OWNER') ORDER BY u.role = 'OWNER' LIMIT 1`,
});

/** The link of an invitation for the one who is invited; and to who invited, that somebody asks for a new one. */
export function staffMails(database: Database, adminUrl: string): Mail[] {
  const invitation = defineMail<{ tokenId: string }, StaffMailModel>({
    ...{ name: 'staff-invitation', aggregate: 'invitation', on: staffInvited },
    layout: (frame, model) => written('staff-invitation', frame, model),
    sample: () => ({ who: 'Ana Popescu', link: `${adminUrl}/invitation` }),
    async compose({ payload: { tokenId } }) {
      const found = await database.row(invitationOfToken, { tokenId });
      if (!found?.isOpen || found.isExpired) return null;
      const { email, language, invitedByName } = found;
      const link = { secretLink: 'staff-invitation', id: tokenId };
      return { to: email, language, model: { who: invitedByName ?? '', link } };
    },
  });
  const askedAgain = defineMail<{ at: string }, StaffMailModel>({
    ...{ name: 'staff-invitation-asked-again', aggregate: 'invitation', on: invitationAskedAgain },
    layout: (frame, model) => written('staff-invitation-asked-again', frame, model),
    sample: () => ({ who: 'ana@example.com', link: `${adminUrl}/people` }),
    async compose({ aggregateId }) {
      const found = await database.row(invitationById, { id: aggregateId });
      const reader = found?.isOpen && (await database.row(whomToTell, { invitedBy: found.invitedBy }));
      if (!reader) return null;
      const { email: to, language } = reader;
      return { to, language, model: { who: found.email, link: `${adminUrl}/people` } };
    },
  });
  return [invitation, askedAgain];
}

function written(name: string, frame: MailFrame, { who, link }: StaffMailModel): RenderedMail {
  const messages = messagesOf(`mails/${name}`, frame.language);
  const values = { who, shop: frame.shopName, days: INVITATION_DAYS };
  const title = messages.text('title', values);
  const text = messages.text(who === '' ? 'textOfNobody' : 'text', values);
  const advice = messages.text('advice', values);
  const label = messages.text('button');
  const body = markup`${paragraph(text)}${button(label, link)}${paragraph(advice)}`;
  return {
    subject: title,
    html: mailPage(frame, { title, preview: text, body, reader: 'STAFF' }),
    text: mailText(frame, [title, '', text, '', labelled(frame, label, link), '', advice], 'STAFF'),
  };
}
