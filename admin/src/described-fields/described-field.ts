import { contentLanguages } from '../app/content-languages';
import { parsePrice, priceText } from '../ui/money';
import type { Tools } from '../ui/useTools';
import { stepDrafts, stepsOf, wrongStep, type StepDraft } from './steps';

/** A field as the API describes it (`FieldDescription`). */
export interface DescribedField {
  readonly name: string;
  readonly type: 'STRING' | 'TEXT' | 'INT' | 'MONEY' | 'BOOLEAN' | 'DATE' | 'ENUM' | 'STEPS';
  readonly label: string;
  readonly help: string | null;
  readonly isRequired: boolean;
  readonly isList: boolean;
  readonly isTranslated: boolean;
  readonly min: number | null;
  readonly max: number | null;
  readonly pattern: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** Of STEPS: what their borders count. */
  readonly stepUnit?: 'GRAMS' | 'MONEY' | null;
}

/** A field with its value in the form of the API; null for none. */
export interface FilledField {
  readonly description: DescribedField;
  readonly value?: unknown;
}

/**
 * What a form holds for a field while it is filled in: the text that is typed, whatever the type; a text by language of
 * a translated field, a switch, the chosen options of a list, or steps.
 */
export type FieldDraft = string | boolean | string[] | StepDraft[] | Record<string, string>;

type Reading = Pick<Tools, 't' | 'currency' | 'locale'>;

/** What the form shows first. */
export function draftOf({ description, value }: FilledField, { currency, locale }: Reading): FieldDraft {
  const { type, isList, isTranslated } = description;
  if (type === 'STEPS') return stepDrafts(description, value, { currency, locale });
  if (isTranslated) {
    const texts = (value ?? {}) as Record<string, string>;
    return Object.fromEntries(contentLanguages().map((language) => [language, texts[language] ?? '']));
  }
  if (type === 'BOOLEAN') return value === true;
  if (isList) {
    const values = ((value ?? []) as unknown[]).map(String);
    return type === 'ENUM' ? values : values.join('\n');
  }
  if (type === 'MONEY') return priceText(value as number | null, currency, locale);
  return value == null ? '' : String(value as string | number);
}

/** What is sent for a draft: null empties the field. Only for drafts that `wrongIn` takes. */
export function valueOf(field: DescribedField, draft: FieldDraft, currency: string): unknown {
  if (field.type === 'STEPS') return stepsOf(field, draft as StepDraft[], currency);
  if (typeof draft === 'boolean') return draft;
  if (Array.isArray(draft)) return draft.length > 0 ? draft : null;
  if (typeof draft === 'object') return Object.values(draft).some((text) => text.trim()) ? draft : null;
  if (field.isList) {
    const lines = linesOf(draft);
    return lines.length > 0 ? lines.map((line) => oneValue(field, line, currency)) : null;
  }
  return draft.trim() === '' ? null : oneValue(field, draft.trim(), currency);
}

function oneValue({ type }: DescribedField, text: string, currency: string): unknown {
  if (type === 'INT') return Number(text);
  return type === 'MONEY' ? parsePrice(text, currency) : text;
}

/** What is wrong with a draft, in words for who fills it in; null when it can be sent. */
export function wrongIn(field: DescribedField, draft: FieldDraft, { t, currency }: Reading): string | null {
  if (field.type === 'STEPS') return wrongStep(field, draft as StepDraft[], { t, currency })?.message ?? null;
  if (typeof draft === 'boolean') return null;
  const isEmpty = valueOf(field, draft, currency) === null && !isText(draft);
  if (field.isRequired && isEmpty) return t('describedFields.required');
  const texts = textsOf(field, draft);
  return texts.map((text) => wrongText(field, text, { t, currency })).find(Boolean) ?? null;
}

/** At which language of a translated field something is wrong; null for other fields. */
export function wrongLanguage(field: DescribedField, draft: FieldDraft, reading: Reading): string | null {
  if (!field.isTranslated || typeof draft !== 'object' || Array.isArray(draft)) return null;
  const wrong = Object.entries(draft).find(([, text]) => text.trim() && wrongText(field, text, reading));
  return wrong?.[0] ?? contentLanguages()[0] ?? null;
}

const isText = (draft: FieldDraft): boolean => typeof draft === 'string' && draft.trim() !== '';

function textsOf({ isList }: DescribedField, draft: FieldDraft): string[] {
  if (typeof draft === 'boolean' || Array.isArray(draft)) return [];
  if (typeof draft === 'object') return Object.values(draft).filter((text) => text.trim());
  return isList ? linesOf(draft) : linesOf(draft).length > 0 ? [draft.trim()] : [];
}

function wrongText(
  { type, min, max, pattern }: DescribedField,
  text: string,
  { t, currency }: Pick<Reading, 't' | 'currency'>,
): string | null {
  const isAmount = type === 'MONEY';
  if (isAmount && parsePrice(text, currency) === null) return t('describedFields.price');
  if (type === 'INT' && !/^[+-]?\d+$/.test(text)) return t('describedFields.wholeNumber');
  if (type === 'DATE' && !/^\d{4}-\d{2}-\d{2}$/.test(text)) return t('describedFields.day');
  if (pattern !== null && !new RegExp(`^(?:${pattern})$`).test(text))
    return t('describedFields.pattern', { pattern });
  const isLength = type === 'STRING' || type === 'TEXT';
  const size = isLength
    ? [...text.trim()].length
    : isAmount
      ? (parsePrice(text, currency) ?? 0)
      : Number(text);
  const shown = (bound: number): string => (isAmount ? priceText(bound, currency, 'en') : String(bound));
  if (max !== null && size > max)
    return t(isLength ? 'describedFields.tooLong' : 'describedFields.tooMuch', { max: shown(max) });
  if (min !== null && size < min)
    return t(isLength ? 'describedFields.tooShort' : 'describedFields.tooLittle', { min: shown(min) });
  return null;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
