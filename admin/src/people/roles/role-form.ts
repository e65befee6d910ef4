import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { RoleCreateDocument, RoleDeleteDocument, RoleUpdateDocument } from '../../generated/people/graphql';
import type { Permission, RoleRowFragment } from '../../generated/people/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { requiredText } from '../../ui/forms/fields/codecs';
import { roleName } from './role-name';

const CONTEXT = { additionalTypenames: ['StaffRole', 'StaffMember'] };

interface RoleValues {
  name: string;
  permissions: Permission[];
}

/** A role of the shop's own; a new one may begin as a copy, with what the user may give of it. */
export const roleForm = (copied?: RoleRowFragment) =>
  defineForm<RoleRowFragment, RoleValues>({
    // What was kept of another one would take the place of the copy.
    ...(!copied && { name: 'staff-role' }),
    newTitle: 'people.roles.new',
    hint: 'people.roles.formHint',
    titleOf: (role, { t }) => roleName(role, t),
    isWide: true,
    schema: ({ t }) =>
      z.object({
        name: requiredText(t('people.roles.nameMissing')),
        permissions: z
          .array(z.string() as unknown as z.ZodType<Permission>)
          .min(1, t('people.roles.chooseOne')),
      }),
    toFields: (role, { can, t }) => ({
      name: role?.name ?? (copied ? t('people.roles.copyName', { name: roleName(copied, t) }) : ''),
      permissions: role?.permissions ?? copied?.permissions.filter((one) => can(one)) ?? [],
    }),
    fields: {
      name: { label: 'people.roles.name', kind: 'text', letters: 60 },
      permissions: { label: 'people.roles.allows', kind: 'own' },
    },
    fieldOfCode: { ROLE_NAME_TAKEN: 'name', GRANT_EXCEEDS_OWN: 'permissions' },
    create: async (client, input) => {
      const result = await client.mutation(RoleCreateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.roleCreate.errors };
    },
    update: (client, { id, version }, changes) =>
      onVersion(version, async (expectedVersion) => {
        const input = { roleId: id, expectedVersion, ...changes };
        const result = await client.mutation(RoleUpdateDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.roleUpdate.errors };
      }),
  });

export const roleDeleteForm = defineForm<RoleRowFragment, object>({
  titleOf: ({ name }, { t }) => t('people.roles.deleteTitle', { name }),
  hintOf: ({ members }, { t }) =>
    members > 0 ? t('people.roles.inUse', { count: members }, members) : t('people.roles.deleteHint'),
  submitLabel: 'common.delete',
  done: 'people.roles.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { roleId: id, expectedVersion };
      const result = await client.mutation(RoleDeleteDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.roleDelete.errors };
    }),
});
