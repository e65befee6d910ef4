import { DomainError, NotFoundError } from '../../../../kernel/errors.js';
import { newId } from '../../../../kernel/ids.js';
import type { Language } from '../../../../kernel/languages.js';
import { sha256, type SignedTokens } from '../../../../kernel/tokens.js';
import { statement, t, type Database, type Tx } from '../../../../platform/database/database.js';
import type { Viewer } from '../../../../platform/graphql/context.js';
import { Role } from '../../../../platform/graphql/roles.js';
import { StaleVersionError } from '../../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../../platform/jobs/outbox.js';
import { staffInvited } from '../../identity.events.js';
import type { RateLimiter } from '../../sign-in/rate-limiter.js';
import { acting, assertMayGrant, permissionsInRole, type Acting } from '../acting.js';
import { StaffRoleEntity } from '../staff.entity.js';
import * as sql from './invitation.statements.js';

const MOST_OPEN = 100;

const accountOf = statement('identity.invitation-account', {
  params: { email: t.text },
  row: { role: t.textOf<Role>() },
  sql: 'SELECT role FROM app_user WHERE lower(email) = lower(:email)',
});

export interface Invited {
  readonly email: string;
  readonly roleId: string;
  readonly language: Language;
}

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly limiter: RateLimiter;
  readonly tokens: SignedTokens;
  /** Accounts whose password is public. */
  readonly isClosed: (email: string, ip: string | null) => boolean;
}

/**
 * Invitations, as staff write them. Each method is one transaction with the lock of `acting.ts`; nobody invites to, or
 * changes an invitation to, a role that they may not give.
 */
export class InvitationService {
  constructor(private readonly deps: Deps) {}

  /**
   * Mails a link by which somebody begins to work in the shop. An address that was invited before gets a new link and the
   * role of now; the former link opens nothing any more.
   *
   * @throws DomainError GRANT_EXCEEDS_OWN, OWNER_BY_TRANSFER, ALREADY_STAFF, TOO_MANY_INVITATIONS
   * @throws GraphQLError RATE_LIMITED: each invitation is a mail to a stranger
   */
  async invite({ email, roleId, language }: Invited, viewer: Viewer): Promise<string> {
    await this.limit(viewer);
    return this.write(viewer, async (tx, by) => {
      await this.assertGrantable(tx, by, roleId, 'roleId');
      const account = await tx.row(accountOf, { email });
      if ((account && account.role !== Role.CUSTOMER) || this.deps.isClosed(email, null))
        throw new DomainError('ALREADY_STAFF', 'This person works here already.', ['email']);
      const open = await tx.row(sql.openInvitationOf, { email });
      if (open) {
        await this.assertGrantable(tx, by, open.roleId, 'email');
        await this.renew(tx, by, { id: open.id, roleId, language });
        return open.id;
      }
      if (((await tx.row(sql.countOpen))?.count ?? 0) >= MOST_OPEN)
        throw new DomainError(
          'TOO_MANY_INVITATIONS',
          `${MOST_OPEN} invitations are open. Withdraw some first.`,
        );
      const id = newId();
      const link = this.newLink();
      await tx.count(sql.insertInvitation, { id, email, roleId, language, ...link, invitedBy: by.userId });
      await this.deps.outbox.append(tx, staffInvited(id, { tokenId: link.tokenId }));
      return id;
    });
  }

  /** Mails a new link; the former one opens nothing any more. @throws as `invite`, StaleVersionError, NotFoundError */
  async resend(id: string, expectedVersion: number, viewer: Viewer): Promise<void> {
    await this.limit(viewer);
    await this.write(viewer, async (tx, by) => {
      const { roleId, language } = await this.open(tx, by, id, expectedVersion);
      await this.renew(tx, by, { id, roleId, language });
    });
  }

  /** The link opens nothing any more. @throws DomainError GRANT_EXCEEDS_OWN | StaleVersionError | NotFoundError */
  async revoke(id: string, expectedVersion: number, viewer: Viewer): Promise<void> {
    await this.write(viewer, async (tx, by) => {
      await this.open(tx, by, id, expectedVersion);
      await tx.count(sql.revokeInvitation, { id });
    });
  }

  private async write<T>(viewer: Viewer, work: (tx: Tx, by: Acting) => Promise<T>): Promise<T> {
    const result = await this.deps.database.transaction(async (tx) =>
      work(tx, await acting(tx, viewer, 'STAFF_WRITE')),
    );
    this.deps.outbox.notifyRelay();
    return result;
  }

  private async open(tx: Tx, by: Acting, id: string, expectedVersion: number): Promise<sql.InvitationRow> {
    const invitation = await tx.row(sql.invitationById, { id });
    if (!invitation?.isOpen) throw new NotFoundError('invitation', ['invitationId']);
    if (invitation.version !== expectedVersion) throw new StaleVersionError(invitation.version);
    await this.assertGrantable(tx, by, invitation.roleId, 'invitationId');
    return invitation;
  }

  private async assertGrantable(tx: Tx, by: Acting, roleId: string, field: string): Promise<void> {
    const role = await tx.repository(StaffRoleEntity).lock({ id: roleId });
    if (!role) throw new NotFoundError('role', [field]);
    if (role.code === 'OWNER')
      throw new DomainError('OWNER_BY_TRANSFER', 'Hand the shop on instead.', [field]);
    assertMayGrant(by, permissionsInRole(role), field);
  }

  private async renew(
    tx: Tx,
    by: Acting,
    renewed: { readonly id: string; readonly roleId: string; readonly language: Language },
  ): Promise<void> {
    const link = this.newLink();
    await tx.count(sql.renewInvitation, { ...renewed, ...link, invitedBy: by.userId });
    await this.deps.outbox.append(tx, staffInvited(renewed.id, { tokenId: link.tokenId }));
  }

  private newLink(): { tokenId: string; tokenHash: Buffer } {
    const tokenId = newId();
    return { tokenId, tokenHash: sha256(this.deps.tokens.sign(tokenId)) };
  }

  private limit({ userId }: Viewer): Promise<void> {
    const allowance = { burst: 20, everySeconds: 120 };
    return this.deps.limiter.consume({ action: 'staff-invite', by: userId, allowance });
  }
}
