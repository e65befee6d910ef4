import { SignedTokens } from '../../../kernel/tokens.js';
import type { Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { LinkMaker } from '../../../platform/mails/secret-link.js';
import type { OwnerService } from '../owner.service.js';
import type { SecondFactorService } from '../second-factor/second-factor.service.js';
import type { PasswordService } from '../sign-in/password.service.js';
import type { RateLimiter } from '../sign-in/rate-limiter.js';
import type { RefusedLogins } from '../sign-in/refused-logins.js';
import type { SessionService } from '../sign-in/session.service.js';
import { InvitationAcceptance } from './invitations/invitation-acceptance.service.js';
import { invitationLinks } from './invitations/invitation-links.js';
import { InvitationResolver } from './invitations/invitation.resolver.js';
import { InvitationService } from './invitations/invitation.service.js';
import { RoleResolver } from './role.resolver.js';
import { RoleService } from './role.service.js';
import { StaffInvitationEntity, StaffMemberEntity, StaffRoleEntity } from './staff.entity.js';
import { StaffResolver } from './staff.resolver.js';
import { StaffService } from './staff.service.js';

export const staffEntities = [StaffRoleEntity, StaffMemberEntity, StaffInvitationEntity];
export const staffResolvers = [StaffResolver, RoleResolver, InvitationResolver];

interface StaffDeps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly limiter: RateLimiter;
  readonly refusedLogins: RefusedLogins;
  readonly owners: OwnerService;
  readonly passwords: PasswordService;
  readonly sessions: SessionService;
  readonly factors: SecondFactorService;
  readonly isClosed: (email: string, ip: string | null) => boolean;
  readonly secret: string;
  readonly adminUrl: string;
}

/** Builds what is about people who work in the shop, their roles and invitations. */
export function createStaff(deps: StaffDeps): { resolvers: object[]; invitationLink: LinkMaker } {
  const { database, outbox, owners, secret, adminUrl } = deps;
  const tokens = new SignedTokens(secret, 'staff-invitation');
  return {
    resolvers: [
      new StaffResolver(new StaffService(deps), owners),
      new RoleResolver(new RoleService(database, outbox)),
      new InvitationResolver(
        new InvitationService({ ...deps, tokens }),
        new InvitationAcceptance({ ...deps, tokens }),
      ),
    ],
    invitationLink: invitationLinks(database, tokens, adminUrl),
  };
}
