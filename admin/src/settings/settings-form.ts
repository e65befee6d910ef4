import { z } from 'zod';
import { onVersion } from '../app/seen-version';
import { readShopAgain, useSession } from '../app/session';
import type { FilterChoice } from '../ui/lists/list';
import { defineForm } from '../ui/forms/define-form';
import type { FormDefinition } from '../ui/forms/define-form';
import { lines, optionalDay, optionalMoment, optionalText, requiredText } from '../ui/forms/fields/codecs';
import { translations } from '../ui/forms/fields/translations';
import type { FieldDefinition, FormValues } from '../ui/forms/fields/field';
import type { Tools } from '../ui/useTools';
import ColorInput from './brand/ColorInput.vue';
import ImageInput from './brand/ImageInput.vue';
import ImageChoice from '../media/ImageChoice.vue';
import type { SettingsField, SettingsGroup, SettingsValue, StoredSettings } from './settings-groups';
import type { SettingsFormKey } from './settings-pages';

/** The settings of the shop, as one group of them is edited. */
export interface StoredGroup {
  readonly id: SettingsFormKey;
  readonly settings: StoredSettings;
}
export type SettingsValues = Record<string, SettingsValue>;

/** The form of one group of settings. */
export function settingsForm(group: SettingsGroup): FormDefinition<StoredGroup, SettingsValues> {
  const { fields } = group;
  const ofEach = <Value>(value: (field: SettingsField) => Value): Record<string, Value> =>
    Object.fromEntries(fields.map((field) => [field.name, value(field)]));
  return defineForm<StoredGroup, SettingsValues>({
    name: 'settings',
    titleOf: (_stored, { t }) => t(`settings.${group.key}.title`),
    schema: (tools) => z.object(ofEach(({ kind }) => schemas(tools)[kind])),
    toFields: (stored) => ofEach(({ name }) => valueOf(stored, name)),
    fields: ofEach((field) => definitionOf(group.key, field)),
    update: (client, { settings }, values) =>
      onVersion(settings[group.key].version, async (expectedVersion) => {
        const result = await group.send(client, toInput(group, values), expectedVersion);
        const userErrors = result.data?.outcome.errors;
        if (userErrors?.length === 0) await readShopAgain(client);
        return { result, userErrors };
      }),
  });
}

/** No stricter than the API, which decides about the rest. */
function schemas(tools: Tools): Record<SettingsField['kind'], z.ZodType<SettingsValue>> {
  const { t } = tools;
  const missing = t('settings.missing');
  const one = z.string().min(1, missing);
  const some = z.array(z.string()).min(1, missing);
  return {
    ...{ text: requiredText(missing), color: requiredText(missing), optional: optionalText() },
    ...{ libraryImage: z.string().nullable() },
    ...{ image: optionalText(), lines: lines(), number: z.int(t('product.wholeNumber')) },
    ...{ country: one, currency: one, timeZone: one },
    ...{ choices: some, moment: optionalMoment(tools) },
    ...{ day: optionalDay(), switch: z.boolean() },
    sentences: translations(tools, { message: requiredText(missing) }),
  };
}

/** What is stored under a name. An image is its address. */
function valueOf(stored: StoredGroup | undefined, name: string): SettingsValue {
  const values: Readonly<Record<string, SettingsValue | { url: string } | undefined>> = {
    ...stored?.settings[stored.id],
  };
  const value = values[name] ?? null;
  return typeof value === 'object' && value !== null && 'url' in value ? String(value.url) : value;
}

/** What the mutation takes: an image that stays is left out, one that was sent is the id of its upload. */
const toInput = ({ fields }: SettingsGroup, values: SettingsValues): SettingsValues =>
  Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      const value = values[name] ?? null;
      return kind === 'image' && value !== null && !isUpload(value) ? [] : [[name, value]];
    }),
  );

const isUpload = (value: SettingsValue): boolean => String(value).startsWith('upl_');

function definitionOf(group: SettingsFormKey, field: SettingsField): FieldDefinition<StoredGroup> {
  const { name, lockedBy, most, type } = field;
  const isLocked = (stored: StoredGroup | undefined): boolean =>
    lockedBy !== undefined && valueOf(stored, lockedBy) === true;
  return {
    label: `settings.${group}.${name}`,
    explain: ({ t }, stored) => t(`settings.${group}.${name}${isLocked(stored) ? 'Locked' : 'Help'}`),
    isFixed: isLocked,
    ...(most && field.kind !== 'sentences' && { letters: most }),
    ...(field.kind === 'sentences' && {
      parts: {
        message: {
          label: `settings.${group}.message`,
          kind: 'long-text',
          ...(most && { letters: most }),
        },
      },
    }),
    ...(type && { type }),
    ...DRAWN_AS[field.kind],
    choices: (tools, _stored, values) => choicesOf(group, field, tools, values),
  };
}

const DRAWN_AS: Record<SettingsField['kind'], Pick<FieldDefinition<StoredGroup>, 'kind' | 'component'>> = {
  text: { kind: 'text' },
  optional: { kind: 'text' },
  color: { kind: 'own', component: ColorInput },
  image: { kind: 'own', component: ImageInput },
  libraryImage: { kind: 'own', component: ImageChoice },
  lines: { kind: 'lines' },
  number: { kind: 'number' },
  choices: { kind: 'choices' },
  country: { kind: 'search' },
  currency: { kind: 'search' },
  timeZone: { kind: 'search' },
  moment: { kind: 'moment' },
  day: { kind: 'day' },
  switch: { kind: 'switch' },
  sentences: { kind: 'translations' },
};

/** What may be chosen; what is stored is always among it, because another browser may have known it by another name. */
function choicesOf(
  group: SettingsFormKey,
  { name, kind, choices = [] }: SettingsField,
  { t, locale }: Tools,
  values: FormValues,
): FilterChoice[] {
  const stored = String(values[name] ?? '');
  const named = (type: 'region' | 'currency', codes: readonly string[]): FilterChoice[] => {
    const names = new Intl.DisplayNames([locale], { type });
    const label = (code: string): string => names.of(code) ?? code;
    return [...new Set([stored, ...codes])]
      .filter(Boolean)
      .map((value) => ({ value, label: type === 'region' ? label(value) : `${label(value)} (${value})` }))
      .sort((a, b) => a.label.localeCompare(b.label, locale));
  };
  if (kind === 'country') return named('region', deliveryCountries());
  if (kind === 'currency') return named('currency', Intl.supportedValuesOf('currency'));
  if (kind === 'timeZone') {
    return [...new Set([stored, ...Intl.supportedValuesOf('timeZone'), 'UTC'])]
      .filter(Boolean)
      .sort()
      .map((value) => ({ value, label: value.replaceAll('_', ' ') }));
  }
  return choices.map((value) => ({ value, label: t(`settings.${group}.choices.${value}`) }));
}

/** Countries to which the shop delivers. */
const deliveryCountries = (): string[] => (useSession().shop.value?.countries ?? []).map(({ code }) => code);
