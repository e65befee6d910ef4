import { z } from 'zod';
import {
  RecoveryCodesRenewDocument,
  TotpConfirmDocument,
  TotpDisableDocument,
  TotpStartDocument,
} from '../../generated/profile/graphql';
import { defineForm } from '../../ui/forms/define-form';
import type { FieldDefinition } from '../../ui/forms/fields/field';

export interface Owner {
  id: string;
}
interface Typed {
  code: string;
}

const CODE = {
  schema: ({ t }: { t: (key: string) => string }) =>
    z.object({ code: z.string().min(1, t('login.codeMissing')) }),
  toFields: () => ({ code: '' }),
};
const codeField = (help: string): { code: FieldDefinition<Owner> } => ({
  code: { label: 'login.code', help, kind: 'text', letters: 100 },
});

/** The first step: the password. `onBegun` gets the secret, which is shown once and kept nowhere. */
export const startForm = (onBegun: (begun: { secret: string; address: string }) => void) =>
  defineForm<Owner, { password: string }>({
    titleOf: (_me, { t }) => t('secondFactor.startTitle'),
    hint: 'secondFactor.startHint',
    submitLabel: 'secondFactor.next',
    done: '',
    schema: ({ t }) => z.object({ password: z.string().min(1, t('login.passwordMissing')) }),
    toFields: () => ({ password: '' }),
    fields: { password: { label: 'people.yourPassword', kind: 'secret' } },
    fieldOfCode: { INVALID_CREDENTIALS: 'password' },
    update: async (client, _me, input) => {
      const result = await client.mutation(TotpStartDocument, { input });
      const { secret, address, errors: userErrors } = result.data?.totpStart ?? {};
      if (secret && address) onBegun({ secret, address });
      return { result, userErrors };
    },
  });

/** The second step: a code of the app. `onCodes` gets the recovery codes. */
export const confirmForm = (onCodes: (codes: readonly string[]) => void) =>
  defineForm<Owner, Typed>({
    ...CODE,
    titleOf: (_me, { t }) => t('secondFactor.startTitle'),
    hint: 'secondFactor.confirmHint',
    submitLabel: 'secondFactor.switchOn',
    done: 'secondFactor.switchedOn',
    isWide: true,
    fields: codeField('secondFactor.confirmHelp'),
    fieldOfCode: { SECOND_FACTOR_WRONG: 'code' },
    update: async (client, _me, input) => {
      const result = await client.mutation(TotpConfirmDocument, { input });
      const { recoveryCodes = [], errors: userErrors } = result.data?.totpConfirm ?? {};
      if (recoveryCodes.length > 0) onCodes(recoveryCodes);
      return { result, userErrors };
    },
  });

export const renewForm = (onCodes: (codes: readonly string[]) => void) =>
  defineForm<Owner, Typed>({
    ...CODE,
    titleOf: (_me, { t }) => t('secondFactor.renewTitle'),
    hint: 'secondFactor.renewHint',
    submitLabel: 'secondFactor.renew',
    done: '',
    fields: codeField('login.codeHelp'),
    fieldOfCode: { SECOND_FACTOR_WRONG: 'code' },
    update: async (client, _me, input) => {
      const result = await client.mutation(RecoveryCodesRenewDocument, { input });
      const { recoveryCodes = [], errors: userErrors } = result.data?.recoveryCodesRenew ?? {};
      if (recoveryCodes.length > 0) onCodes(recoveryCodes);
      return { result, userErrors };
    },
  });

export const disableForm = defineForm<Owner, Typed>({
  ...CODE,
  titleOf: (_me, { t }) => t('secondFactor.offTitle'),
  hint: 'secondFactor.offHint',
  submitLabel: 'secondFactor.switchOff',
  done: 'secondFactor.switchedOff',
  isDanger: true,
  fields: codeField('login.codeHelp'),
  fieldOfCode: { SECOND_FACTOR_WRONG: 'code' },
  update: async (client, _me, input) => {
    const result = await client.mutation(TotpDisableDocument, { input });
    return { result, userErrors: result.data?.totpDisable.errors };
  },
});
