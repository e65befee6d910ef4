import type { UserRow } from '../user.entity.js';
import type { SessionTokens } from './session.service.js';

export interface SignedIn {
  readonly user: UserRow;
  readonly tokens: SessionTokens;
}

/** The password was right; this token and a code of the second factor sign in. */
export interface FactorChallenge {
  readonly token: string;
  readonly expiresAt: Date;
}
