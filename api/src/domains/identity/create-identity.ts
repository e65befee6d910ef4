import type { LinkMaker } from '../../platform/mails/secret-link.js';
import type { FastifyInstance } from 'fastify';
import type { PersonalData } from '../../platform/personal-data/define-personal-data.js';
import { pageLinks, type SealedValues, type SettingsService } from '../store/index.js';
import { SettingsChangesResolver } from './settings-changes.resolver.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import { createLogger } from '../../kernel/logger.js';
import { SecurityLog } from '../../kernel/security-log.js';
import { SignedTokens } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import type { Warning } from '../../platform/graphql/warning.type.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import { RequestKeys } from '../../platform/database/request-keys.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { AccessTokens } from './sign-in/access-token.js';
import { AddressBook } from './customers/address-book.service.js';
import { AddressFormatResolver } from './customers/address-format.resolver.js';
import { AuthResolver } from './sign-in/auth.resolver.js';
import { AuthService, type LoginAttempts } from './sign-in/auth.service.js';
import { Authenticator } from './sign-in/authenticator.js';
import { CustomerSearch } from './customers/customer-search.js';
import { CustomerResolver } from './customers/customer.resolver.js';
import { CustomerAccess } from './customers/upkeep/customer-access.service.js';
import { CustomerMerging } from './customers/upkeep/customer-merge.service.js';
import { CustomerUpkeep } from './customers/upkeep/customer-upkeep.service.js';
import { CustomerUpkeepResolver } from './customers/upkeep/customer-upkeep.resolver.js';
import { closedDemoAccounts } from './demo-users.js';
import { LiveSessions } from './sign-in/live-sessions.js';
import { EmailVerification } from './mailbox/email-verification.service.js';
import { createHolders } from './create-holders.js';
import { OwnerService } from './owner.service.js';
import { PasswordService, type PasswordResetMail } from './sign-in/password.service.js';
import { ProfileResolver } from './customers/profile.resolver.js';
import { ProfileService } from './customers/profile.service.js';
import { RateLimiter } from './sign-in/rate-limiter.js';
import { RefreshTokens } from './sign-in/refresh-token.js';
import { RefusedLogins, type RefusedLoginLimits } from './sign-in/refused-logins.js';
import { SessionService } from './sign-in/session.service.js';
import { SessionsResolver } from './sign-in/sessions.resolver.js';
import { signedInHook, type SignedInEvent } from './sign-in/signed-in.js';
import { cleanUpIdentity } from './sign-in/clean-up-identity.job.js';
import { createSecondFactor } from './second-factor/create-second-factor.js';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.js';
import { createStaff } from './staff/create-staff.js';

export interface IdentitySettings {
  readonly isProduction: boolean;
  readonly storefrontUrl: string;
  /** The address of the admin without a slash at its end. */
  readonly adminUrl: string;
  readonly auth: { readonly accessMinutes: number; readonly refreshDays: number };
  readonly limits: IdentityLimits;
}

export interface IdentityLimits {
  readonly loginAttempts: LoginAttempts;
  /** The owner is notified of more refused logins than these. */
  readonly refusedLogins: RefusedLoginLimits;
}

/** The dependencies of this domain. */
export interface IdentityDeps {
  readonly database: Database;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly sealedValues: SealedValues;
  readonly outbox: Outbox;
  readonly keys?: RequestKeys;
  /** Receives notifications of ended sessions; without one, each request queries the database. */
  readonly listener?: Pick<Listener, 'connected' | 'on' | 'onReconnect'>;
  readonly securityLog?: SecurityLog;
  readonly cursors: CursorCodec;
  readonly env: {
    readonly isProduction: boolean;
    readonly storefrontUrl: string;
    readonly adminUrl: string;
    readonly auth: { readonly secret: string; readonly accessMinutes: number; readonly refreshDays: number };
    readonly limits: IdentityLimits;
  };
  /** What the tables of all modules hold about people. */
  readonly personalData?: readonly PersonalData[];
  /**
   * Called after each sign-in or sign-up on the storefront, before the response: the cart module merges the guest's
   * cart.
   */
  readonly onSignedIn: (event: SignedInEvent) => Promise<Warning[]>;
  readonly clock?: Clock;
}

export interface Identity {
  readonly resolvers: object[];
  readonly authenticator: Authenticator;
  readonly rateLimiter: RateLimiter;
  /**
   * The data of the mail for an `identity.password-reset-requested` event, by its tokenId; null if it came too late.
   */
  readonly passwordResetMail: (tokenId: string) => Promise<PasswordResetMail | null>;
  /** Its link, for the moment it is sent; null if it is used or has expired by then. */
  readonly passwordResetLink: LinkMaker;
  /** The link of an invitation to work in the shop, by its tokenId; null if it opens nothing by then. */
  readonly invitationLink: LinkMaker;
  /** Those that show whose mailbox it is, or give an account another one; null if they open nothing by then. */
  readonly mailboxLinks: Readonly<Record<'email-verify' | 'email-change', LinkMaker>>;
  /** Joins guests to other customers. */
  readonly merging: CustomerMerging;
  readonly upkeep: CustomerUpkeep;
  readonly access: CustomerAccess;
  /** Appoints the shop's owner, for the command line. */
  readonly owners: OwnerService;
  readonly routes: (app: FastifyInstance) => Promise<void>;
  readonly jobs: HandledJob[];
}

const NO_LISTENER = { connected: false, on: () => () => undefined, onReconnect: () => undefined };

/** Builds the domain's services and resolvers. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { database, settings, cursors, onSignedIn } = deps;
  const { outbox, keys = new RequestKeys() } = deps;
  const merging = new CustomerMerging({ database, outbox, keys, settings });
  const signIn = signingIn(deps, merging);
  const { auth, passwords, sessions, factors, secondStep, holders } = signIn;
  const { rateLimiter, refusedLogins, isClosed } = signIn;
  const upkeep = new CustomerUpkeep({ database, outbox, keys, settings });
  const access = new CustomerAccess({ database, outbox, keys, settings, passwords, sessions });
  const owners = new OwnerService({ database, passwords, sessions, factors, outbox, isClosed });
  const staff = createStaff({
    ...{ database, outbox, owners, passwords, sessions, factors, refusedLogins, isClosed },
    limiter: rateLimiter,
    ...{ secret: deps.env.auth.secret, adminUrl: deps.env.adminUrl },
  });
  return {
    resolvers: [
      new AuthResolver(auth, passwords, secondStep, signedInHook(onSignedIn)),
      new SecondFactorResolver(factors),
      new ProfileResolver(new ProfileService(database, settings), new AddressBook(database)),
      new CustomerResolver(new CustomerSearch(database, cursors)),
      new CustomerUpkeepResolver({ upkeep, access, merging }),
      new AddressFormatResolver(),
      new SettingsChangesResolver(),
      new SessionsResolver(sessions),
      ...holders.resolvers,
      ...staff.resolvers,
    ],
    authenticator: new Authenticator(signIn.accessTokens, signIn.liveSessions),
    rateLimiter,
    passwordResetMail: (tokenId) => passwords.resetMail(tokenId),
    passwordResetLink: ({ id, language }) => passwords.mailedLink(id, language),
    invitationLink: staff.invitationLink,
    mailboxLinks: holders.mailboxLinks,
    merging,
    upkeep,
    access,
    owners,
    routes: holders.routes,
    jobs: [cleanUpIdentity(database)],
  };
}

/** Builds authentication: passwords, sessions with their tokens, and rate limits. */
function signingIn(
  {
    database,
    settings,
    outbox,
    env,
    clock = systemClock,
    personalData = [],
    listener = NO_LISTENER,
    securityLog = new SecurityLog(createLogger('silent'), ''),
    sealedValues,
  }: IdentityDeps,
  merging: CustomerMerging,
) {
  const { secret, accessMinutes, refreshDays } = env.auth;
  const accessTokens = new AccessTokens(secret, accessMinutes, clock);
  const liveSessions = new LiveSessions(database, listener);
  const refreshTokens = new RefreshTokens(secret);
  const limiter = new RateLimiter(database, securityLog);
  const isClosed = closedDemoAccounts(env.isProduction);
  const { loginAttempts, refusedLogins: limits } = env.limits;
  const refusedLogins = new RefusedLogins({ database, limiter, outbox, limits });
  const shared = { database, outbox, securityLog, limiter };
  const sessions = new SessionService({ ...shared, refreshTokens, accessTokens, liveSessions, refreshDays });
  const links = pageLinks(settings, env.storefrontUrl);
  const tokens = new SignedTokens(secret, 'email-verify');
  const verification = new EmailVerification({ ...shared, tokens, merging, links });
  const passwords = new PasswordService({
    ...shared,
    ...{ sessions, links, resetTokens: new SignedTokens(secret, 'password-reset') },
    onMailboxProved: async (tx, userId) => void (await merging.joinProved(tx, userId)),
  });
  const { factors, secondStep } = createSecondFactor({
    ...{ ...shared, clock, settings, sealedValues, passwords, sessions, secret, refusedLogins },
  });
  const auth = new AuthService({
    ...{ ...shared, sessions, isClosed, refusedLogins, loginAttempts },
    onSignUp: (tx, user) => verification.welcome(tx, user),
    challenge: (userId, passwordHash) => secondStep.challenge(userId, passwordHash),
  });
  return {
    ...{ auth, passwords, factors, secondStep, sessions },
    ...{ accessTokens, liveSessions, rateLimiter: limiter, refusedLogins, isClosed },
    holders: createHolders({
      ...{ ...shared, verification, sessions, passwords, merging, links, clock, secret },
      definitions: personalData,
    }),
  };
}
