import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  AttributeValueCreateDocument,
  AttributeValueDeleteDocument,
  AttributeValueMergeDocument,
  AttributeValueUpdateDocument,
  type AttributeValueTranslationInput,
} from '../generated/attributes/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { FieldDefinition } from '../ui/forms/fields/field';
import { translations } from '../ui/forms/fields/translations';
import type { Tools } from '../ui/useTools';
import { CONTEXT, type AttributeRow, type ValueRow } from './useAttributes';

const SWATCH = /^#[0-9A-Fa-f]{6}$/;

interface Values {
  translations: AttributeValueTranslationInput[];
  swatch: string | null;
}

const schema = (tools: Tools) =>
  z.object({
    translations: translations(
      tools,
      { name: requiredText(tools.t('attributes.nameMissing')), care: optionalText() },
      { mustHave: 'default' },
    ),
    swatch: optionalText().refine(
      (text) => text === null || SWATCH.test(text),
      tools.t('attributes.swatchInvalid'),
    ),
  });

const TEXTS: FieldDefinition<ValueRow>['parts'] = {
  name: { label: 'attributes.name', kind: 'text', letters: 60 },
  care: {
    label: 'attributes.care',
    help: 'attributes.careHelp',
    kind: 'long-text',
    isOptional: true,
    letters: 1000,
  },
};

/** The texts and the color of a value of this attribute. */
export function valueForm(attribute: AttributeRow) {
  return defineForm<ValueRow, Values>({
    name: 'attribute-value',
    newTitle: 'attributes.newValue',
    titleOf: ({ name }) => name,
    schema,
    toFields: (value) => ({
      translations: (value?.translations ?? []).map(({ locale, name, care }) => ({
        ...{ locale, name, care: care ?? null },
      })),
      swatch: value?.swatch ?? null,
    }),
    fields: {
      translations: {
        label: 'attributes.names',
        kind: 'translations',
        parts: TEXTS,
      },
      swatch: {
        label: 'attributes.swatch',
        help: 'attributes.swatchHelp',
        kind: 'code',
        isOptional: true,
        isFor: () => attribute.kind === 'COLOR',
      },
    },
    create: async (client, values, idempotencyKey) => {
      const input = { attributeId: attribute.id, ...values, idempotencyKey };
      const result = await client.mutation(AttributeValueCreateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.attributeValueCreate.errors };
    },
    update: (client, { id }, values) =>
      onVersion(attribute.version, async (expectedVersion) => {
        const input = { valueId: id, expectedVersion, ...values };
        const result = await client.mutation(AttributeValueUpdateDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.attributeValueUpdate.errors };
      }),
  });
}

export const usedBy = ({ productCount }: ValueRow, { t, n }: Pick<Tools, 't' | 'n'>): string =>
  t('attributes.products', { count: n(productCount ?? 0) }, productCount ?? 0);

/** Makes one value of two of this attribute. */
export function valueMergeForm({ values: all, version }: AttributeRow) {
  return defineForm<ValueRow, { intoId: string }>({
    titleOf: ({ name }, { t }) => t('attributes.mergeTitle', { name }),
    hintOf: (value, tools) => tools.t('attributes.mergeHint', { products: usedBy(value, tools) }),
    submitLabel: 'attributes.merge',
    done: 'attributes.merged',
    isDanger: true,
    schema: ({ t }) => z.object({ intoId: requiredText(t('attributes.intoMissing')) }),
    toFields: () => ({ intoId: '' }),
    fields: {
      intoId: {
        label: 'attributes.into',
        kind: 'search',
        choices: (_tools, value) =>
          all.flatMap(({ id, name }) => (id === value?.id ? [] : [{ value: id, label: name }])),
      },
    },
    update: (client, { id }, { intoId }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { valueId: id, expectedVersion, intoId };
        const result = await client.mutation(AttributeValueMergeDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.attributeValueMerge.errors };
      }),
  });
}

/** Deletes a value of this attribute. */
export function valueDeleteForm({ version }: AttributeRow) {
  return defineForm<ValueRow, object>({
    titleOf: ({ name }, { t }) => t('attributes.deleteTitle', { name }),
    hintOf: (value, tools) => tools.t('attributes.deleteValueHint', { products: usedBy(value, tools) }),
    submitLabel: 'common.delete',
    done: 'attributes.valueDeleted',
    isDanger: true,
    schema: () => z.object({}),
    toFields: () => ({}),
    fields: {},
    update: (client, { id }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { valueId: id, expectedVersion };
        const result = await client.mutation(AttributeValueDeleteDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.attributeValueDelete.errors };
      }),
  });
}
