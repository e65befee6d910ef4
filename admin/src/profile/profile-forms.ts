import { z } from 'zod';
import { CONTENT_LANGUAGES, languageChoices, languageCode } from '../app/content-languages';
import { PasswordChangeDocument, ProfileUpdateDocument } from '../generated/profile/graphql';
import type { LanguageCode } from '../generated/profile/graphql';
import { defineForm } from '../ui/forms/define-form';
import { requiredText } from '../ui/forms/fields/codecs';

const LEAST = 12;

interface Me {
  id: string;
  firstName: string;
  lastName: string;
  language: LanguageCode;
}

/** The user's own name and the language of the mails to them. */
export const profileForm = defineForm<Me, Omit<Me, 'id'>>({
  name: 'profile',
  isPersonal: true,
  titleOf: (_me, { t }) => t('profile.name'),
  schema: ({ t }) =>
    z.object({
      firstName: requiredText(t('invitation.nameMissing')),
      lastName: requiredText(t('invitation.nameMissing')),
      language: languageCode,
    }),
  toFields: (me) => ({
    firstName: me?.firstName ?? '',
    lastName: me?.lastName ?? '',
    language: me?.language ?? 'EN',
  }),
  fields: {
    firstName: { label: 'invitation.firstName', kind: 'text', isHalf: true, letters: 80 },
    lastName: { label: 'invitation.lastName', kind: 'text', isHalf: true, letters: 80 },
    language: {
      label: 'profile.language',
      help: 'profile.languageHelp',
      kind: 'choice',
      choices: ({ locale }, me) => languageChoices(CONTENT_LANGUAGES, me?.language, locale),
    },
  },
  update: async (client, _me, input) => {
    const result = await client.mutation(ProfileUpdateDocument, { input });
    return { result, userErrors: result.data?.profileUpdate.errors };
  },
});

/** Another password; every other device is signed out. */
export const passwordForm = defineForm<Me, { currentPassword: string; newPassword: string }>({
  titleOf: (_me, { t }) => t('profile.password'),
  done: 'profile.passwordChanged',
  schema: ({ t }) =>
    z.object({
      currentPassword: z.string().min(1, t('login.passwordMissing')),
      newPassword: z.string().min(LEAST, t('invitation.twelve')),
    }),
  toFields: () => ({ currentPassword: '', newPassword: '' }),
  fields: {
    currentPassword: { label: 'people.yourPassword', kind: 'secret' },
    newPassword: {
      label: 'invitation.newPassword',
      help: 'invitation.newHelp',
      kind: 'secret',
      isHalf: true,
    },
  },
  fieldOfCode: { INVALID_CREDENTIALS: 'currentPassword' },
  update: async (client, _me, input) => {
    const result = await client.mutation(PasswordChangeDocument, { input });
    return { result, userErrors: result.data?.passwordChange.errors };
  },
});
