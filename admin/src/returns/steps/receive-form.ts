import { z } from 'zod';
import { ReturnReceiveDocument } from '../../generated/returns/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { allReceived, withinReceived } from '../return-messages';
import type { ReceivedLine } from '../return-messages';
import type { ReturnView } from '../useReturn';
import { onReturn } from './on-return';

/** Notes what came back, and what of it can be sold again. */
export const receiveForm = defineForm<ReturnView, { lines: ReceivedLine[] }>({
  name: 'return-receive',
  isPersonal: true,
  isWide: true,
  titleOf: (_requested, { t }) => t('returnStep.RECEIVE'),
  hint: 'returnStepHint.RECEIVE',
  submitLabel: 'returnStep.RECEIVE',
  done: 'returns.received',
  schema: ({ t }) =>
    z.object({
      lines: z
        .array(z.object({ id: z.string(), received: z.int(), restocked: z.int() }))
        .refine((lines) => lines.some(({ received }) => received > 0), t('returns.nothingCame')),
    }),
  toFields: (requested) => ({ lines: requested ? allReceived(requested) : [] }),
  fields: { lines: { label: 'returns.lines', kind: 'own' } },
  update: (client, requested, { lines }, key) =>
    onReturn(requested, key, async (step) => {
      const counted = lines
        .map(withinReceived)
        .map(({ id, received, restocked }) => ({ returnLineId: id, received, restocked }));
      const result = await client.mutation(ReturnReceiveDocument, { input: { ...step, lines: counted } });
      return { result, userErrors: result.data?.returnReceive.errors };
    }),
});
