import { useClientHandle } from '@urql/vue';
import { computed, nextTick, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { readAgain } from '../../app/seen-version';
import { useIntent } from '../../app/useIntent';
import { useTools } from '../useTools';
import type { Tools } from '../useTools';
import type { FormDefinition } from './define-form';
import { useDraft } from './drafts/useDraft';
import { encodeValue } from './fields/codecs';
import type { FieldDefinition, FormValues } from './fields/field';
import { clashWords } from './fields/field-names';
import { useFormErrors } from './useFormErrors';
import { useFormPreview } from './useFormPreview';
import { useSending, type Sent } from './useSending';

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
    () => (isSecret ? null : placeOf(form, entity())),
  );
  const read = computed(() => schema.value.safeParse(draft.draft.value));

  followChanges(draft.draft, form.follow);
  const { send, isRepeat } = useSending(form, client, { draft, intent });
  /** Whether sending would be the request again whose answer was lost: what it does was shown before. */
  const isAgain = computed(() => read.value.success && isRepeat(toState(read.value.data)));
  const { checking, isUnforeseen, ...foreseen } = useFormPreview(form, client, {
    ...{ entity, isShown, tools: () => tools.value, values: () => read.value.data },
    shownBefore: () => (isAgain.value ? (draft.attempt()?.preview ?? null) : undefined),
  });
  const { userErrors } = intent;
  const { sent, ...refused } = useFormErrors(form, { entity, tools, userErrors });

  const isReading = ref(false);

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

  /** What is sent now; null when it may not be sent. */
  function ready(): Sent<Values, Preview> | null {
    const { data } = read.value;
    if (draft.clashes.value.length > 0 || !data) return null;
    const preview = foreseen.preview.value;
    const values = preview && form.agree ? form.agree(data, preview) : data;
    // Spelled as it will come back: "105,5" for "105,50" would look like the change of a colleague.
    return { values, state: toState(data), preview };
  }

  /** Sends what is in the fields, on top of what a colleague saved meanwhile. True when it is saved. */
  async function submit(): Promise<boolean> {
    if (intent.busy.value || isReading.value) return false;
    if (reload && !isAgain.value) await readEntity();
    const now = ready();
    if (!now || isUnforeseen.value) return false;
    sent.value = now.values as State;
    draft.draft.value = now.state;
    const isSaved = await send(entity(), now, noticeOf(form, entity(), now.values, tools.value));
    // Also after an error: a part may have been saved, which is no change any more then.
    const isAnswered = intent.userErrors.value[0]?.code !== 'NETWORK';
    if (reload && isAnswered) await readEntity();
    // What was refused may be so because it would no longer do what was shown.
    if (isAnswered && !isSaved) foreseen.refresh();
    return isSaved;
  }

  const busy = computed(() => intent.busy.value || isReading.value);
  return {
    ...draft,
    /** Whether there is anything to send: an unsaved change, or a request without an answer. */
    dirty: computed(() => draft.dirty.value || isAgain.value),
    ...{ start, discard, submit, busy, userErrors, tools, schema, fields },
    /** Whether it has a field that is kept nowhere. */
    isSecret,
    isStale: computed(() => userErrors.value.some(readAgain)),
    ...{ preview: foreseen.preview, checking, isUnforeseen },
    /** Whether sending it would repeat a request whose answer was lost, and when that was sent. */
    isAgain,
    unanswered: computed(() => (isAgain.value && !busy.value ? (draft.attempt()?.at ?? null) : null)),
    ...refused,
    /** What is wrong with what is in the fields, as the preview says it; with what was refused it makes up the problems. */
    previewProblems: foreseen.problems,
    problems: computed(() => [...foreseen.problems.value, ...refused.refusals.value]),
    ...clashWords(() => ({ fields, tools: tools.value, entity: entity(), values: draft.draft.value ?? {} })),
  };
}

/** Where unsaved input of a form is kept; null for one without a name. */
const placeOf = (
  { name, isPersonal = false }: { name?: string; isPersonal?: boolean },
  entity: { id: string } | undefined,
) => (name ? { form: name, object: entity?.id ?? 'new', isPersonal } : null);

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
