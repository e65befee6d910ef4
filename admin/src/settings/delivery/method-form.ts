import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import {
  ShippingMethodArchiveDocument,
  ShippingMethodCreateDocument,
  ShippingMethodUpdateDocument,
} from '../../generated/settings/graphql';
import type { ShippingKind, ShippingMethodTranslationInput } from '../../generated/settings/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText, optionalWhole, requiredText } from '../../ui/forms/fields/codecs';
import { translations } from '../../ui/forms/fields/translations';
import { DELIVERY_CONTEXT } from './rate-form';
import type { DeliveryMethod } from './useDelivery';

export const SHIPPING_KINDS = ['COURIER', 'PICKUP', 'LOCKER', 'OTHER'] as const;
const KINDS = [...SHIPPING_KINDS, 'DIGITAL'] as const;

interface MethodValues {
  translations: ShippingMethodTranslationInput[];
  kind: ShippingKind;
  estimatedDaysMin: number | null;
  estimatedDaysMax: number | null;
  phoneRequired: boolean;
  fallbackGrams: number | null;
  active: boolean;
}

/** A way of delivery. A new one has no price yet, so it cannot be switched on. */
export const methodForm = defineForm<DeliveryMethod, MethodValues>({
  name: 'delivery-method',
  newTitle: 'delivery.newMethod',
  titleOf: ({ name }) => name,
  hint: 'delivery.methodHint',
  schema: (tools) =>
    z.object({
      translations: translations(
        tools,
        { name: requiredText(tools.t('delivery.nameMissing')), description: optionalText() },
        { mustHave: 'default' },
      ),
      kind: z.enum(KINDS),
      ...{ estimatedDaysMin: optionalWhole(tools), estimatedDaysMax: optionalWhole(tools) },
      phoneRequired: z.boolean(),
      fallbackGrams: optionalWhole(tools),
      active: z.boolean(),
    }),
  toFields: (method) => ({
    translations: (method?.translations ?? []).map(({ locale, name, description }) => ({
      ...{ locale, name, description: description ?? null },
    })),
    kind: method?.kind ?? 'COURIER',
    estimatedDaysMin: method?.estimatedDaysMin ?? null,
    estimatedDaysMax: method?.estimatedDaysMax ?? null,
    phoneRequired: method?.phoneRequired ?? true,
    fallbackGrams: method?.fallbackGrams ?? 500,
    active: method?.active ?? false,
  }),
  fields: {
    translations: {
      label: 'delivery.texts',
      kind: 'translations',
      parts: {
        name: { label: 'delivery.name', kind: 'text', letters: 100 },
        description: { label: 'delivery.description', kind: 'text', letters: 300, isOptional: true },
      },
    },
    kind: {
      label: 'delivery.kind',
      kind: 'choice',
      choices: ({ t }, method) =>
        (method?.kind === 'DIGITAL' ? KINDS : SHIPPING_KINDS).map((value) => ({
          value,
          label: t(`shippingKind.${value}`),
        })),
    },
    estimatedDaysMin: { label: 'delivery.daysMin', kind: 'whole', isHalf: true, isOptional: true },
    estimatedDaysMax: { label: 'delivery.daysMax', kind: 'whole', isHalf: true, isOptional: true },
    phoneRequired: { label: 'delivery.phoneRequired', help: 'delivery.phoneRequiredHelp', kind: 'switch' },
    fallbackGrams: { label: 'delivery.fallbackGrams', help: 'delivery.fallbackGramsHelp', kind: 'whole' },
    active: { label: 'delivery.active', help: 'delivery.activeHelp', kind: 'switch', isFor: Boolean },
  },
  create: async (client, { active: _active, fallbackGrams, ...values }, idempotencyKey) => {
    const input = { ...values, ...(fallbackGrams !== null && { fallbackGrams }), idempotencyKey };
    const result = await client.mutation(ShippingMethodCreateDocument, { input }, DELIVERY_CONTEXT);
    return { result, userErrors: result.data?.shippingMethodCreate.errors };
  },
  update: (client, { id: methodId, version }, { fallbackGrams, ...values }) =>
    onVersion(version, async (expectedVersion) => {
      const input = {
        methodId,
        expectedVersion,
        ...values,
        ...(fallbackGrams !== null && { fallbackGrams }),
      };
      const result = await client.mutation(ShippingMethodUpdateDocument, { input }, DELIVERY_CONTEXT);
      return { result, userErrors: result.data?.shippingMethodUpdate.errors };
    }),
});

/** Takes a way of delivery out of the shop; one that is archived already comes back. */
export const methodArchiveForm = defineForm<DeliveryMethod, object>({
  titleOf: ({ name, archivedAt }, { t }) =>
    t(archivedAt ? 'delivery.restoreTitle' : 'delivery.archiveTitle', { name }),
  hintOf: ({ archivedAt }, { t }) => t(archivedAt ? 'delivery.restoreHint' : 'delivery.archiveHint'),
  submitLabel: ({ entity, tools: { t } }) => t(entity?.archivedAt ? 'delivery.restore' : 'delivery.archive'),
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id: methodId, version, archivedAt }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { methodId, expectedVersion, isArchived: !archivedAt };
      const result = await client.mutation(ShippingMethodArchiveDocument, { input }, DELIVERY_CONTEXT);
      return { result, userErrors: result.data?.shippingMethodArchive.errors };
    }),
});
