import { everyValueOf } from '@vitrine/client/every-value';
import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import {
  AttributeCreateDocument,
  AttributeDeleteDocument,
  AttributeUpdateDocument,
  type AttributeKind,
  type AttributeLevel,
  type NameTranslationInput,
} from '../generated/attributes/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { FieldDefinition } from '../ui/forms/fields/field';
import { translations } from '../ui/forms/fields/translations';
import type { FilterChoice } from '../ui/lists/list';
import type { Tools } from '../ui/useTools';
import { CONTEXT, keepsValues, type AttributeRow } from './useAttributes';

const KINDS = everyValueOf<AttributeKind>({
  ENUM: true,
  COLOR: true,
  NUMBER: true,
  BOOLEAN: true,
  DATE: true,
  TEXT: true,
});
const LEVELS = everyValueOf<AttributeLevel>({ PRODUCT: true, VARIANT: true });
const CODE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

interface AttributeValues {
  translations: NameTranslationInput[];
  code: string | null;
  kind: AttributeKind;
  level: AttributeLevel;
  unit: string | null;
  filterable: boolean;
  categoryIds: string[];
}

const schema = (tools: Tools) =>
  z.object({
    translations: translations(
      tools,
      { name: requiredText(tools.t('attributes.nameMissing')) },
      { mustHave: 'default' },
    ),
    code: optionalText().refine(
      (text) => text === null || CODE.test(text),
      tools.t('attributes.codeInvalid'),
    ),
    kind: z.enum(KINDS),
    level: z.enum(LEVELS),
    unit: optionalText(),
    filterable: z.boolean(),
    categoryIds: z.array(z.string()),
  });

const toFields = (attribute: AttributeRow | undefined) => ({
  translations: (attribute?.translations ?? []).map(({ locale, name }) => ({ locale, name })),
  code: attribute?.code ?? null,
  kind: attribute?.kind ?? ('ENUM' as const),
  level: attribute?.level ?? ('PRODUCT' as const),
  unit: attribute?.unit ?? null,
  filterable: attribute?.filterable ?? true,
  categoryIds: (attribute?.categories ?? []).map(({ id }) => id),
});

/** @param categories as choices */
const fieldsOf = (
  categories: readonly FilterChoice[],
): { readonly [Name in keyof AttributeValues]: FieldDefinition<AttributeRow> } => ({
  translations: {
    label: 'attributes.names',
    kind: 'translations',
    parts: { name: { label: 'attributes.name', kind: 'text', letters: 60 } },
  },
  kind: {
    label: 'attributes.kind',
    kind: 'choice',
    choices: ({ t }) => KINDS.map((value) => ({ value, label: t(`attributeKind.${value}`) })),
    explain: ({ t }, _attribute, { kind }) => t(`attributes.kindHelp.${String(kind)}`),
  },
  unit: {
    label: 'attributes.unit',
    help: 'attributes.unitHelp',
    kind: 'text',
    letters: 20,
    isOptional: true,
    isFor: (_attribute, { kind }) => kind === 'NUMBER',
  },
  level: {
    label: 'attributes.level',
    kind: 'choice',
    choices: ({ t }) => LEVELS.map((value) => ({ value, label: t(`attributeLevel.${value}`) })),
    explain: ({ t }, _attribute, { level }) => t(`attributes.levelHelp.${String(level)}`),
  },
  filterable: {
    label: 'attributes.filterable',
    help: 'attributes.filterableHelp',
    kind: 'switch',
    isFor: (_attribute, { kind }) => kind !== 'DATE' && kind !== 'TEXT',
  },
  categoryIds: {
    label: 'attributes.categories',
    help: 'attributes.categoriesHelp',
    kind: 'choices',
    isOptional: true,
    choices: () => categories,
  },
  code: {
    label: 'attributes.code',
    help: 'attributes.codeHelp',
    kind: 'code',
    isOptional: true,
    isFor: (attribute) => attribute === undefined,
  },
});

/** An attribute but for its values; `made` is told the id of a new one. */
export function attributeForm(categories: readonly FilterChoice[], made: (id: string) => void = () => {}) {
  return defineForm<AttributeRow, AttributeValues>({
    name: 'attribute',
    newTitle: 'attributes.new',
    titleOf: ({ name }) => name,
    schema,
    toFields,
    fields: fieldsOf(categories),
    fieldOfCode: { CODE_TAKEN: 'code', KIND_LOCKED: 'kind', UNIT_MISMATCH: 'unit' },
    create: async (client, values, idempotencyKey) => {
      const input = { ...ofKind(values), idempotencyKey };
      const result = await client.mutation(AttributeCreateDocument, { input }, CONTEXT);
      const id = result.data?.attributeCreate.attribute?.id;
      if (id) made(id);
      return { result, userErrors: result.data?.attributeCreate.errors };
    },
    update: (client, { id, version }, { code: _code, ...values }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { attributeId: id, expectedVersion, ...ofKind(values) };
        const result = await client.mutation(AttributeUpdateDocument, { input }, CONTEXT);
        return { result, userErrors: result.data?.attributeUpdate.errors };
      }),
  });
}

/** Only numbers have a unit. */
const ofKind = <Values extends { kind: AttributeKind; unit: string | null }>(values: Values): Values => ({
  ...values,
  unit: values.kind === 'NUMBER' ? values.unit : null,
});

/** Deletes an attribute with its values. */
export const attributeDeleteForm = defineForm<AttributeRow, object>({
  titleOf: ({ name }, { t }) => t('attributes.deleteTitle', { name }),
  hintOf: (attribute, { t, n }) => {
    const count = keepsValues(attribute) ? attribute.values.length : 0;
    return t('attributes.deleteHint', { count: n(count) }, count);
  },
  submitLabel: 'common.delete',
  done: 'attributes.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { attributeId: id, expectedVersion };
      const result = await client.mutation(AttributeDeleteDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.attributeDelete.errors };
    }),
});
