import { z } from 'zod';
import type { FieldDefinition, FieldKind, FormValues } from '../ui/forms/fields/field';
import type { TextsByLanguage } from '../ui/forms/fields/translations';
import type { Tools } from '../ui/useTools';
import { draftOf, valueOf, wrongIn, wrongLanguage } from './described-field';
import type { DescribedField, FieldDraft } from './described-field';
import { stepsDefinition, wrongStep, type StepDraft } from './steps';

/*
 * Fields that the API describes, as fields of a form: declared fields of an entity, or the arguments of a strategy. They are
 * drawn by the controls of every other form, checked as the API does, and read as what it takes.
 */

const PART = 'text';

/** How a described field is drawn. */
export function describedDefinition<Entity>(
  field: DescribedField,
  isFor?: (entity: Entity | undefined, values: FormValues) => boolean,
): FieldDefinition<Entity> {
  const label = (): string => field.label;
  if (field.type === 'STEPS') return { ...stepsDefinition<Entity>(field), ...(isFor && { isFor }) };
  const drawn: FieldDefinition<Entity> = {
    label,
    kind: kindOf(field),
    explain: ({ t }) => helpOf(field, t),
    choices: () => field.options.map(({ value, label: word }) => ({ value, label: word })),
    isOptional: !field.isRequired && field.type !== 'BOOLEAN',
    ...(isFor && { isFor }),
  };
  if (!field.isTranslated) return drawn;
  return { ...drawn, parts: { [PART]: { label, kind: field.type === 'TEXT' ? 'long-text' : 'text' } } };
}

function kindOf({ type, isList, isTranslated, min }: DescribedField): FieldKind {
  if (isTranslated) return 'translations';
  if (type === 'ENUM') return isList ? 'choices' : 'choice';
  if (isList) return 'lines';
  if (type === 'BOOLEAN') return 'switch';
  if (type === 'MONEY') return 'money';
  if (type === 'DATE') return 'day';
  if (type === 'TEXT') return 'long-text';
  // The keyboard of numbers has no sign on some phones.
  return type === 'INT' && (min ?? -1) >= 0 ? 'whole' : 'text';
}

function helpOf({ help, isList, type }: DescribedField, t: Tools['t']): string | undefined {
  const hint = isList && type !== 'ENUM' ? t('describedFields.oneALine') : '';
  return [help, hint].filter(Boolean).join(' ') || undefined;
}

/** A value of the API, and what the form holds for it; it is checked as the API does. */
export const describedValue = (field: DescribedField, tools: Tools) =>
  z.codec(z.unknown(), z.unknown(), {
    decode: (held, payload) => {
      const draft = draftIn(field, held);
      const message = wrongIn(field, draft, tools);
      if (!message) return valueOf(field, draft, tools.currency);
      payload.issues.push({ code: 'custom', input: held, path: wrongPath(field, draft, tools), message });
      return z.NEVER;
    },
    encode: (value) => heldFor(field, value, tools),
  });

/** Where in a field something is wrong: in a language of a translated one, in a step of steps. */
export function wrongPath(field: DescribedField, draft: FieldDraft, tools: Tools): string[] {
  if (field.type === 'STEPS') return wrongStep(field, draft as StepDraft[], tools)?.path ?? [];
  const language = wrongLanguage(field, draft, tools);
  return language ? [language, PART] : [];
}

/** What the form holds for a value of the API. */
export function heldFor(field: DescribedField, value: unknown, tools: Tools): unknown {
  const draft = draftOf({ description: field, value }, tools);
  if (!field.isTranslated) return draft;
  const texts = Object.entries(draft as Record<string, string>);
  return Object.fromEntries(texts.map(([language, text]) => [language, { [PART]: text }]));
}

/** What is entered, of what the form holds. */
export function draftIn(field: DescribedField, held: unknown): FieldDraft {
  if (field.type === 'STEPS') return (held ?? []) as StepDraft[];
  if (!field.isTranslated) return (held ?? '') as FieldDraft;
  const texts = Object.entries((held ?? {}) as TextsByLanguage);
  return Object.fromEntries(texts.map(([language, parts]) => [language, parts[PART] ?? '']));
}
