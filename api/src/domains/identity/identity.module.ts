import { languagesGroup, pageLinks, regionalGroup, type PageLinks } from '../store/index.js';
import { customersImport } from './customers/import/customers.import.js';
import { importCustomers } from './customers/import/import-customers.js';
import { storeModule } from '../store/store.module.js';
import { SettingsChangesResolver } from './settings-changes.resolver.js';
import { definePermissions, Role } from '../../platform/graphql/roles.js';
import { defineIdPrefixes } from '../../kernel/ids.js';
import type { Warning } from '../../platform/graphql/warning.type.js';
import { defineModule } from '../../platform/module.js';
import type { Database } from '../../platform/database/database.js';
import type { Mail } from '../../platform/mails/define-mail.js';
import { KEPT } from '../../platform/jobs/old-rows.js';
import { accountNotices } from './mails/account-notices.js';
import { AddressFormatResolver } from './customers/address-format.resolver.js';
import { AuthResolver } from './sign-in/auth.resolver.js';
import { identityPersonalData } from './customers/privacy/identity-personal-data.js';
import { PersonalDataFileResolver } from './customers/privacy/personal-data-file.resolver.js';
import { CustomerResolver } from './customers/customer.resolver.js';
import { customerEntities } from './customers/upkeep/customer-merge.service.js';
import { CustomerUpkeepResolver } from './customers/upkeep/customer-upkeep.resolver.js';
import { seedDemoStaff } from './demo-staff.js';
import { seedDemoUsers } from './demo-users.js';
import { identityEvents } from './identity.events.js';
import { identityLoaders } from './identity.loaders.js';
import { ProfileResolver } from './customers/profile.resolver.js';
import { readableAccount, readableCustomer } from './customers/readable-account.js';
import { SavedAddressEntity } from './customers/saved-address.entity.js';
import { OneTimeTokenEntity, RateLimitEntity, UserSessionEntity } from './sign-in/session.entity.js';
import { RecoveryCodeEntity, UserTotpEntity } from './second-factor/second-factor.entity.js';
import { SecondFactorResolver } from './second-factor/second-factor.resolver.js';
import { SessionsResolver } from './sign-in/sessions.resolver.js';
import { type SignedInHandler } from './sign-in/signed-in.js';
import { EmailChangeResolver } from './mailbox/email-change.resolver.js';
import { EmailVerificationResolver } from './mailbox/email-verification.resolver.js';
import { mailboxMails } from './mails/mailbox-mails.js';
import { staffMails } from './mails/staff-mails.js';
import { oldInvitations } from './staff/invitations/invitation.statements.js';
import { staffEntities, staffResolvers } from './staff/create-staff.js';
import { staffNodes } from './staff/staff-nodes.js';
import { UserEntity } from './user.entity.js';
import { identityErrors } from './identity.errors.js';
import { createIdentity, type IdentitySettings } from './create-identity.js';

export { createIdentity, type Identity } from './create-identity.js';

const idPrefixes = defineIdPrefixes({
  ...{ user: 'User', cust: 'Customer', addr: 'SavedAddress' },
  ...{ staff: 'StaffMember', srole: 'StaffRole', sinv: 'StaffInvitation', sess: 'Session' },
  cnote: 'CustomerNote',
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
    customer:
      'That of an account is kept as long as it. Deleted each night: guests whose orders all came to nothing and were forgotten.',
    customer_note: KEPT.account,
    saved_address: KEPT.account,
    user_session: 'Deleted each night: 30 days after its end.',
    one_time_token: 'Deleted each night: a day after its end.',
    user_totp: KEPT.account,
    recovery_code: KEPT.account,
    staff_role: KEPT.catalogue,
    staff_member: KEPT.account,
    staff_invitation: 'Deleted each night: 30 days after it was answered or ran out.',
    rate_limit: 'Deleted each night: after a day.',
  },
  permissions,
  idPrefixes,
  personalData: identityPersonalData,
  errors: identityErrors,
  entities: [
    ...[UserEntity, UserSessionEntity, OneTimeTokenEntity, SavedAddressEntity, RateLimitEntity],
    ...[UserTotpEntity, RecoveryCodeEntity],
    ...staffEntities,
    ...customerEntities,
  ],
  events: identityEvents,
  imports: [customersImport],
  resolvers: [
    AuthResolver,
    ProfileResolver,
    CustomerResolver,
    CustomerUpkeepResolver,
    AddressFormatResolver,
    SettingsChangesResolver,
    SessionsResolver,
    EmailVerificationResolver,
    EmailChangeResolver,
    PersonalDataFileResolver,
    SecondFactorResolver,
    ...staffResolvers,
  ],
  nodes: {
    user: {
      type: 'User',
      find: readableAccount,
    },
    // Somebody with an account, or a guest, as staff see them.
    cust: {
      type: 'Customer',
      find: readableCustomer,
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
    const { resolvers, jobs, routes, ...services } = createIdentity({
      ...platform,
      ...{ settings: store.settings, sealedValues: store.sealedValues },
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
      ...{ resolvers, jobs, routes },
      mails: mailsOf(platform.database, pageLinks(store.settings, env.storefrontUrl), env.adminUrl),
      secretLinks: {
        'password-reset': services.passwordResetLink,
        'staff-invitation': services.invitationLink,
        ...services.mailboxLinks,
      },
      imports: [
        importCustomers({
          outbox: platform.outbox,
          shop: async () => {
            const [{ homeCountry }, { defaultLanguage: language, offered }] = await Promise.all([
              store.settings.get(regionalGroup),
              store.settings.get(languagesGroup),
            ]);
            return { homeCountry, language, offered };
          },
        }),
      ],
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

function mailsOf(database: Database, links: PageLinks, adminUrl: string): Mail[] {
  return [
    ...accountNotices(database, links),
    ...mailboxMails(database, links),
    ...staffMails(database, adminUrl),
  ];
}
