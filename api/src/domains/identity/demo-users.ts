import { newId } from '../../kernel/ids.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import { Role } from '../../platform/graphql/roles.js';
import { hashPassword } from './sign-in/password.js';
import type { StoredAddress } from './customers/read-address.js';

interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly role: Role;
  readonly phone: string | null;
  readonly addresses: readonly { label: string; address: StoredAddress }[];
}

const ALICE = {
  firstName: 'Alice',
  lastName: 'Ionescu',
  company: null,
  phone: '+40 721 555 010',
  countryCode: 'RO',
};

/** The accounts of the demo shop. Their passwords are printed in the README, hence refused in production. */
export const DEMO_USERS: readonly DemoUser[] = [
  {
    email: 'admin@example.com',
    password: 'Admin@123',
    firstName: 'Ana',
    lastName: 'Administrator',
    role: Role.ADMIN,
    phone: null,
    addresses: [],
  },
  {
    email: 'alice@example.com',
    password: 'Alice@123',
    firstName: 'Alice',
    lastName: 'Ionescu',
    role: Role.CUSTOMER,
    phone: '+40 721 555 010',
    addresses: [
      {
        label: 'Acasă',
        address: {
          ...ALICE,
          line1: 'Strada Memorandumului 28',
          line2: 'ap. 4',
          city: 'Cluj-Napoca',
          region: 'RO-CJ',
          postalCode: '400114',
        },
      },
      {
        label: 'Birou',
        address: {
          ...ALICE,
          line1: 'Bulevardul Magheru 7',
          line2: 'etaj 3',
          city: 'SECTOR1',
          region: 'RO-B',
          postalCode: '010322',
        },
      },
    ],
  },
  {
    email: 'bob@example.com',
    password: 'Bob@123',
    firstName: 'Bob',
    lastName: 'Marinescu',
    role: Role.CUSTOMER,
    phone: null,
    addresses: [],
  },
];

const DEMO_EMAILS = new Set(DEMO_USERS.map(({ email }) => email));

/** Whether the account has a public password. */
export function isDemoEmail(email: string): boolean {
  return DEMO_EMAILS.has(email.toLowerCase());
}

/**
 * Returns a function that says whether an account may not be used from an address, because its password is public. A
 * null address stands for a check outside a request. Outside production the demo accounts work from this machine only.
 */
export function closedDemoAccounts(isProduction: boolean): (email: string, ip: string | null) => boolean {
  return (email, ip) => isDemoEmail(email) && (isProduction || (ip !== null && !isThisMachine(ip)));
}

function isThisMachine(ip: string): boolean {
  return /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/i.test(ip);
}

const insertUser = statement('identity.seed-user', {
  params: {
    id: t.uuid,
    email: t.text,
    passwordHash: t.text,
    firstName: t.text,
    lastName: t.text,
    phone: t.text.orNull,
    role: t.text,
  },
  sql: `INSERT INTO app_user (id, email, password_hash, first_name, last_name, phone, role, email_verified_at)
   VALUES (:id, :email, :passwordHash, :firstName, :lastName, :phone, :role, now()) ON CONFLICT (lower(email)) DO NOTHING`,
});
const insertAddress = statement('identity.seed-address', {
  params: {
    id: t.uuid,
    userId: t.uuid,
    label: t.text,
    address: t.json<StoredAddress>(),
    isDefaultShipping: t.boolean,
  },
  sql: `INSERT INTO saved_address (id, user_id, label, address, is_default_shipping, is_default_billing)
   VALUES (:id, :userId, :label, :address, :isDefaultShipping, :isDefaultShipping)`,
});

/**
 * Creates the missing demo accounts and leaves existing ones unchanged.
 *
 * @throws Error in production, because the passwords are public
 */
export async function seedDemoUsers(
  database: Database,
  { isProduction }: { isProduction: boolean },
): Promise<void> {
  if (isProduction) throw new Error('Demo accounts are not made in production: their passwords are public.');
  for (const user of DEMO_USERS) {
    const passwordHash = await hashPassword(user.password);
    await database.transaction(async (tx) => {
      const id = newId();
      const { email, firstName, lastName, phone, role } = user;
      const account = { id, email, passwordHash, firstName, lastName, phone, role };
      if ((await tx.count(insertUser, account)) === 0) return;
      for (const [position, { label, address }] of user.addresses.entries()) {
        await tx.count(insertAddress, {
          id: newId(),
          userId: id,
          label,
          address,
          isDefaultShipping: position === 0,
        });
      }
    });
  }
}
