import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import type { DescribedField, FilledField } from '../described-fields/described-field';
import { describedDefinition, describedValue } from '../described-fields/described-form';
import { CustomFieldsUpdateDocument } from '../generated/custom-fields/graphql';
import { defineForm } from '../ui/forms/define-form';

/** The declared fields of one entity, by its id, with their values and the version of these. */
export interface FieldsOfEntity {
  readonly id: string;
  readonly version: number | null;
  readonly fields: readonly FilledField[];
}
type Values = Record<string, unknown>;

/** The form of declared fields. They may be about a buyer. */
export function customFieldsForm(fields: readonly DescribedField[]) {
  const ofEach = <Made>(make: (field: DescribedField) => Made): Record<string, Made> =>
    Object.fromEntries(fields.map((field) => [field.name, make(field)]));
  return defineForm<FieldsOfEntity, Values>({
    name: 'custom-fields',
    isPersonal: true,
    titleOf: (_entity, { t }) => t('customFields.title'),
    schema: (tools) => z.object(ofEach((field) => describedValue(field, tools))),
    toFields: (entity) => storedValues(entity?.fields ?? []),
    fields: ofEach((field) => describedDefinition<FieldsOfEntity>(field)),
    update: (client, { id, version, fields: stored }, values) =>
      onVersion(version, async (expectedVersion) => {
        const changes = changedValues(stored, values);
        const input = { nodeId: id, expectedVersion, values: changes };
        if (changes.length === 0) return { result: {} };
        const result = await client.mutation(CustomFieldsUpdateDocument, { input });
        const errors = result.data?.customFieldsUpdate.errors;
        return {
          result,
          userErrors: errors?.map((error) => ({ ...error, path: ofField(error.path, changes) })),
        };
      }),
  });
}

const storedValues = (fields: readonly FilledField[]): Values =>
  Object.fromEntries(fields.map(({ description, value }) => [description.name, value ?? null]));

interface Change {
  readonly name: string;
  readonly value: unknown;
}

/** The values that differ from what is stored; null empties a field. */
export const changedValues = (stored: readonly FilledField[], values: Values): Change[] =>
  stored.flatMap(({ description: { name }, value }) =>
    spelled(values[name]) === spelled(value) ? [] : [{ name, value: values[name] ?? null }],
  );

/** A text that is empty is none, as is a switch that is off. */
function spelled(value: unknown): string {
  if (value === undefined || value === '' || value === false) return 'null';
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  const texts = Object.entries(value).filter(([, text]) => text !== '');
  return JSON.stringify(texts.toSorted(([one], [other]) => one.localeCompare(other)));
}

/** The API counts the values that were sent. */
function ofField(path: readonly string[] | null | undefined, sent: readonly Change[]): string[] | null {
  const name = path?.[0] === 'values' ? sent[Number(path[1])]?.name : undefined;
  return name === undefined ? null : [name];
}
