import { formatMoney } from '@vitrine/client/money';
import { z } from 'zod';
import {
  ReturnApproveDocument,
  ReturnExchangeDocument,
  ReturnRejectDocument,
} from '../../generated/returns/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText, requiredText } from '../../ui/forms/fields/codecs';
import type { ReturnView } from '../useReturn';
import { onReturn } from './on-return';

/** Agrees to a return that was asked for. */
export const approveForm = defineForm<ReturnView, { note: string | null }>({
  name: 'return-approve',
  isPersonal: true,
  titleOf: (_requested, { t }) => t('returnStep.APPROVE'),
  hint: 'returnStepHint.APPROVE',
  submitLabel: 'returnStep.APPROVE',
  done: 'returns.approved',
  schema: () => z.object({ note: optionalText() }),
  toFields: () => ({ note: null }),
  fields: { note: { label: 'returns.noteForBuyer', kind: 'long-text', isOptional: true } },
  update: (client, requested, { note }, key) =>
    onReturn(requested, key, async (step) => {
      const result = await client.mutation(ReturnApproveDocument, { input: { ...step, note } });
      return { result, userErrors: result.data?.returnApprove.errors };
    }),
});

/** Refuses a return. The reason is sent to the buyer. */
export const rejectForm = defineForm<ReturnView, { note: string }>({
  name: 'return-reject',
  isPersonal: true,
  isDanger: true,
  titleOf: (_requested, { t }) => t('returnStep.REJECT'),
  hint: 'returnStepHint.REJECT',
  submitLabel: 'returnStep.REJECT',
  done: 'returns.rejected',
  schema: ({ t }) => z.object({ note: requiredText(t('returns.reasonMissing')) }),
  toFields: () => ({ note: null }),
  fields: { note: { label: 'returns.reasonForBuyer', kind: 'long-text' } },
  update: (client, requested, { note }, key) =>
    onReturn(requested, key, async (step) => {
      const result = await client.mutation(ReturnRejectDocument, { input: { ...step, note } });
      return { result, userErrors: result.data?.returnReject.errors };
    }),
});

/** Makes the order of what the buyer wants in exchange. */
export const exchangeForm = defineForm<ReturnView, Record<never, never>>({
  name: 'return-exchange',
  isPersonal: true,
  titleOf: (_requested, { t }) => t('returnStep.EXCHANGE'),
  hintOf: ({ value }, { t, locale }) => t('returnStepHint.EXCHANGE', { value: formatMoney(value, locale) }),
  submitLabel: 'returnStep.EXCHANGE',
  done: 'returns.exchanged',
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, requested, _values, key) =>
    onReturn(requested, key, async (input) => {
      const result = await client.mutation(ReturnExchangeDocument, { input });
      return { result, userErrors: result.data?.returnExchange.errors };
    }),
});
