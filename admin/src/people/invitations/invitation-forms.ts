import { readEmailAddress } from '@vitrine/api/email-address';
import { languageDataOf, LANGUAGES } from '@vitrine/client/languages';
import { z } from 'zod';
import { currentLanguage } from '../../app/i18n';
import { onVersion } from '../../app/seen-version';
import {
  StaffInvitationResendDocument,
  StaffInvitationRevokeDocument,
  StaffInviteDocument,
} from '../../generated/people/graphql';
import type { InvitationRowFragment, LanguageCode, RoleRowFragment } from '../../generated/people/graphql';
import { placesFor } from '../../shell/useNavigation';
import { defineForm } from '../../ui/forms/define-form';
import { roleName } from '../roles/role-name';

const CONTEXT = { additionalTypenames: ['StaffInvitation', 'StaffRole'] };
const NOTHING = { schema: () => z.object({}), toFields: () => ({}), fields: {} };
const CHOICES = LANGUAGES.map((language) => ({
  value: language.toUpperCase() as LanguageCode,
  label: languageDataOf(language).name,
}));

interface Invited {
  email: string;
  roleId: string;
  language: LanguageCode;
}

/** A mail with a link by which somebody begins to work here. */
export const inviteForm = (roles: readonly RoleRowFragment[]) =>
  defineForm<{ id: string }, Invited>({
    name: 'staff-invitation',
    isPersonal: true,
    newTitle: 'people.invite',
    hint: 'people.inviteHint',
    titleOf: () => '',
    submitLabel: 'people.sendInvitation',
    done: (_entity, { email }, { t }) => t('people.invited', { email }),
    schema: ({ t }) =>
      z.object({
        email: z
          .string()
          .trim()
          .refine((text) => readEmailAddress(text) !== null, t('login.emailInvalid')),
        roleId: z.string().min(1, t('people.roleMissing')),
        language: z.enum(CHOICES.map(({ value }) => value) as [LanguageCode, ...LanguageCode[]]),
      }),
    toFields: () => ({
      email: '',
      roleId: roles.find(({ canGrant }) => canGrant)?.id ?? '',
      language: currentLanguage().toUpperCase() as LanguageCode,
    }),
    fields: {
      email: { label: 'people.email', kind: 'text', type: 'email' },
      roleId: {
        label: 'people.role',
        kind: 'radio',
        choices: ({ t }) =>
          roles
            .filter(({ canGrant }) => canGrant)
            .map((role) => ({ value: role.id, label: roleName(role, t) })),
        explain: ({ t }, _entity, { roleId }) => seenWith(roles, String(roleId), t),
      },
      language: {
        label: 'people.mailLanguage',
        kind: 'choice',
        choices: () => CHOICES,
      },
    },
    create: async (client, input) => {
      const result = await client.mutation(StaffInviteDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffInvite.errors };
    },
  });

/** The pages of somebody who has the role. */
function seenWith(
  roles: readonly RoleRowFragment[],
  roleId: string,
  t: (key: string) => string,
): string | undefined {
  const role = roles.find(({ id }) => id === roleId);
  if (!role) return undefined;
  const held = new Set<string>(role.permissions);
  const pages = placesFor((permission) => held.has(permission)).map(({ title }) => t(title));
  return `${t('people.roles.sees')} ${pages.length > 0 ? pages.join(' · ') : t('people.roles.seesNothing')}`;
}

const seen = ({ id }: InvitationRowFragment, expectedVersion: number) => ({
  invitationId: id,
  expectedVersion,
});

export const resendForm = defineForm<InvitationRowFragment, object>({
  ...NOTHING,
  titleOf: ({ email }, { t }) => t('people.resendTitle', { email }),
  hint: 'people.resendHint',
  submitLabel: 'people.sendInvitation',
  done: (invitation, _values, { t }) => t('people.invited', { email: invitation?.email }),
  update: (client, invitation) =>
    onVersion(invitation.version, async (expectedVersion) => {
      const input = seen(invitation, expectedVersion);
      const result = await client.mutation(StaffInvitationResendDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffInvitationResend.errors };
    }),
});

export const revokeForm = defineForm<InvitationRowFragment, object>({
  ...NOTHING,
  titleOf: ({ email }, { t }) => t('people.revokeTitle', { email }),
  hint: 'people.revokeHint',
  submitLabel: 'people.revoke',
  done: 'people.revoked',
  isDanger: true,
  update: (client, invitation) =>
    onVersion(invitation.version, async (expectedVersion) => {
      const input = seen(invitation, expectedVersion);
      const result = await client.mutation(StaffInvitationRevokeDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.staffInvitationRevoke.errors };
    }),
});
