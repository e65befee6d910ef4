import type { SignedTokens } from '../../../../kernel/tokens.js';
import type { Database } from '../../../../platform/database/database.js';
import type { LinkMaker } from '../../../../platform/mails/secret-link.js';
import { invitationOfToken } from './invitation.statements.js';

/** Makes the links of invitations when their mails are sent; null for one that opens nothing (any more). */
export function invitationLinks(database: Database, tokens: SignedTokens, adminUrl: string): LinkMaker {
  return async ({ id }) => {
    const invitation = await database.row(invitationOfToken, { tokenId: id });
    const isGood = invitation?.isOpen && !invitation.isExpired;
    return isGood ? `${adminUrl}/invitation?token=${tokens.sign(id)}` : null;
  };
}
