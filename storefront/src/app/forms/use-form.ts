import { safeParse, type BaseIssue, type BaseSchema, type InferOutput } from 'valibot';
import { computed, nextTick, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import { leadToTrouble } from './lead-to-trouble';
import { keepTyped, typedBefore } from './typed-text';
import { useI18n } from '../messages/i18n';

/** A translated error of the API. Without a field it is shown above the form. */
export interface FormError {
  message: string;
  path?: readonly string[] | null;
}

type Schema = BaseSchema<Record<string, unknown>, Record<string, unknown>, BaseIssue<unknown>>;

export interface Form<Values> {
  values: Values;
  /** The error messages of each field. Empty until the first submission. */
  errors: ComputedRef<Partial<Record<string, string>>>;
  problems: Ref<string[]>;
  isSending: Ref<boolean>;
  /** Validates and sends the form, and moves the focus to the first error. `from` is the form's element or its event. */
  send: (from?: Event | HTMLElement) => Promise<void>;
  /** Validates without sending, for forms that are sent together. Returns true when valid. */
  check: () => boolean;
  /** Removes what was stored under `keep`, after it was sent. */
  forget: () => void;
  /** Shows the errors of a submission that included these values. */
  refuse: (userErrors: readonly FormError[]) => void;
}

export interface FormOptions {
  /** The path of the form's values in the input, such as ['shippingAddress']: an error elsewhere belongs to no field. */
  readonly at?: readonly string[];
  /** A name to store unsent input under, in this tab until it is sent, so that it survives signing in. */
  readonly keep?: string;
}

/**
 * One form: its values, validation errors and submission.
 *
 * Messages of the schema are translation keys. Fields are validated on input only after the first submission, and the
 * first invalid one gets the focus.
 */
export function useForm<S extends Schema, Values extends Record<string, string | boolean>>(
  schema: S,
  initial: Values,
  deliver: (values: InferOutput<S>) => Promise<FormError[]>,
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
      // An error of the API is removed when its field changes.
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
        const userErrors = await deliver(output as InferOutput<S>);
        refuse(userErrors);
        if (!userErrors.length) forget();
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

  function refuse(userErrors: readonly FormError[]): void {
    for (const { message, path } of userErrors) {
      const where = path?.[0] === 'input' ? path.slice(1) : (path ?? []);
      const [field, ...deeper] = at.every((part, i) => where[i] === part) ? where.slice(at.length) : [];
      if (field && field in values && !deeper.length)
        refused.value[field] = { value: values[field], message };
      else problems.value.push(message);
    }
  }

  return { values, errors, problems, isSending, send, check, forget, refuse };
}
