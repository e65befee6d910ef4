import { safeParse, type BaseIssue, type BaseSchema, type InferOutput } from 'valibot';
import { computed, nextTick, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import { leadToTrouble } from './lead-to-trouble';
import { keepTyped, typedBefore } from './typed-text';
import { useI18n } from './i18n';

/** A refusal that came back from the API, already in words. Without a field it stands above the form. */
export interface Refusal {
  message: string;
  path?: readonly string[] | null;
}

type Schema = BaseSchema<Record<string, unknown>, Record<string, unknown>, BaseIssue<unknown>>;

export interface Form<Values> {
  values: Values;
  /** The words beneath each field. Empty until the customer has pressed the button once. */
  errors: ComputedRef<Partial<Record<string, string>>>;
  problems: Ref<string[]>;
  isSending: Ref<boolean>;
  /** Checks, delivers, and leads to what is wrong. `from` is the form's element, or the event that it sent. */
  send: (from?: Event | HTMLElement) => Promise<void>;
  /** Checks without delivering, for forms that are delivered together. True when nothing is wrong. */
  check: () => boolean;
  /** Forgets what was kept under `keep`: it was delivered. */
  forget: () => void;
  /** Shows refusals of another form's delivery, which carried these values too. */
  refuse: (refusals: readonly Refusal[]) => void;
}

export interface FormOptions {
  /** Where the form's values stand in the input, such as ['shippingAddress']: a refusal elsewhere is not of a field. */
  readonly at?: readonly string[];
  /** A name to keep what is typed under, in this tab until it was delivered: it survives signing in. */
  readonly keep?: string;
}

/**
 * One form: its values, what is wrong with them, and sending them once they are right.
 *
 * Messages of the schema are keys of our texts. Fields are checked again while they are corrected, never before the
 * first attempt, and the first wrong one gets the focus.
 */
export function useForm<S extends Schema, Values extends Record<string, string | boolean>>(
  schema: S,
  initial: Values,
  deliver: (values: InferOutput<S>) => Promise<Refusal[]>,
  { at = [], keep }: FormOptions = {},
): Form<Values> {
  const { t } = useI18n();
  const values = reactive({ ...initial, ...(keep ? typedBefore(keep) : null) }) as Values;
  if (keep) watch(values, (typed) => keepTyped(keep, typed));
  const wasTried = ref(false);
  const refused = ref<Record<string, { value: unknown; message: string }>>({});
  const problems = ref<string[]>([]);
  const isSending = ref(false);

  const outcome = computed(() => safeParse(schema, values));
  const errors = computed(() => {
    const found: Partial<Record<string, string>> = {};
    for (const [field, { value, message }] of Object.entries(refused.value)) {
      // What the API refused is forgotten as soon as the customer changes it.
      if (values[field] === value) found[field] = message;
    }
    if (!wasTried.value) return found;
    for (const issue of outcome.value.issues ?? []) {
      const field = String(issue.path?.[0]?.key ?? '');
      found[field] ??= t(issue.message);
    }
    return found;
  });

  async function send(from?: Event | HTMLElement): Promise<void> {
    if (isSending.value) return;
    const element = from instanceof Event ? from.currentTarget : from;
    const { output } = outcome.value;
    if (check()) {
      isSending.value = true;
      try {
        const refusals = await deliver(output as InferOutput<S>);
        refuse(refusals);
        if (!refusals.length) forget();
      } finally {
        isSending.value = false;
      }
    }
    await nextTick();
    if (element instanceof HTMLElement) leadToTrouble(element);
  }

  function check(): boolean {
    wasTried.value = true;
    problems.value = [];
    refused.value = {};
    return outcome.value.success;
  }

  function forget(): void {
    if (keep) keepTyped(keep, null);
  }

  function refuse(refusals: readonly Refusal[]): void {
    for (const { message, path } of refusals) {
      const where = path?.[0] === 'input' ? path.slice(1) : (path ?? []);
      const [field, ...deeper] = at.every((part, i) => where[i] === part) ? where.slice(at.length) : [];
      if (field && field in values && !deeper.length)
        refused.value[field] = { value: values[field], message };
      else problems.value.push(message);
    }
  }

  return { values, errors, problems, isSending, send, check, forget, refuse };
}
