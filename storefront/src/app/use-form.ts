import { safeParse, type BaseIssue, type BaseSchema, type InferOutput } from 'valibot';
import { computed, nextTick, reactive, ref, type ComputedRef, type Ref } from 'vue';
import { useWords } from './words';

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
  send: (event?: Event) => Promise<void>;
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
): Form<Values> {
  const { t } = useWords();
  const values = reactive({ ...initial }) as Values;
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

  async function send(event?: Event): Promise<void> {
    if (isSending.value) return;
    const element = event?.currentTarget;
    wasTried.value = true;
    problems.value = [];
    refused.value = {};
    const { success, output } = outcome.value;
    if (success) {
      isSending.value = true;
      try {
        sort(await deliver(output));
      } finally {
        isSending.value = false;
      }
    }
    await nextTick();
    if (element instanceof HTMLElement) element.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  function sort(refusals: Refusal[]): void {
    for (const { message, path } of refusals) {
      const field = path?.findLast((part) => part in values);
      if (field) refused.value[field] = { value: values[field], message };
      else problems.value.push(message);
    }
  }

  return { values, errors, problems, isSending, send };
}
