import { defineForm, formatMinorUnits, onVersion, optionalText, z } from '@vitrine/admin/plugin';
import { DraftWrapUpdateDocument } from './generated/graphql';
import type { OrderWrapQuery, WrapsToChooseQuery } from './generated/graphql';

const NONE = 'none';

/** A draft as its wrapping knows it; `id` is the order's. */
export interface WrappedDraft {
  readonly id: string;
  readonly version: number | null;
  readonly wrap: NonNullable<OrderWrapQuery['order']>['giftWrap'];
}

/** How a draft is wrapped. It needs no key: the version that is sent makes a repeat harmless. */
export const draftWrapForm = (offered: () => WrapsToChooseQuery['giftWrapsOffered']) =>
  defineForm<WrappedDraft, { giftWrapId: string; message: string | null }>({
    name: 'draft-gift-wrap',
    // The words are for somebody.
    isPersonal: true,
    titleOf: (_draft, { t }) => t('ofOrder'),
    done: 'saved',
    schema: () => z.object({ giftWrapId: z.string(), message: optionalText() }),
    toFields: (draft) => ({
      giftWrapId: draft?.wrap?.giftWrapId ?? NONE,
      message: draft?.wrap?.message ?? null,
    }),
    fields: {
      giftWrapId: {
        label: 'material',
        kind: 'choice',
        choices: ({ t, currency, locale }, draft) => {
          const choices = offered().map(({ id, name, price }) => ({
            value: id,
            label: `${name} · ${formatMinorUnits(price, currency, locale)}`,
          }));
          // One that is no longer offered stays to be seen while the draft has it.
          const { giftWrapId: own = null, name = '' } = draft?.wrap ?? {};
          const isKept = own !== null && !choices.some(({ value }) => value === own);
          const kept = isKept ? [{ value: own, label: name }] : [];
          return [{ value: NONE, label: t('notWrapped') }, ...choices, ...kept];
        },
      },
      message: {
        label: 'words',
        kind: 'long-text',
        letters: 200,
        isOptional: true,
        isFor: (_draft, { giftWrapId }) => giftWrapId !== NONE,
      },
    },
    messageOf: ({ code }, _draft, { t }) => (code.startsWith('GIFT_') ? t(`errors.${code}`) : undefined),
    update: (client, { id: orderId, version }, { giftWrapId, message }) =>
      onVersion(version, async (expectedVersion) => {
        const choice = giftWrapId === NONE ? { giftWrapId: null, message: null } : { giftWrapId, message };
        const input = { orderId, expectedVersion, ...choice };
        const result = await client.mutation(DraftWrapUpdateDocument, { input });
        return { result, userErrors: result.data?.draftGiftWrapUpdate.errors };
      }),
  });
