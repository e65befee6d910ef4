import { defineErrors } from '../../kernel/error-codes.js';
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { DomainError } from '../../kernel/errors.js';

export const identityErrors = defineErrors({
  INVALID_CREDENTIALS:
    'E-mail or password is wrong, or the account is closed; the error does not reveal which.',
  EMAIL_TAKEN: 'Another account has this e-mail.',
  WEAK_PASSWORD: 'The password is too short, too long, or among the first that are tried.',
  STAFF_PASSWORD_TOO_SHORT: 'The password of a member of staff has at least 12 characters.',
  SECOND_FACTOR_REQUIRED:
    'The password is right, and the account asks for a code too: give it to `loginSecondFactor` with the token of `secondFactor`.',
  STAFF_ONLY: 'Only for people who work in the shop.',
  SECOND_FACTOR_WRONG: 'The code is wrong, too old, or was used.',
  SECOND_FACTOR_ON: 'The second factor is on already.',
  SECOND_FACTOR_OFF: 'The second factor is not on.',
  SECOND_FACTOR_NOT_BEGUN: 'There is no secret that waits for its first code: begin with `totpStart`.',
  SECOND_FACTOR_UNREADABLE:
    'The key that reads the secret of the app is lost: a recovery code is taken, or the factor is taken off.',
  INVALID_TOKEN: 'The link or token is forged, expired or used.',
  GRANT_EXCEEDS_OWN:
    'The role or the person has permissions that the caller lacks: nobody gives, takes or edits more than they have.',
  OWN_ACCOUNT: 'Nobody changes their own role, locks or removes themselves.',
  LAST_OWNER: 'The owner stays the owner until the shop is handed on: ownerTransfer.',
  OWNER_BY_TRANSFER: 'Nobody is made an owner by a role: ownerTransfer hands the shop on.',
  MEMBER_LOCKED: 'The member of staff is locked out.',
  BUILT_IN_ROLE: 'A built-in role is fixed; a copy of it can be changed.',
  NO_ACCOUNT: 'A guest has no account: nothing to sign in to, and no password.',
  CUSTOMER_LOCKED: 'The customer is locked: let them in again first.',
  MERGE_DIRECTION: 'A customer with an account is not merged into another: merge the guest into the account.',
  ROLE_IN_USE: 'People have this role. Give them another one first.',
  ROLE_NAME_TAKEN: 'Another role has this name.',
  ALREADY_STAFF: 'Somebody with this e-mail works in the shop already.',
  TOO_MANY_INVITATIONS: 'At most 100 invitations are open at once.',
  TOO_MANY_ROLES: 'A shop has at most 50 roles.',
});

declare global {
  interface VitrineErrorCodes extends Record<keyof typeof identityErrors, true> {}
}

/** The same error for a wrong password, an unknown e-mail and a closed account: it must not reveal which. */
export class InvalidCredentialsError extends DomainError {
  constructor(path: readonly string[] | null = null) {
    super('INVALID_CREDENTIALS', 'E-mail or password is wrong.', path);
  }
}

export class EmailTakenError extends DomainError {
  constructor() {
    super('EMAIL_TAKEN', 'There is an account with this e-mail.', ['email']);
  }
}

export class WeakPasswordError extends DomainError {
  constructor(message: string, field: string) {
    super('WEAK_PASSWORD', message, [field]);
  }
}

export class StaffPasswordError extends DomainError {
  constructor(least: number, field: string) {
    super('STAFF_PASSWORD_TOO_SHORT', `The password of a member of staff has at least ${least} characters.`, [
      field,
    ]);
  }
}

/** A link or token that is forged, expired or already used. */
export class InvalidTokenError extends DomainError {
  constructor(path: readonly string[] | null = null) {
    super('INVALID_TOKEN', 'This link or token is not valid any more.', path);
  }
}

/** Thrown instead of returned in the payload: a rate limit is no error of the input. */
export function rateLimited(seconds: number): GraphQLError {
  return new GraphQLError(`Too many attempts. Please try again in ${seconds} seconds.`, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfter: seconds,
      http: { headers: new HeaderMap([['retry-after', String(seconds)]]) },
    },
  });
}
