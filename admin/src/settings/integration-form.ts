import type { Client } from '@urql/core';
import { z } from 'zod';
import { i18n } from '../app/i18n';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { IntegrationUpdateDocument } from '../generated/settings/graphql';
import { defineForm } from '../ui/forms/define-form';
import type { Tools } from '../ui/useTools';
import { fieldOf, toValues } from './integration-fields';
import type { IntegrationField } from './integration-fields';
import type { IntegrationCard, NewValue } from './useIntegrations';

/** An integration, by its code. */
export interface Integration extends IntegrationCard {
  readonly id: string;
}

/** A plugin's integration has no words here: its own names are shown. */
export function integrationWords(key: string, otherwise: string): string {
  const { t, te } = i18n.global;
  return te(`integrations.${key}`) ? t(`integrations.${key}`) : otherwise;
}
export const fieldLabel = (code: string, { name }: IntegrationField): string =>
  integrationWords(`${code}.${name}`, name);

function sourceOf({ source, isRequired, isSecret, hint }: IntegrationField, t: Tools['t']): string {
  const key = `integrations.source.${source}`;
  if (source === 'MISSING') return isRequired ? t(key) : t('common.optional');
  if (hint === null) return t(key);
  return `${t(key)}, ${isSecret ? t('integrations.endsIn', { end: hint }) : hint}`;
}

function placeholderOf({ source, hint }: IntegrationField, t: Tools['t']): string {
  if (source === 'STORED') return t('integrations.unchanged');
  return source === 'ENVIRONMENT' ? `…${hint ?? ''}` : '';
}

/** Overwrites values of an integration; what is left empty stays as it is. None of them is shown or kept. */
export function integrationForm({ code, fields }: IntegrationCard) {
  const ofEach = <Made>(make: (field: IntegrationField) => Made): Record<string, Made> =>
    Object.fromEntries(fields.map((field) => [field.name, make(field)]));
  const current = (
    entity: Integration | undefined,
    { name }: IntegrationField,
  ): IntegrationField | undefined => entity?.fields.find((field) => field.name === name);
  return defineForm<Integration, Record<string, string>>({
    titleOf: () => integrationWords(`${code}.title`, code),
    done: 'integrations.saved',
    schema: () => z.object(ofEach(() => z.string().trim())),
    toFields: () => ofEach(() => ''),
    fields: ofEach((field) => ({
      label: () => fieldLabel(code, field),
      kind: field.isSecret ? ('secret' as const) : ('text' as const),
      letters: 2000,
      explain: ({ t }, entity) => sourceOf(current(entity, field) ?? field, t),
      placeholder: ({ t }, entity) => placeholderOf(current(entity, field) ?? field, t),
      isFixed: (entity) => current(entity, field)?.source === 'ENVIRONMENT',
    })),
    update: (client, integration, typed) => send(client, integration, toValues(typed)),
  });
}

/** A stored value of an integration. */
export interface StoredValue {
  readonly id: string;
  readonly integration: Integration;
  readonly field: IntegrationField;
}

/** Removes what is stored of a field, once a word was typed. */
export const valueRemoveForm = defineForm<StoredValue, Record<never, never>>({
  titleOf: ({ integration, field }, { t }) =>
    t('integrations.removeTitle', { name: fieldLabel(integration.code, field) }),
  hintOf: ({ integration: { code } }, { t }) =>
    t('integrations.removeText', { title: integrationWords(`${code}.title`, code) }),
  submitLabel: 'integrations.remove',
  done: 'integrations.saved',
  isDanger: true,
  confirmWord: () => i18n.global.t('integrations.removeWord'),
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { integration, field }) => send(client, integration, [{ name: field.name, value: null }]),
});

/** The API counts the values that were sent. */
function send(client: Client, { code, version }: Integration, values: NewValue[]): Promise<Answer> {
  return onVersion(version, async (expectedVersion) => {
    if (values.length === 0) return { result: {} };
    const input = { code, values, expectedVersion };
    const result = await client.mutation(IntegrationUpdateDocument, { input });
    const errors = result.data?.integrationUpdate.errors;
    const atField = (error: NonNullable<typeof errors>[number]): string[] =>
      [fieldOf(error, values)].filter((name) => name !== null);
    return { result, userErrors: errors?.map((error) => ({ ...error, path: atField(error) })) };
  });
}
