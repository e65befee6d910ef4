import { DomainError } from '../../kernel/errors.js';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/languages.js';
import type { Database, Tx } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/graphql/context.js';
import { Role } from '../../platform/graphql/roles.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { EmailTakenError, InvalidCredentialsError } from './identity.errors.js';
import { staffChanged } from './identity.events.js';
import * as sql from './owner.statements.js';
import { personName } from './customers/person-name.js';
import { assertStrongPassword, hashPassword } from './sign-in/password.js';
import type { SecondFactorService } from './second-factor/second-factor.service.js';
import type { PasswordService } from './sign-in/password.service.js';
import type { SessionService } from './sign-in/session.service.js';
import { acting, lockColleague } from './staff/acting.js';
import { builtInRole, giveRole, lockStaff, touchMember } from './staff/staff.statements.js';
import type { UserRow } from './user.entity.js';

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

/** Shown on the command line, where owners are appointed. */
export class OwnerRejectedError extends Error {}

export class OwnerService {
  constructor(
    private readonly deps: {
      database: Database;
      passwords: PasswordService;
      sessions: SessionService;
      factors: SecondFactorService;
      outbox: Outbox;
      isClosed: (email: string, ip: string | null) => boolean;
    },
  ) {}

  /**
   * Takes the second factor off the owner, who has nobody above: for the command line. Signs them out everywhere; they are
   * told by mail. Null where the shop has no owner, or the owner no second factor.
   */
  async removeFactor(): Promise<UserRow | null> {
    const { database, factors, sessions, outbox } = this.deps;
    const owner = await database.transaction(async (tx) => {
      await tx.rows(lockStaff);
      const found = await tx.row(sql.ownerUnderLock);
      if (!found || !(await factors.remove(tx, found.id))) return null;
      const { version = 0 } = (await tx.row(touchMember, { userId: found.id })) ?? {};
      await outbox.append(tx, staffChanged(found.id, { change: 'FACTOR_REMOVED', version }));
      await sessions.revokeAllBut(tx, found.id, null);
      return found;
    });
    outbox.notifyRelay();
    return owner;
  }

  /** Null while the shop has no owner. */
  current(): Promise<UserRow | null> {
    return this.deps.database.row(sql.currentOwner);
  }

  /**
   * Makes a person the owner; creates the account if there is none, and lets it in if it is locked. Appointing the current
   * owner changes nothing.
   *
   * @throws OwnerRejectedError for an account with a public password, in production
   */
  async appoint(person: NewOwner): Promise<Appointment> {
    if (this.deps.isClosed(person.email, null)) {
      throw new OwnerRejectedError('The password of a demo account is public.');
    }
    // Random: a new owner chooses a password with the link.
    const passwordHash = await hashPassword(newId() + newId());
    const appointment = await this.deps.database.transaction(async (tx) => {
      await tx.rows(lockStaff);
      const before = await tx.row(sql.ownerUnderLock);
      if (before?.email.toLowerCase() === person.email.toLowerCase())
        return { owner: before, before: null, passwordLink: null };
      const { email, firstName, lastName, language } = person;
      await tx.count(sql.insertAccount, { id: newId(), email, passwordHash, firstName, lastName, language });
      const member = await tx.row(sql.memberByEmail, { email });
      await tx.count(sql.unlockByEmail, { email });
      if (before) await this.setRole(tx, before.email, 'ADMIN');
      // Accounts of customers and new accounts.
      const toChoose = await tx.row(sql.endPassword, { email: person.email, passwordHash });
      const owner = await this.setRole(tx, person.email, 'OWNER');
      if (toChoose) await this.deps.sessions.revokeAllBut(tx, toChoose.id, null);
      await tx.rows(sql.announce);
      const passwordLink = toChoose ? await this.deps.passwords.linkFor(tx, person.email) : null;
      if (before) await this.tellRole(tx, before.email, 'ROLE');
      await this.tellRole(tx, email, member ? 'ROLE' : 'JOINED');
      return { owner, before, passwordLink };
    });
    this.deps.outbox.notifyRelay();
    return appointment;
  }

  /**
   * The hash of the password of who is to be the first owner; it takes too long for a transaction.
   *
   * @throws WeakPasswordError, StaffPasswordError, EmailTakenError for an account with a public password, in production
   */
  async firstPassword({ email }: Pick<NewOwner, 'email'>, password: string): Promise<string> {
    if (this.deps.isClosed(email, null)) throw new EmailTakenError();
    assertStrongPassword(password, { email, role: Role.OWNER });
    return hashPassword(password);
  }

  /**
   * Makes the first owner of a shop, as part of the transaction that sets it up; null where the shop has one. Somebody who
   * made an account with this address before is signed out, and the password is the new one: who sets the shop up has come
   * by its link, and the other has proved nothing.
   */
  async begin(tx: Tx, person: NewOwner, passwordHash: string): Promise<UserRow | null> {
    await tx.rows(lockStaff);
    if (await tx.row(sql.ownerUnderLock)) return null;
    const { email, language } = person;
    const [firstName, lastName] = [personName(person.firstName), personName(person.lastName)];
    const named = { email, passwordHash, firstName, lastName, language };
    if ((await tx.count(sql.insertAccount, { id: newId(), ...named })) === 0) {
      const account = await tx.row(sql.takeOver, named);
      if (account) await this.deps.sessions.revokeAllBut(tx, account.id, null);
    }
    const owner = await this.setRole(tx, email, 'OWNER');
    await this.tellRole(tx, email, 'JOINED');
    await tx.rows(sql.announce);
    return owner;
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
      if (!(await tx.row(sql.hasPassword, { userId: by.userId, passwordHash })))
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

  private async tellRole(tx: Tx, email: string, change: 'ROLE' | 'JOINED'): Promise<void> {
    const { userId = '', version = 0 } = (await tx.row(sql.memberByEmail, { email })) ?? {};
    await this.deps.outbox.append(tx, staffChanged(userId, { change, version }));
  }

  private async setRole(tx: Tx, email: string, role: 'ADMIN' | 'OWNER'): Promise<UserRow> {
    const user = await tx.row(sql.setRole, { email, role });
    if (!user) throw new Error('An account that was just read is missing');
    return user;
  }
}
