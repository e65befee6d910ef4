import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  OwnerTransferDocument,
  StaffLockDocument,
  StaffRemoveDocument,
  StaffRoleUpdateDocument,
  StaffSecondFactorRemoveDocument,
  StaffUnlockDocument,
} from '../generated/people/graphql';
import type { PersonRowFragment, RoleRowFragment } from '../generated/people/graphql';
import { placesFor } from '../shell/useNavigation';
import { defineForm } from '../ui/forms/define-form';
import { nameOf } from './person-list';
import { roleName } from './roles/role-name';

const CONTEXT = { additionalTypenames: ['StaffMember', 'StaffRole'] };
const NOTHING = { schema: () => z.object({}), toFields: () => ({}), fields: {} };

const seen = (person: PersonRowFragment, expectedVersion: number) => ({
  staffMemberId: person.id,
  expectedVersion,
});

/** Another role; the choice is what the user may give. */
export const staffRoleForm = (roles: readonly RoleRowFragment[]) =>
  defineForm<PersonRowFragment, { roleId: string }>({
    titleOf: (person, { t }) => t('people.roleOf', { name: nameOf(person) }),
    hint: 'people.roleHint',
    schema: ({ t }) => z.object({ roleId: z.string().min(1, t('people.roleMissing')) }),
    toFields: (person) => ({ roleId: person?.role.id ?? '' }),
    fields: {
      roleId: {
        label: 'people.role',
        kind: 'radio',
        choices: ({ t }, person) =>
          roles
            .filter(({ canGrant, id }) => canGrant || id === person?.role.id)
            .map((role) => ({ value: role.id, label: roleName(role, t) })),
        explain: ({ t }, _person, { roleId }) => {
          const role = roles.find(({ id }) => id === roleId);
          const pages = placesFor((permission) => role?.permissions.includes(permission as never) === true);
          return role && `${t('people.roles.sees')} ${pages.map(({ title }) => t(title)).join(' · ')}`;
        },
      },
    },
    update: (client, person, { roleId }) =>
      onVersion(person.version, async (expectedVersion) => {
        const input = { ...seen(person, expectedVersion), roleId };
        const result = await client.mutation(StaffRoleUpdateDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.staffRoleUpdate.errors };
      }),
  });

export const staffLockForm = defineForm<PersonRowFragment, object>({
  ...NOTHING,
  titleOf: (person, { t }) => t('people.lockTitle', { name: nameOf(person) }),
  hint: 'people.lockHint',
  submitLabel: 'people.lock',
  done: 'people.locked',
  isDanger: true,
  update: (client, person) =>
    onVersion(person.version, async (expectedVersion) => {
      const input = seen(person, expectedVersion);
      const result = await client.mutation(StaffLockDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffLock.errors };
    }),
});

export const staffUnlockForm = defineForm<PersonRowFragment, object>({
  ...NOTHING,
  titleOf: (person, { t }) => t('people.unlockTitle', { name: nameOf(person) }),
  hint: 'people.unlockHint',
  submitLabel: 'people.unlock',
  done: 'people.unlocked',
  update: (client, person) =>
    onVersion(person.version, async (expectedVersion) => {
      const input = seen(person, expectedVersion);
      const result = await client.mutation(StaffUnlockDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffUnlock.errors };
    }),
});

export const staffRemoveForm = defineForm<PersonRowFragment, object>({
  ...NOTHING,
  titleOf: (person, { t }) => t('people.removeTitle', { name: nameOf(person) }),
  hint: 'people.removeHint',
  submitLabel: 'people.remove',
  done: 'people.removed',
  isDanger: true,
  update: (client, person) =>
    onVersion(person.version, async (expectedVersion) => {
      const input = seen(person, expectedVersion);
      const result = await client.mutation(StaffRemoveDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffRemove.errors };
    }),
});

/** For somebody who has lost the app and the recovery codes. */
export const staffFactorForm = defineForm<PersonRowFragment, object>({
  ...NOTHING,
  titleOf: (person, { t }) => t('people.removeFactorTitle', { name: nameOf(person) }),
  hint: 'people.removeFactorHint',
  submitLabel: 'people.removeFactor',
  done: 'people.factorRemoved',
  isDanger: true,
  update: (client, person) =>
    onVersion(person.version, async (expectedVersion) => {
      const input = seen(person, expectedVersion);
      const result = await client.mutation(StaffSecondFactorRemoveDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffSecondFactorRemove.errors };
    }),
});

/** Hands the shop on. The password is asked for, so that a browser that was left open is not enough. */
export const ownerTransferForm = defineForm<PersonRowFragment, { password: string }>({
  titleOf: (person, { t }) => t('people.transferTitle', { name: nameOf(person) }),
  hint: 'people.transferHint',
  submitLabel: 'people.transfer',
  done: 'people.transferred',
  isDanger: true,
  schema: ({ t }) => z.object({ password: z.string().min(1, t('login.passwordMissing')) }),
  toFields: () => ({ password: '' }),
  fields: { password: { label: 'people.yourPassword', kind: 'secret' } },
  fieldOfCode: { INVALID_CREDENTIALS: 'password' },
  update: (client, person, { password }) =>
    onVersion(person.version, async (expectedVersion) => {
      const input = { ...seen(person, expectedVersion), password };
      const result = await client.mutation(OwnerTransferDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.ownerTransfer.errors };
    }),
});
