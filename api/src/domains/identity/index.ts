export { AddressInput } from './address.input.js';
export { Address, SavedAddress } from './address.type.js';
export { Authenticator, type Authenticated, type Credentials } from './authenticator.js';
export { DEMO_USERS, isDemoEmail, seedDemoUsers } from './demo-users.js';
export {
  EmailTakenError,
  InvalidCredentialsError,
  InvalidTokenError,
  rateLimited,
} from './identity.errors.js';
export { PASSWORD_RESET_REQUESTED, SIGNED_UP } from './identity.events.js';
export { identityLoaders } from './identity.loaders.js';
export { isSessionLive } from './live-session.js';
export type { LiveSessions } from './live-sessions.js';
export type { Appointment, NewOwner, OwnerService } from './owner.service.js';
export { hashPassword } from './password.js';
export type { PasswordResetMail } from './password.service.js';
export { attemptsFrom, RateLimiter, type Allowance, type Attempt } from './rate-limiter.js';
export { readableAccount } from './readable-account.js';
export { readAddress, readPhone, type StoredAddress } from './read-address.js';
export type { SavedAddressEntity } from './saved-address.entity.js';
export type { SignedInHandler, SignedInEvent } from './signed-in.js';
export { hasRefreshCookie } from './session-cookies.js';
export { sweepIdentityJob } from './sweep-identity.job.js';
export { USER_COLUMNS, type UserRow } from './user.entity.js';
export { Customer, CustomerConnection, User } from './user.type.js';
