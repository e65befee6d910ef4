import { parsePrice, priceText } from '../ui/money';
import type { FieldDefinition } from '../ui/forms/fields/field';
import type { Tools } from '../ui/useTools';
import type { DescribedField } from './described-field';

/** A step as it is typed: texts, as the fields of a form hold them. */
export interface StepDraft extends Record<string, unknown> {
  upTo: string;
  amount: string;
}

/** A step as the API has it. */
interface Step {
  readonly upTo: number;
  readonly amount: number;
}

type Reading = Pick<Tools, 't' | 'currency' | 'locale'>;

/** What the form shows first: one empty step, because the first row of a list is what most people want to fill in. */
export function stepDrafts(
  { stepUnit }: DescribedField,
  value: unknown,
  { currency, locale }: Pick<Reading, 'currency' | 'locale'>,
): StepDraft[] {
  const steps = (value ?? []) as readonly Step[];
  const typed = steps.map(({ upTo, amount }) => ({
    upTo: stepUnit === 'MONEY' ? priceText(upTo, currency, locale) : String(upTo),
    amount: priceText(amount, currency, locale),
  }));
  return typed.length > 0 ? typed : [{ upTo: '', amount: '' }];
}

/** What is sent; null for none. Only for drafts in which `wrongStep` finds nothing. */
export function stepsOf(
  field: DescribedField,
  drafts: readonly StepDraft[],
  currency: string,
): Step[] | null {
  const steps = written(drafts).map(({ upTo, amount }) => ({
    upTo: borderOf(field, upTo, currency) ?? 0,
    amount: parsePrice(amount, currency) ?? 0,
  }));
  return steps.length > 0 ? steps.sort((one, other) => one.upTo - other.upTo) : null;
}

/** Where the first wrong step is, and what is wrong with it, in words for who fills it in. */
export function wrongStep(
  field: DescribedField,
  drafts: readonly StepDraft[],
  { t, currency }: Pick<Reading, 't' | 'currency'>,
): { readonly path: string[]; readonly message: string } | null {
  if (field.isRequired && written(drafts).length === 0)
    return { path: ['0', 'upTo'], message: t('describedFields.required') };
  const seen = new Set<number>();
  for (const [at, draft] of drafts.entries()) {
    if (isEmpty(draft)) continue;
    const border = borderOf(field, draft.upTo, currency);
    if (!border)
      return {
        path: [String(at), 'upTo'],
        message: t(field.stepUnit === 'MONEY' ? 'describedFields.price' : 'describedFields.wholeNumber'),
      };
    if (seen.has(border)) return { path: [String(at), 'upTo'], message: t('describedFields.stepTwice') };
    seen.add(border);
    if (parsePrice(draft.amount, currency) === null)
      return { path: [String(at), 'amount'], message: t('describedFields.price') };
  }
  return null;
}

/** Steps in a form: rows of a border and a price. */
export function stepsDefinition<Entity>({ stepUnit, label }: DescribedField): FieldDefinition<Entity> {
  const isMoney = stepUnit === 'MONEY';
  return {
    label: () => label,
    kind: 'rows',
    addLabel: 'describedFields.addStep',
    newRow: () => ({ upTo: '', amount: '' }),
    parts: {
      upTo: {
        label: isMoney ? 'describedFields.upToSum' : 'describedFields.upToGrams',
        kind: isMoney ? 'money' : 'whole',
        isHalf: true,
      },
      amount: { label: 'describedFields.stepPrice', kind: 'money', isHalf: true },
    },
  };
}

const isEmpty = ({ upTo, amount }: StepDraft): boolean => upTo.trim() === '' && amount.trim() === '';
const written = (drafts: readonly StepDraft[]): StepDraft[] => drafts.filter((draft) => !isEmpty(draft));

function borderOf({ stepUnit }: DescribedField, text: string, currency: string): number | null {
  if (stepUnit === 'MONEY') return parsePrice(text, currency);
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : null;
}
