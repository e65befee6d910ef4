import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { staffChanged } from '../identity.events.js';
import type { SecondFactorService } from '../second-factor/second-factor.service.js';
import type { PasswordService } from '../sign-in/password.service.js';
import type { SessionService } from '../sign-in/session.service.js';
import { acting, assertMayGrant, assertMayTouch, lockColleague, permissionsInRole } from './acting.js';
import type { Acting, Colleague } from './acting.js';
import { lockAccount } from '../second-factor/second-factor.statements.js';
import { StaffRoleEntity } from './staff.entity.js';
import * as sql from './staff.statements.js';

interface Deps {
  readonly database: Database;
  readonly sessions: SessionService;
  readonly passwords: PasswordService;
  readonly outbox: Outbox;
  readonly factors: SecondFactorService;
}

/** A person as the caller saw them. */
export interface SeenColleague {
  readonly userId: string;
  readonly expectedVersion: number;
}

type Change = 'ROLE' | 'LOCKED' | 'UNLOCKED' | 'REMOVED' | 'FACTOR_REMOVED';

/** Changes of people who work in the shop; `acting.ts` says who may change whom, and what is locked. */
export class StaffService {
  constructor(private readonly deps: Deps) {}

  /**
   * Gives a person another role. Their next request is checked by it; tokens of before are refused where the built-in role
   * changed, and sockets close.
   *
   * @throws DomainError GRANT_EXCEEDS_OWN, OWN_ACCOUNT, LAST_OWNER, OWNER_BY_TRANSFER | NotFoundError | StaleVersionError
   */
  async giveRole(seen: SeenColleague, roleId: string, viewer: Viewer): Promise<void> {
    await this.change(seen, viewer, 'ROLE', async (tx, by, colleague) => {
      const role = await tx.repository(StaffRoleEntity).lock({ id: roleId });
      if (!role) throw new NotFoundError('role', ['roleId']);
      if (role.code === 'OWNER')
        throw new DomainError('OWNER_BY_TRANSFER', 'Hand the shop on instead.', ['roleId']);
      assertMayGrant(by, permissionsInRole(role), 'roleId');
      if (roleId === colleague.roleId) return false;
      await tx.row(sql.giveRole, { userId: colleague.userId, roleId });
      return true;
    });
  }

  /**
   * Locks a person out: ends their sessions, and the links that would choose a new password. Nobody signs in to the account
   * until it is unlocked, neither to the admin nor to the storefront.
   *
   * @throws as `giveRole`
   */
  async lock(seen: SeenColleague, viewer: Viewer): Promise<void> {
    await this.change(seen, viewer, 'LOCKED', async (tx, by, { userId }) => {
      if ((await tx.count(sql.lockMember, { userId, lockedBy: by.userId })) === 0) return false;
      await this.signOut(tx, userId);
      return true;
    });
  }

  /** @throws as `giveRole` */
  async unlock(seen: SeenColleague, viewer: Viewer): Promise<void> {
    await this.change(
      seen,
      viewer,
      'UNLOCKED',
      async (tx, _by, { userId }) => (await tx.count(sql.unlockMember, { userId })) > 0,
    );
  }

  /**
   * Ends somebody's work in the shop: the account stays as that of a customer, signed out everywhere, so that the audit log
   * still knows the name.
   *
   * @throws as `giveRole`
   */
  async remove(seen: SeenColleague, viewer: Viewer): Promise<void> {
    await this.change(seen, viewer, 'REMOVED', async (tx, _by, { userId }) => {
      await tx.count(sql.removeMember, { userId });
      await this.signOut(tx, userId);
      // Its page is in the admin, which a customer does not see.
      await this.deps.factors.remove(tx, userId);
      return true;
    });
  }

  /**
   * Takes the second factor off somebody who has lost it: signs them out everywhere, and from then on the password alone
   * signs in. They are told by mail.
   *
   * @throws as `giveRole` | DomainError SECOND_FACTOR_OFF
   */
  async removeFactor(seen: SeenColleague, viewer: Viewer): Promise<void> {
    await this.change(seen, viewer, 'FACTOR_REMOVED', async (tx, _by, { userId }) => {
      await tx.row(lockAccount, { userId });
      if (!(await this.deps.factors.remove(tx, userId)))
        throw new DomainError('SECOND_FACTOR_OFF', 'This person has no second factor.', ['staffMemberId']);
      await tx.row(sql.touchMember, { userId });
      await this.deps.sessions.revokeAllBut(tx, userId, null);
      return true;
    });
  }

  /** @param work whether it changed anything */
  private async change(
    { userId, expectedVersion }: SeenColleague,
    viewer: Viewer,
    change: Change,
    work: (tx: Tx, by: Acting, colleague: Colleague) => Promise<boolean>,
  ): Promise<void> {
    const { database, outbox, sessions } = this.deps;
    const isChanged = await database.transaction(async (tx) => {
      const by = await acting(tx, viewer, 'STAFF_WRITE');
      const colleague = await lockColleague(tx, userId, expectedVersion);
      assertMayTouch(by, colleague);
      if (!(await work(tx, by, colleague))) return false;
      await outbox.append(tx, staffChanged(userId, { change, version: expectedVersion + 1 }));
      return true;
    });
    if (!isChanged) return;
    sessions.forgetAllOf(userId);
    outbox.notifyRelay();
  }

  private async signOut(tx: Tx, userId: string): Promise<void> {
    await this.deps.passwords.voidLinks(tx, userId);
    await this.deps.sessions.revokeAllBut(tx, userId, null);
  }
}
