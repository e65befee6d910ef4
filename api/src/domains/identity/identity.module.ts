import type { LinkMaker } from '../../platform/mails/secret-link.js';
import type { SettingsService } from '../store/index.js';
import { storeModule } from '../store/store.module.js';
import { SettingsChangesResolver } from './settings-changes.resolver.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import { systemClock, type Clock } from '../../kernel/clock.js';
import type { CursorCodec } from '../../kernel/cursor.js';
import { createLogger } from '../../kernel/logger.js';
import { SecurityLog } from '../../kernel/security-log.js';
import { SignedTokens } from '../../kernel/tokens.js';
import type { Database } from '../../platform/database/database.js';
import type { Listener } from '../../platform/database/listener.js';
import type { Warning } from '../../platform/graphql/warning.type.js';
import type { HandledJob } from '../../platform/jobs/define-job.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { defineModule } from '../../platform/module.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { AccessTokens } from './sign-in/access-token.js';
import { accountNotices } from './mails/account-notices.js';
import { AddressBook } from './customers/address-book.service.js';
import { AddressFormatResolver } from './customers/address-format.resolver.js';
import { AuthResolver } from './sign-in/auth.resolver.js';
import { AuthService, type LoginAttempts } from './sign-in/auth.service.js';
import { Authenticator } from './sign-in/authenticator.js';
import { CustomerSearch } from './customers/customer-search.js';
import { CustomerResolver } from './customers/customer.resolver.js';
import { seedDemoStaff } from './demo-staff.js';
import { closedDemoAccounts, seedDemoUsers } from './demo-users.js';
import { identityEvents } from './identity.events.js';
import { identityLoaders } from './identity.loaders.js';
import { LiveSessions } from './sign-in/live-sessions.js';
import { OwnerService } from './owner.service.js';
import { PasswordService, type PasswordResetMail } from './sign-in/password.service.js';
import { ProfileResolver } from './customers/profile.resolver.js';
import { ProfileService } from './customers/profile.service.js';
import { RateLimiter } from './sign-in/rate-limiter.js';
import { readableAccount } from './customers/readable-account.js';
import { RefreshTokens } from './sign-in/refresh-token.js';
import { RefusedLogins, type RefusedLoginLimits } from './sign-in/refused-logins.js';
import { SavedAddressEntity } from './customers/saved-address.entity.js';
import { OneTimeTokenEntity, RateLimitEntity, UserSessionEntity } from './sign-in/session.entity.js';
import { SessionService } from './sign-in/session.service.js';
import { SessionsResolver } from './sign-in/sessions.resolver.js';
import { signedInHook, type SignedInEvent, type SignedInHandler } from './sign-in/signed-in.js';
import { cleanUpIdentity } from './sign-in/clean-up-identity.job.js';
import { staffMails } from './mails/staff-mails.js';
import { oldInvitations } from './staff/invitations/invitation.statements.js';
import { createStaff, staffEntities, staffResolvers } from './staff/create-staff.js';
import { staffNodes } from './staff/staff-nodes.js';
import { UserEntity } from './user.entity.js';
import { identityErrors } from './identity.errors.js';

const idPrefixes = defineIdPrefixes({
  ...{ user: 'User', cust: 'Customer', addr: 'SavedAddress' },
  ...{ staff: 'StaffMember', srole: 'StaffRole', sinv: 'StaffInvitation', sess: 'Session' },
});
const permissions = definePermissions({
  CUSTOMER_READ: { description: 'See customers.', role: Role.SUPPORT },
  CUSTOMER_WRITE: { description: 'Change customers.', role: Role.ADMIN },
  CUSTOMER_EXPORT: { description: 'Write the list of customers to a file.', role: Role.ADMIN },
  STAFF_WRITE: {
    description: 'See who works in the shop, change and remove them, and keep their roles.',
    role: Role.ADMIN,
  },
  OWNERSHIP: { description: 'Own the shop: hand it on to somebody else.', role: Role.OWNER },
});

declare global {
  interface VitrineIdPrefixes extends Record<keyof typeof idPrefixes, true> {}
  interface VitrinePermissions extends Record<keyof typeof permissions, true> {}
}

/**
 * Accounts of customers and staff. Sign-in, sessions and passwords: `sign-in/`; profiles, saved addresses and the staff's
 * list of customers: `customers/`; who works in the shop, and their roles: `staff/`; its owner: `owner.service.ts`.
 */
export const identityModule = defineModule({
  name: 'identity',
  dependsOn: [storeModule],
  tables: {
    app_user: KEPT.account,
    saved_address: KEPT.account,
    user_session: 'Deleted each night: 30 days after its end.',
    one_time_token: 'Deleted each night: a day after its end.',
    staff_role: KEPT.catalogue,
    staff_member: KEPT.account,
    staff_invitation: 'Deleted each night: 30 days after it was answered or ran out.',
    rate_limit: 'Deleted each night: after a day.',
  },
  permissions,
  idPrefixes,
  errors: identityErrors,
  entities: [
    ...[UserEntity, UserSessionEntity, OneTimeTokenEntity, SavedAddressEntity, RateLimitEntity],
    ...staffEntities,
  ],
  events: identityEvents,
  resolvers: [
    AuthResolver,
    ProfileResolver,
    CustomerResolver,
    AddressFormatResolver,
    SettingsChangesResolver,
    SessionsResolver,
    ...staffResolvers,
  ],
  nodes: {
    user: {
      type: 'User',
      find: readableAccount,
    },
    // The same account as staff see it, with its orders.
    cust: {
      type: 'Customer',
      find: async (id, context) =>
        context.viewer?.permissions.has('CUSTOMER_READ') ? readableAccount(id, context) : null,
    },
    ...staffNodes,
    addr: {
      type: 'SavedAddress',
      find: async (id, context) => {
        const address = context.viewer && (await identityLoaders(context).addressById.load(id));
        return address && (await readableAccount(address.userId, context)) ? address : null;
      },
    },
  },
  setup(platform, { store }, env: IdentitySettings) {
    const handlers: SignedInHandler[] = [];
    const { resolvers, jobs, ...services } = createIdentity({
      ...platform,
      settings: store.settings,
      env: { ...env, auth: { ...env.auth, secret: platform.secret } },
      async onSignedIn(event) {
        const warnings: Warning[] = [];
        for (const handler of handlers) warnings.push(...(await handler(event)));
        return warnings;
      },
    });
    return {
      services: {
        ...services,
        /**
         * Registers a handler that runs after each sign-in or sign-up on the storefront, before the response is sent.
         */
        onSignedIn: (handler: SignedInHandler): void => void handlers.push(handler),
      },
      resolvers,
      jobs,
      mails: [
        ...accountNotices(platform.database, env.storefrontUrl),
        ...staffMails(platform.database, env.adminUrl),
      ],
      secretLinks: {
        'password-reset': services.passwordResetLink,
        'staff-invitation': services.invitationLink,
      },
      oldRows: [{ statement: oldInvitations, days: 30 }],
      seed: {
        async demo() {
          await seedDemoUsers(platform.database, env);
          await seedDemoStaff(platform.database);
        },
      },
    };
  },
});

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
  readonly outbox: Outbox;
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
  /** Appoints the shop's owner, for the command line. */
  readonly owners: OwnerService;
  readonly jobs: HandledJob[];
}

const NO_LISTENER = { connected: false, on: () => () => undefined, onReconnect: () => undefined };

/** Builds the domain's services and resolvers. */
export function createIdentity(deps: IdentityDeps): Identity {
  const { database, settings, cursors, onSignedIn } = deps;
  const { auth, passwords, sessions, accessTokens, liveSessions, rateLimiter, refusedLogins, isClosed } =
    signingIn(deps);
  const { outbox } = deps;
  const owners = new OwnerService({ database, passwords, sessions, outbox, isClosed });
  const staff = createStaff({
    ...{ database, outbox, owners, passwords, sessions, refusedLogins, isClosed, limiter: rateLimiter },
    ...{ secret: deps.env.auth.secret, adminUrl: deps.env.adminUrl },
  });
  return {
    resolvers: [
      new AuthResolver(auth, passwords, signedInHook(onSignedIn)),
      new ProfileResolver(new ProfileService(database, settings), new AddressBook(database)),
      new CustomerResolver(new CustomerSearch(database, cursors)),
      new AddressFormatResolver(),
      new SettingsChangesResolver(),
      new SessionsResolver(sessions),
      ...staff.resolvers,
    ],
    authenticator: new Authenticator(accessTokens, liveSessions),
    rateLimiter,
    passwordResetMail: (tokenId) => passwords.resetMail(tokenId),
    passwordResetLink: ({ id, language }) => passwords.mailedLink(id, language),
    invitationLink: staff.invitationLink,
    owners,
    jobs: [cleanUpIdentity(database)],
  };
}

/** Builds authentication: passwords, sessions with their tokens, and rate limits. */
function signingIn({
  database,
  outbox,
  env,
  clock = systemClock,
  listener = NO_LISTENER,
  securityLog = new SecurityLog(createLogger('silent'), ''),
}: IdentityDeps) {
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
  const auth = new AuthService({ ...shared, sessions, isClosed, refusedLogins, loginAttempts });
  const resetTokens = new SignedTokens(secret, 'password-reset');
  const passwords = new PasswordService({
    ...shared,
    sessions,
    resetTokens,
    storefrontUrl: env.storefrontUrl,
  });
  return {
    auth,
    passwords,
    sessions,
    accessTokens,
    liveSessions,
    rateLimiter: limiter,
    refusedLogins,
    isClosed,
  };
}
