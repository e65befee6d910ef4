import { useClientHandle } from '@urql/vue';
import { computed, nextTick, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { readAgain } from '../../app/seen-version';
import { useIntent } from '../../app/useIntent';
import { useTools } from '../useTools';
import type { Tools } from '../useTools';
import type { FormDefinition } from './define-form';
import { useDraft } from './drafts/useDraft';
import { encodeValue } from './fields/codecs';
import type { FieldDefinition, FormValues } from './fields/field';
import { nameOfField } from './fields/field-names';
import { sortErrors } from './fields/field-errors';
import { useFormPreview } from './useFormPreview';
import { useSending } from './useSending';

type State = Record<string, unknown>;

/**
 * A form that is described, at work: what is in its fields, what a colleague changed meanwhile, what sending it would do,
 * sending it, and what was refused, at its field.
 *
 * @param reload reads the entity again; called before sending, so that a colleague's change is merged first, and after
 *   saving
 * @param isShown whether it is looked at; only then its preview is asked for
 */
export function useForm<Entity extends { id: string }, Values extends object, Preview = unknown>(
  form: FormDefinition<Entity, Values, Preview>,
  entity: () => Entity | undefined,
  reload?: () => Promise<void>,
  isShown: () => boolean = () => true,
) {
  const tools = useTools();
  const { client } = useClientHandle();
  const intent = useIntent();
  const fields = form.fields as Readonly<Record<string, FieldDefinition<Entity>>>;
  const schema = computed(() => form.schema(tools.value, entity()));
  const toState = (values: object): State => encodeValue(schema.value, values) as State;
  const isSecret = Object.values(fields).some(({ kind }) => kind === 'secret');
  const draft = useDraft<State>(
    () => (entity() || form.create ? toState(form.toFields(entity(), tools.value)) : undefined),
    () =>
      form.name && !isSecret
        ? { form: form.name, object: entity()?.id ?? 'new', isPersonal: form.isPersonal === true }
        : null,
  );
  const read = computed(() => schema.value.safeParse(draft.draft.value));

  followChanges(draft.draft, form.follow);
  const preview = useFormPreview(form, client, { entity, values: () => read.value.data, isShown });
  const { send, isRepeat } = useSending(form, client, { draft, intent });

  const isReading = ref(false);
  const sent = ref<State>({});
  const sorted = computed(() =>
    sortErrors(
      intent.userErrors.value,
      { fields, fieldOfCode: form.fieldOfCode, sent: sent.value },
      (error) => form.messageOf?.(error, entity(), tools.value) ?? messagesFor(error),
    ),
  );

  /** Shows the entity, or what is kept of earlier unsaved input, without errors. */
  function start(): void {
    // What was already done under this key with other values is not done once more unless somebody begins anew.
    if (intent.userErrors.value.some(({ code }) => code === 'IDEMPOTENCY_KEY_REUSED')) draft.forget();
    intent.begin();
    draft.start();
  }

  function discard(): void {
    intent.begin();
    draft.reset();
  }

  async function readEntity(): Promise<void> {
    isReading.value = true;
    await reload?.();
    // Until the response has been merged into the form.
    await nextTick();
    isReading.value = false;
  }

  /** What is sent now, and its texts; null when it may not be sent. */
  function ready(): { values: Values; state: State } | null {
    if (draft.clashes.value.length > 0 || !read.value.success) return null;
    // Spelled as it will come back: "105,5" for "105,50" would look like the change of a colleague.
    return { values: read.value.data, state: toState(read.value.data) };
  }

  /** Sends what is in the fields, on top of what a colleague saved meanwhile. True when it is saved. */
  async function submit(): Promise<boolean> {
    if (intent.busy.value || isReading.value) return false;
    const before = ready();
    if (reload && !(before && isRepeat(before.state))) await readEntity();
    const now = ready();
    if (!now || (preview.isUnforeseen.value && !isRepeat(now.state))) return false;
    sent.value = now.values as State;
    draft.draft.value = now.state;
    const isSaved = await send(entity(), now, noticeOf(form, entity(), now.values, tools.value));
    // Also after an error: a part may have been saved, which is no change any more then.
    if (reload && intent.userErrors.value[0]?.code !== 'NETWORK') await readEntity();
    return isSaved;
  }

  const isStale = computed(() => intent.userErrors.value.some(readAgain));
  return {
    ...draft,
    start,
    discard,
    submit,
    tools,
    schema,
    fields,
    isStale,
    preview: preview.preview,
    checking: preview.checking,
    isUnforeseen: preview.isUnforeseen,
    userErrors: intent.userErrors,
    busy: computed(() => intent.busy.value || isReading.value),
    fieldErrors: computed(() => sorted.value.fields),
    problems: computed(() => [...preview.problems.value, ...sorted.value.general]),
    /** How a clash names its field. */
    nameOf: (path: string) => nameOfField(path, fields, tools.value, entity()),
  };
}

function followChanges(
  state: Ref<State | undefined>,
  follow: ((now: FormValues, before: FormValues) => FormValues) | undefined,
): void {
  if (!follow) return;
  watch(
    () => ({ ...state.value }),
    (now, before) => void Object.assign(state.value ?? {}, follow(now, before)),
  );
}

function noticeOf<Entity, Values extends object, Preview>(
  { done = 'form.saved' }: FormDefinition<Entity, Values, Preview>,
  entity: Entity | undefined,
  values: Values,
  tools: Tools,
): string {
  return typeof done === 'string' ? tools.t(done) : done(entity, values, tools);
}
