import { InvalidInputError } from '../../../../kernel/errors.js';
import { newId } from '../../../../kernel/ids.js';
import { sha256, type SignedTokens } from '../../../../kernel/tokens.js';
import { statement, t, type Database, type Tx } from '../../../../platform/database/database.js';
import { recordedAs } from '../../../../platform/audit/recording.js';
import { Role } from '../../../../platform/graphql/roles.js';
import type { Outbox } from '../../../../platform/jobs/outbox.js';
import { personName } from '../../customers/person-name.js';
import { EmailTakenError, InvalidCredentialsError, InvalidTokenError } from '../../identity.errors.js';
import { invitationAskedAgain, staffChanged } from '../../identity.events.js';
import type { SignedIn } from '../../sign-in/signed-in-account.js';
import { assertStrongPassword, hashPassword, verifyPassword } from '../../sign-in/password.js';
import { attemptsFrom, type RateLimiter } from '../../sign-in/rate-limiter.js';
import type { RefusedLogins } from '../../sign-in/refused-logins.js';
import type { Caller, SessionService } from '../../sign-in/session.service.js';
import { USER_COLUMNS, USER_ROW, type UserRow } from '../../user.entity.js';
import { permissionsInRole } from '../acting.js';
import { StaffRoleEntity } from '../staff.entity.js';
import { accessForWrite, lockStaff } from '../staff.statements.js';
import * as sql from './invitation.statements.js';

/*
 * How an invitation is accepted
 *
 * Whoever holds the mailed link makes an account of staff with a password of staff. An address with an account of a
 * customer keeps it: its password is asked for, so that the link alone (in a mailbox that somebody else reads) opens no
 * account, and the account is signed out elsewhere, so that nobody who was signed in to it becomes staff unseen. A
 * password that is too short for staff is replaced in the same step, because its length is known at that moment only.
 *
 * Transaction and locks: that of all writes about staff, so that the rights of who invited are those of this moment: an
 * invitation is worth no more than the one who sent it may give. Then the invitation, in the UPDATE that uses it: of
 * several requests with one link exactly one finds it open. Then the account, with its password compared once more.
 */

const account = statement('identity.invitation-accept-account', {
  params: { email: t.text },
  row: { ...USER_ROW, passwordHash: t.text },
  sql: `SELECT ${USER_COLUMNS}, password_hash AS "passwordHash" FROM app_user WHERE lower(email) = lower(:email)`,
});
const insertAccount = statement('identity.invitation-accept-insert', {
  params: {
    ...{ id: t.uuid, email: t.text, passwordHash: t.text, firstName: t.text, lastName: t.text },
    language: t.text,
  },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, language, email_verified_at)
   VALUES (:id, :email, :passwordHash, :firstName, :lastName, :language, now()) ON CONFLICT (lower(email)) DO NOTHING`,
});
const promoteAccount = statement('identity.invitation-accept-promote', {
  params: { id: t.uuid, comparedHash: t.text, passwordHash: t.text },
  sql: `UPDATE app_user SET password_hash = :passwordHash, email_verified_at = coalesce(email_verified_at, now()), updated_at = now()
   WHERE id = :id AND password_hash = :comparedHash AND role = 'CUSTOMER' AND locked_at IS NULL`,
});
const userById = statement('identity.invitation-accept-user', {
  params: { id: t.uuid },
  row: USER_ROW,
  sql: `SELECT ${USER_COLUMNS} FROM app_user WHERE id = :id`,
});

export interface Acceptance {
  readonly token: string;
  /** Of the account that there is, else the new one. */
  readonly password: string;
  /** In place of a customer's password that is too short for staff. */
  readonly newPassword: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

interface Deps {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly limiter: RateLimiter;
  readonly refusedLogins: RefusedLogins;
  readonly sessions: SessionService;
  readonly tokens: SignedTokens;
}

/** An invitation as the holder of its link sees it. */
export interface ShownInvitation extends sql.InvitationRow {
  readonly hasAccount: boolean;
}

export class InvitationAcceptance {
  constructor(private readonly deps: Deps) {}

  /** Null for a link that was replaced, withdrawn, used or forged. */
  async show(token: string, { ip }: Caller): Promise<ShownInvitation | null> {
    await this.limit(ip);
    const invitation = await this.find(token);
    if (!invitation?.isOpen) return null;
    const found = await this.deps.database.row(account, { email: invitation.email });
    return { ...invitation, hasAccount: found !== null };
  }

  /**
   * Tells the one who invited that the link ran out, at most once a day; a mail with a link to the list of people.
   *
   * @throws InvalidTokenError also for a link that can be used
   */
  async askAgain(token: string, { ip }: Caller): Promise<void> {
    await this.limit(ip);
    const invitation = await this.find(token);
    if (!invitation?.isOpen || !invitation.isExpired) throw new InvalidTokenError(['token']);
    const { database, outbox } = this.deps;
    await database.transaction(async (tx) => {
      if ((await tx.count(sql.askAgain, { id: invitation.id, tokenHash: sha256(token) })) > 0)
        await outbox.append(tx, invitationAskedAgain(invitation.id, { at: new Date().toISOString() }));
    });
    outbox.notifyRelay();
  }

  /**
   * Makes the account one of staff and signs it in.
   *
   * @throws InvalidTokenError | InvalidCredentialsError | EmailTakenError (a customer signed up meanwhile: ask again for
   * their password) | WeakPasswordError | StaffPasswordError
   */
  async accept(given: Acceptance, caller: Caller): Promise<SignedIn> {
    await this.limit(caller.ip);
    const invitation = await this.find(given.token);
    if (!invitation?.isOpen || invitation.isExpired) throw new InvalidTokenError(['token']);
    const found = await this.deps.database.row(account, { email: invitation.email });
    if (found) await this.compare(found, given.password, caller);
    else assertNamed(given);
    const chosen = given.newPassword ?? given.password;
    const field = given.newPassword === null ? 'password' : 'newPassword';
    assertStrongPassword(chosen, { email: invitation.email, role: Role.STAFF }, field);
    const isKept = found !== null && given.newPassword === null;
    const passwordHash = isKept ? found.passwordHash : await hashPassword(chosen);
    const id = found?.id ?? newId();
    const write = (tx: Tx) => this.join(tx, { invitation, given, found, id, passwordHash, caller });
    const signedIn = await recordedAs(id, () => this.deps.database.transaction(write));
    this.deps.outbox.notifyRelay();
    this.deps.sessions.forgetAllOf(id);
    return signedIn;
  }

  private async join(
    tx: Tx,
    { invitation, given, found, id, passwordHash, caller }: Joining,
  ): Promise<SignedIn> {
    await tx.rows(lockStaff);
    if (!(await mayStillGive(tx, invitation))) throw new InvalidTokenError(['token']);
    const used = { id: invitation.id, tokenHash: sha256(given.token) };
    if ((await tx.count(sql.useInvitation, used)) === 0) throw new InvalidTokenError(['token']);
    if (found) {
      const compared = { id, comparedHash: found.passwordHash, passwordHash };
      if ((await tx.count(promoteAccount, compared)) === 0) throw new InvalidCredentialsError(['password']);
      await this.deps.sessions.revokeAllBut(tx, id, null);
    } else {
      const { email, language } = invitation;
      const [firstName, lastName] = [personName(given.firstName ?? ''), personName(given.lastName ?? '')];
      const added = { id, email, passwordHash, firstName, lastName, language };
      if ((await tx.count(insertAccount, added)) === 0) throw new EmailTakenError();
    }
    await tx.count(sql.joinStaff, { userId: id, roleId: invitation.roleId });
    await this.deps.outbox.append(tx, staffChanged(id, { change: 'JOINED', version: 1 }));
    const user = (await tx.row(userById, { id })) as UserRow;
    const tokens = await this.deps.sessions.open(tx, user, { passwordHash, caller });
    if (!tokens) throw new Error('The account that was just written has another password.');
    return { user, tokens };
  }

  /** The password of an account that there is, guessed as seldom as in a sign-in. */
  private async compare(
    found: UserRow & { readonly passwordHash: string },
    password: string,
    { ip }: Caller,
  ): Promise<void> {
    const { limiter, refusedLogins } = this.deps;
    const allowance = { burst: 10, everySeconds: 60 };
    await limiter.consume(...attemptsFrom(ip, { action: 'staff-accept', on: found.id, allowance }));
    if (found.role === Role.CUSTOMER && (await verifyPassword(found.passwordHash, password))) return;
    await refusedLogins.note(found.email, found.id);
    throw new InvalidCredentialsError(['password']);
  }

  private async find(token: string): Promise<sql.InvitationRow | null> {
    const tokenId = this.deps.tokens.open(token);
    return tokenId ? this.deps.database.row(sql.invitationOfToken, { tokenId }) : null;
  }

  private limit(ip: string): Promise<void> {
    const allowance = { burst: 30, everySeconds: 20 };
    return this.deps.limiter.consume(...attemptsFrom(ip, { action: 'staff-invitation', allowance }));
  }
}

interface Joining {
  readonly invitation: sql.InvitationRow;
  readonly given: Acceptance;
  readonly found: (UserRow & { readonly passwordHash: string }) | null;
  readonly id: string;
  readonly passwordHash: string;
  readonly caller: Caller;
}

/** @throws InvalidInputError for a new account without a name */
function assertNamed(given: Acceptance): void {
  for (const field of ['firstName', 'lastName'] as const)
    if (personName(given[field] ?? '') === '') throw new InvalidInputError('Give your name.', [field]);
}

/** Whether who invited may give the role still, as the role is now. */
async function mayStillGive(tx: Tx, { invitedBy, roleId }: sql.InvitationRow): Promise<boolean> {
  const by = invitedBy && (await tx.row(accessForWrite, { userId: invitedBy }));
  const role = await tx.repository(StaffRoleEntity).lock({ id: roleId });
  if (!by || by.isLocked || !role) return false;
  const held = permissionsInRole(by);
  return held.has('STAFF_WRITE') && [...permissionsInRole(role)].every((permission) => held.has(permission));
}
