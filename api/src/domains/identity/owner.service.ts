import { DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/languages.js';
import { statement, type Database, type Tx, t } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/graphql/context.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { InvalidCredentialsError } from './identity.errors.js';
import { staffChanged } from './identity.events.js';
import { hashPassword } from './sign-in/password.js';
import type { PasswordService } from './sign-in/password.service.js';
import type { SessionService } from './sign-in/session.service.js';
import { acting, lockColleague } from './staff/acting.js';
import { builtInRole, giveRole, lockStaff } from './staff/staff.statements.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from './user.entity.js';

/*
 * The shop's owner
 *
 * An account with an administrator's permissions that also receives alerts. A unique index allows at most one, and a
 * trigger at commit guarantees that there always is one after the first: ownership is transferred, never given up. In
 * one transaction the old owner becomes an administrator and the new one the owner. Locks: that of all writes about staff
 * (`acting.ts`), the owner's account, then the new owner's. A locked account cannot own the shop; the command, which is the
 * last resort, unlocks it.
 *
 * Staff passwords must be longer than customers', and a hash does not reveal the length. So the promotion of a customer
 * invalidates the password and all sessions, and issues a link for choosing a password, as for a new account.
 */

export interface NewOwner {
  readonly email: string;
  /** For a new account; an existing one keeps its own. */
  readonly firstName: string;
  readonly lastName: string;
  readonly language: Language;
}

export interface Appointment {
  readonly owner: UserRow;
  /** The former owner, who is an administrator now; null if there was none, or if it is the same person. */
  readonly before: UserRow | null;
  /** The link with which a new account, or a former customer, chooses a password; null for staff, who have one. */
  readonly passwordLink: string | null;
}

const ownerUnderLock = statement('identity.owner-lock', {
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE role = 'OWNER' FOR UPDATE`,
});
const currentOwner = statement('identity.owner', {
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE role = 'OWNER'`,
});
const insertAccount = statement('identity.owner-insert', {
  params: {
    id: t.uuid,
    email: t.text,
    passwordHash: t.text,
    firstName: t.text,
    lastName: t.text,
    language: t.text,
  },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, language)
   VALUES (:id, :email, :passwordHash, :firstName, :lastName, :language)
   ON CONFLICT (lower(email)) DO NOTHING`,
});
const setRole = statement('identity.set-role', {
  params: { email: t.text, role: t.text },
  row: USER_ROW,
  sql: `UPDATE app_user SET role = :role, updated_at = now() WHERE lower(email) = lower(:email) RETURNING ${USER_COLUMNS}`,
});
const endPassword = statement('identity.owner-end-password', {
  params: { email: t.text, passwordHash: t.text },
  row: { id: t.uuid },
  sql: `UPDATE app_user SET password_hash = :passwordHash WHERE lower(email) = lower(:email) AND role = 'CUSTOMER'
   RETURNING id`,
});

const unlockByEmail = statement('identity.owner-unlock', {
  params: { email: t.text },
  sql: `UPDATE staff_member m SET locked_at = NULL, locked_by = NULL, version = version + 1, updated_at = now()
   FROM app_user u WHERE u.id = m.user_id AND lower(u.email) = lower(:email) AND m.locked_at IS NOT NULL`,
});
const hasPassword = statement('identity.owner-has-password', {
  params: { userId: t.uuid, passwordHash: t.text },
  row: { id: t.uuid },
  sql: 'SELECT id FROM app_user WHERE id = :userId AND password_hash = :passwordHash FOR NO KEY UPDATE',
});

/** Shown on the command line, where owners are appointed. */
export class OwnerRejectedError extends Error {}

export class OwnerService {
  constructor(
    private readonly deps: {
      database: Database;
      passwords: PasswordService;
      sessions: SessionService;
      outbox: Outbox;
      isClosed: (email: string, ip: string | null) => boolean;
    },
  ) {}

  /** Null while the shop has no owner. */
  current(): Promise<UserRow | null> {
    return this.deps.database.row(currentOwner);
  }

  /**
   * Makes a person the owner; creates the account if there is none. Appointing the current owner changes nothing.
   *
   * @throws OwnerRejectedError for an account with a public password, in production
   */
  async appoint(person: NewOwner): Promise<Appointment> {
    if (this.deps.isClosed(person.email, null)) {
      throw new OwnerRejectedError('The password of a demo account is public.');
    }
    // Random: a new owner chooses a password with the link.
    const passwordHash = await hashPassword(newId() + newId());
    return this.deps.database.transaction(async (tx) => {
      await tx.rows(lockStaff);
      const before = await tx.row(ownerUnderLock);
      if (before?.email.toLowerCase() === person.email.toLowerCase())
        return { owner: before, before: null, passwordLink: null };
      const { email, firstName, lastName, language } = person;
      await tx.count(insertAccount, { id: newId(), email, passwordHash, firstName, lastName, language });
      await tx.count(unlockByEmail, { email });
      if (before) await this.setRole(tx, before.email, 'ADMIN');
      // Accounts of customers and new accounts.
      const toChoose = await tx.row(endPassword, { email: person.email, passwordHash });
      const owner = await this.setRole(tx, person.email, 'OWNER');
      if (toChoose) await this.deps.sessions.revokeAllBut(tx, toChoose.id, null);
      const passwordLink = toChoose ? await this.deps.passwords.linkFor(tx, person.email) : null;
      return { owner, before, passwordLink };
    });
  }

  /**
   * Hands the shop on to a member of staff; the caller is an administrator from then on. Asks for the password, so that a
   * browser that was left open is not enough.
   *
   * The password is compared before the transaction, because that takes long, and its hash again under the lock of the
   * account: who changes it meanwhile is heard.
   *
   * @throws InvalidCredentialsError | NotFoundError | StaleVersionError
   * @throws DomainError OWN_ACCOUNT, MEMBER_LOCKED
   */
  async transfer(
    { userId, expectedVersion }: { readonly userId: string; readonly expectedVersion: number },
    password: string,
    viewer: Viewer,
  ): Promise<void> {
    const { database, passwords, sessions, outbox } = this.deps;
    const passwordHash = await passwords.confirm(viewer, password, 'password');
    await database.transaction(async (tx) => {
      const by = await acting(tx, viewer, 'OWNERSHIP');
      const colleague = await lockColleague(tx, userId, expectedVersion);
      if (userId === by.userId)
        throw new DomainError('OWN_ACCOUNT', 'The shop is yours already.', ['staffMemberId']);
      if (colleague.isLocked)
        throw new DomainError('MEMBER_LOCKED', 'Let the colleague in first.', ['staffMemberId']);
      if (!(await tx.row(hasPassword, { userId: by.userId, passwordHash })))
        throw new InvalidCredentialsError(['password']);
      for (const [member, code] of [
        [by.userId, 'ADMIN'],
        [userId, 'OWNER'],
      ] as const) {
        const role = await tx.row(builtInRole, { code });
        const { version = 0 } = (await tx.row(giveRole, { userId: member, roleId: role?.id ?? '' })) ?? {};
        await outbox.append(tx, staffChanged(member, { change: 'ROLE', version }));
      }
    });
    outbox.notifyRelay();
    for (const member of [viewer.userId, userId]) sessions.forgetAllOf(member);
  }

  private async setRole(tx: Tx, email: string, role: 'ADMIN' | 'OWNER'): Promise<UserRow> {
    const user = await tx.row(setRole, { email, role });
    if (!user) throw new Error('An account that was just read is missing');
    return user;
  }
}
