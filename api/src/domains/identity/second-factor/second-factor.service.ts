import { DomainError } from '../../../kernel/errors.js';
import type { Clock } from '../../../kernel/clock.js';
import type { SecurityEvent, SecurityLog } from '../../../kernel/security-log.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/graphql/context.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { shopGroup, type SealedValues, type SettingsService } from '../../store/index.js';
import { InvalidCredentialsError } from '../identity.errors.js';
import { secondFactorChanged } from '../identity.events.js';
import type { PasswordService } from '../sign-in/password.service.js';
import type { RateLimiter } from '../sign-in/rate-limiter.js';
import type { SessionService } from '../sign-in/session.service.js';
import { hashOfRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import * as sql from './second-factor.statements.js';
import { addressOf, newSecret, stepOf } from './totp.js';

/*
 * The second factor of an account
 *
 * Transactions and locks: each begins with the lock of the account (FOR NO KEY UPDATE), so beginning, confirming, taking a
 * code, renewing and removing happen one after the other. A sign-in waits for the same row (`open-session`, FOR SHARE), and
 * opens no session for an account that has a factor by then unless a code of it was taken in the same transaction.
 *
 * Codes are counted before they are compared, in the database: five in fifteen minutes for an account, however many networks
 * they come from. A code that was taken is given back, so that whoever types right is never kept out by themselves.
 */

/** What was typed: a code of the app, or a recovery code. */
export type TypedCode =
  | { readonly kind: 'APP'; readonly step: number }
  | { readonly kind: 'RECOVERY'; readonly codeHash: Buffer };

/** A secret for the app, before the app has shown a code of it. */
export interface BegunFactor {
  readonly secret: string;
  readonly address: string;
}

export interface SecondFactorDeps {
  readonly database: Database;
  readonly clock: Clock;
  readonly limiter: RateLimiter;
  readonly outbox: Outbox;
  readonly passwords: PasswordService;
  readonly sessions: SessionService;
  readonly securityLog: SecurityLog;
  readonly sealedValues: SealedValues;
  readonly settings: Pick<SettingsService, 'get'>;
}

const attempts = (userId: string) => ({
  ...{ action: 'second-factor', by: userId },
  allowance: { burst: 5, everySeconds: 180 },
});
export const placeOf = (userId: string) => ({ integration: 'second-factor', name: userId });

/** Switching the second factor on and off, and taking its codes. */
export class SecondFactorService {
  constructor(private readonly deps: SecondFactorDeps) {}

  /**
   * A new secret; one that was begun before and not confirmed is void. Asks for the password, so that a browser that was
   * left open is not enough.
   *
   * @throws InvalidCredentialsError | DomainError SECOND_FACTOR_ON, STAFF_ONLY, SECRETS_KEY_UNUSABLE
   */
  async start({ userId, role }: Viewer, password: string): Promise<BegunFactor> {
    if (role === Role.CUSTOMER)
      throw new DomainError('STAFF_ONLY', 'Only people who work in the shop have one.');
    const { database, passwords, sealedValues, settings } = this.deps;
    await passwords.confirm({ userId }, password, 'password');
    const secret = newSecret();
    const sealed = sealedValues.seal(secret, placeOf(userId));
    const email = await database.transaction(async (tx) => {
      const account = await this.lock(tx, userId);
      if ((await tx.count(sql.beginTotp, { userId, ...sealed })) === 0)
        throw new DomainError('SECOND_FACTOR_ON', 'The second factor is on already.');
      return account;
    });
    const { name } = await settings.get(shopGroup);
    return { secret, address: addressOf(secret, { shop: name, account: email }) };
  }

  /**
   * Switches it on once the app shows a code; signs out every other device. Answers the recovery codes, which are shown only
   * now.
   *
   * @throws DomainError SECOND_FACTOR_WRONG, SECOND_FACTOR_NOT_BEGUN, SECOND_FACTOR_ON
   */
  async confirm({ userId, sessionId }: Viewer, code: string): Promise<string[]> {
    const { database, limiter, clock, sessions } = this.deps;
    await limiter.consume(attempts(userId));
    const begun = await database.row(sql.totpOf, { userId });
    if (!begun) throw new DomainError('SECOND_FACTOR_NOT_BEGUN', 'Begin anew: there is no secret.');
    if (begun.confirmedAt) throw new DomainError('SECOND_FACTOR_ON', 'The second factor is on already.');
    const secret = this.deps.sealedValues.unseal(begun, placeOf(userId));
    const step = secret === null ? null : stepOf(code, secret, clock.now());
    if (step === null) throw wrongCode();
    const codes = newRecoveryCodes();
    await database.transaction(async (tx) => {
      await this.lock(tx, userId);
      const { ciphertext } = begun;
      if ((await tx.count(sql.confirmTotp, { userId, step, ciphertext })) === 0) throw wrongCode();
      await this.writeRecoveryCodes(tx, userId, codes);
      await sessions.revokeAllBut(tx, userId, sessionId);
      await this.appendChange(tx, userId, 'ON');
    });
    await this.done(userId, 'second-factor-on');
    return codes;
  }

  /** Switches it off, by a fresh code or a recovery code. @throws DomainError SECOND_FACTOR_WRONG, SECOND_FACTOR_OFF */
  async disable({ userId }: Viewer, code: string): Promise<void> {
    await this.withCode(userId, code, async (tx) => {
      await this.remove(tx, userId);
    });
    await this.done(userId, 'second-factor-off');
  }

  /** New recovery codes; the former are void. @throws DomainError SECOND_FACTOR_WRONG, SECOND_FACTOR_OFF */
  async renewRecoveryCodes({ userId }: Viewer, code: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.withCode(userId, code, async (tx) => {
      await this.writeRecoveryCodes(tx, userId, codes);
      await this.appendChange(tx, userId, 'CODES_RENEWED');
    });
    await this.done(userId, 'recovery-codes-renewed');
    return codes;
  }

  /** In a transaction that has locked the account: takes it from somebody who lost it. False where there was none. */
  async remove(tx: Tx, userId: string): Promise<boolean> {
    const removed = await tx.row(sql.deleteTotp, { userId });
    await tx.count(sql.deleteRecoveryCodes, { userId });
    if (!removed?.wasOn) return false;
    await this.appendChange(tx, userId, 'OFF');
    return true;
  }

  /**
   * Counts an attempt and reads what was typed; a wrong code of the app is refused here. Call `take` in the transaction that
   * does the work, then `settled`.
   *
   * @throws DomainError SECOND_FACTOR_WRONG, SECOND_FACTOR_OFF, SECOND_FACTOR_UNREADABLE | GraphQLError RATE_LIMITED
   */
  async read(userId: string, code: string): Promise<TypedCode> {
    const { database, limiter, clock, sealedValues } = this.deps;
    await limiter.consume(attempts(userId));
    const factor = await database.row(sql.totpOf, { userId });
    if (!factor?.confirmedAt) throw new DomainError('SECOND_FACTOR_OFF', 'The second factor is not on.');
    const codeHash = hashOfRecoveryCode(code);
    if (codeHash) return { kind: 'RECOVERY', codeHash };
    const secret = sealedValues.unseal(factor, placeOf(userId));
    if (secret === null)
      throw new DomainError(
        'SECOND_FACTOR_UNREADABLE',
        'The key that reads the secret of the app is lost. Type a recovery code.',
        ['code'],
      );
    const step = stepOf(code, secret, clock.now());
    if (step === null) throw wrongCode();
    return { kind: 'APP', step };
  }

  /** Locks the account and takes the code, once. @throws DomainError SECOND_FACTOR_WRONG a code that was taken before too */
  async take(tx: Tx, userId: string, typed: TypedCode): Promise<void> {
    await this.lock(tx, userId);
    const taken =
      typed.kind === 'APP'
        ? await tx.count(sql.takeStep, { userId, step: typed.step })
        : await tx.count(sql.takeRecoveryCode, { userId, codeHash: typed.codeHash });
    if (taken === 0) throw wrongCode();
    if (typed.kind === 'RECOVERY') await this.appendChange(tx, userId, 'RECOVERY_CODE_USED');
  }

  /** After the transaction in which a code was taken. */
  async settled(userId: string): Promise<void> {
    this.deps.outbox.notifyRelay();
    await this.deps.limiter.giveBack(attempts(userId));
  }

  private async withCode(userId: string, code: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    const typed = await this.read(userId, code);
    await this.deps.database.transaction(async (tx) => {
      await this.take(tx, userId, typed);
      await work(tx);
    });
  }

  private async writeRecoveryCodes(tx: Tx, userId: string, codes: readonly string[]): Promise<void> {
    await tx.count(sql.deleteRecoveryCodes, { userId });
    const hashes = codes.map((code) => hashOfRecoveryCode(code)?.toString('hex') ?? '');
    await tx.count(sql.insertRecoveryCodes, { userId, hashes });
  }

  private async lock(tx: Tx, userId: string): Promise<string> {
    const account = await tx.row(sql.lockAccount, { userId });
    if (!account) throw new InvalidCredentialsError();
    return account.email;
  }

  private appendChange(
    tx: Tx,
    userId: string,
    change: 'ON' | 'OFF' | 'CODES_RENEWED' | 'RECOVERY_CODE_USED',
  ): Promise<void> {
    return this.deps.outbox.append(tx, secondFactorChanged(userId, { change, at: new Date().toISOString() }));
  }

  private async done(userId: string, what: SecurityEvent): Promise<void> {
    await this.settled(userId);
    this.deps.sessions.forgetAllOf(userId);
    this.deps.securityLog.record(what, { accountId: userId });
  }
}

export function wrongCode(): DomainError {
  return new DomainError('SECOND_FACTOR_WRONG', 'This code is wrong or was used.', ['code']);
}
