import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import { globalId, localId } from '../../../src/kernel/ids.js';
import type { DomainCases } from '../domain-cases.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

/** Somebody who works in the shop, with a role that is not the caller's. */
async function colleague({ shop }: Fixtures): Promise<{ staffMemberId: string; expectedVersion: number }> {
  const [row] = await shop.sql<{ id: string }>(
    `INSERT INTO app_user (id, email, password_hash, first_name, last_name, role)
     VALUES (new_id(), 'colleague-' || new_id() || '@shop.example', 'x', 'Dan', 'Pop', 'SUPPORT') RETURNING id`,
  );
  return { staffMemberId: globalId('staff', row!.id), expectedVersion: 1 };
}

/** Whoever owned the shop before; there is one owner at each commit. */
function ownedByBob({ shop }: Fixtures): Promise<void> {
  return shop.shop.database.transaction(async ({ client }) => {
    await client.query(`UPDATE app_user SET role = 'ADMIN' WHERE role = 'OWNER'`);
    await client.query(`UPDATE app_user SET role = 'OWNER' WHERE email = 'bob@example.com'`);
  });
}

async function roleId({ staff }: Fixtures, code = 'MANAGER'): Promise<string> {
  const { roles } = await staff.ask('{ roles { id builtIn } }');
  return roles.find((role: Answer) => role.builtIn === code).id;
}

async function ownRole({ requests, staff }: Fixtures): Promise<Answer> {
  const input = { name: `Role ${++named} of a test`, permissions: ['ORDER_READ'] };
  return (await requests.done('roleCreate', input, staff))['role'];
}

async function invitation(fixtures: Fixtures): Promise<Answer> {
  const input = await invited(fixtures);
  return (await fixtures.requests.done('staffInvite', input, fixtures.staff))['invitation'];
}

const invited = async (fixtures: Fixtures): Promise<Answer> => ({
  ...{ email: `invited-${++named}@shop.example`, roleId: await roleId(fixtures), language: 'EN' },
});

const onColleague = (mutation: string): PlainCase => ({
  mutation,
  prepare: async (fixtures) => ({ input: await colleague(fixtures), wrong: { expectedVersion: 77 } }),
});

const PLAIN: readonly PlainCase[] = [
  ...['staffLock', 'staffRemove'].map(onColleague),
  {
    mutation: 'staffSecondFactorRemove',
    prepare: async (fixtures) => {
      const input = await colleague(fixtures);
      await fixtures.shop.sql(
        `INSERT INTO user_totp (user_id, ciphertext, nonce, key_id) VALUES ($1, 'x', 'x', 'x')`,
        [localId('staff', input.staffMemberId)],
      );
      await fixtures.shop.sql('UPDATE user_totp SET confirmed_at = now() WHERE user_id = $1', [
        localId('staff', input.staffMemberId),
      ]);
      return { input, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'staffUnlock',
    prepare: async (fixtures) => {
      const input = await colleague(fixtures);
      await fixtures.requests.done('staffLock', input, fixtures.staff);
      return { input: { ...input, expectedVersion: 2 }, wrong: { expectedVersion: 77 } };
    },
  },
  {
    mutation: 'staffRoleUpdate',
    prepare: async (fixtures) => ({
      input: { ...(await colleague(fixtures)), roleId: await roleId(fixtures) },
      wrong: { expectedVersion: 77 },
    }),
  },
  {
    mutation: 'ownerTransfer',
    prepare: async (fixtures) => {
      await ownedByBob(fixtures);
      const by = await fixtures.shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
      return {
        input: { ...(await colleague(fixtures)), password: 'Bob@123' },
        wrong: { password: 'no' },
        by,
      };
    },
  },
  {
    mutation: 'roleCreate',
    prepare: async () => ({
      input: { name: `Role ${++named} of a test`, permissions: ['ORDER_READ'] },
      wrong: { name: 'Owner' },
    }),
  },
  {
    mutation: 'roleUpdate',
    prepare: async (fixtures) => ({
      input: { roleId: (await ownRole(fixtures))['id'], expectedVersion: 1, permissions: ['CATALOG_READ'] },
      wrong: { expectedVersion: 77 },
    }),
  },
  {
    mutation: 'roleDelete',
    prepare: async (fixtures) => ({
      input: { roleId: (await ownRole(fixtures))['id'], expectedVersion: 1 },
      wrong: { expectedVersion: 77 },
    }),
  },
  {
    mutation: 'staffInvite',
    prepare: async (fixtures) => ({ input: await invited(fixtures), wrong: { email: 'admin@example.com' } }),
  },
  ...['staffInvitationResend', 'staffInvitationRevoke'].map((mutation): PlainCase => ({
    mutation,
    prepare: async (fixtures) => ({
      input: { invitationId: (await invitation(fixtures))['id'], expectedVersion: 1 },
      wrong: { expectedVersion: 77 },
    }),
  })),
];

export const cases: DomainCases = {
  plain: PLAIN,
  absent: {
    'there is none before the mutation makes it': ['roleCreate.role', 'staffInvite.invitation'],
    'nobody is signed in by a refused answer': [
      ...['staffInvitationAccept.user', 'staffInvitationAccept.tokens'],
      ...['loginSecondFactor.user', 'loginSecondFactor.tokens'],
    ],
    'a code is asked for after a right password only': [
      ...['login.secondFactor', 'loginSecondFactor.secondFactor', 'signUp.secondFactor'],
      ...['tokenRefresh.secondFactor', 'staffInvitationAccept.secondFactor'],
    ],
  },
  limits: {
    loginSecondFactor: ['tries, by network and by account'],
    staffInvitationAccept: ['links, by network', 'tries, by network and account'],
    staffInvitationAskAgain: ['links, by network', 'mails, by invitation and day'],
  },
  nodes: {
    StaffMember: async (fixtures) => (await colleague(fixtures)).staffMemberId,
    StaffRole: async (fixtures) => (await ownRole(fixtures))['id'],
    StaffInvitation: async (fixtures) => (await invitation(fixtures))['id'],
  },
};
