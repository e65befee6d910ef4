import { useClientHandle } from '@urql/vue';
import { computed, nextTick, ref, watch } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { readAgain } from '../../app/seen-version';
import { useIntent } from '../../app/useIntent';
import type { Answer } from '../../app/useIntent';
import { useTools } from '../useTools';
import type { FormDefinition } from './define-form';
import { useDraft } from './drafts/useDraft';
import { encodeValue } from './fields/codecs';
import type { FieldDefinition } from './fields/field';
import { nameOfField } from './fields/field-names';
import { sortErrors } from './fields/field-errors';

type State = Record<string, unknown>;

/**
 * A form that is described, at work: what is in its fields, what a colleague changed meanwhile, sending it, and
 * what was refused, at its field.
 *
 * @param reload reads the entity again; called before sending, so that a colleague's change is merged first, and after
 *   saving
 */
export function useForm<Entity extends { id: string }, Values extends object>(
  form: FormDefinition<Entity, Values>,
  entity: () => Entity | undefined,
  reload?: () => Promise<void>,
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
    () => (form.name && !isSecret ? { form: form.name, object: entity()?.id ?? 'new' } : null),
  );

  const { follow } = form;
  if (follow) {
    watch(
      () => ({ ...draft.draft.value }),
      (now, before) => void Object.assign(draft.draft.value ?? {}, follow(now, before)),
    );
  }

  const isReading = ref(false);
  const sent = ref<State>({});
  const sorted = computed(() =>
    sortErrors(
      intent.userErrors.value,
      { fields, fieldOfCode: form.fieldOfCode, sent: sent.value },
      messagesFor,
    ),
  );

  /** Shows the entity, or what is kept of earlier unsaved input, without errors. */
  function start(): void {
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

  /** Sends what is in the fields, on top of what a colleague saved meanwhile. True when it is saved. */
  async function submit(): Promise<boolean> {
    if (intent.busy.value || isReading.value) return false;
    if (reload) await readEntity();
    const read = schema.value.safeParse(draft.draft.value);
    if (draft.clashes.value.length > 0 || !read.success) return false;
    sent.value = read.data as State;
    // Spelled as it will come back: "105,5" for "105,50" would look like the change of a colleague.
    const mine = toState(read.data);
    draft.draft.value = mine;
    const isSaved = await intent.send(
      (key) => request(read.data, key),
      tools.value.t(form.done ?? 'form.saved'),
    );
    if (isSaved) draft.accept(mine);
    // Also after an error: a part may have been saved, which is no change any more then.
    if (reload && intent.userErrors.value[0]?.code !== 'NETWORK') await readEntity();
    return isSaved;
  }

  async function request(values: Values, key: string): Promise<Answer> {
    const shown = entity();
    if (shown) return (await form.update?.(client, shown, values, key)) ?? { result: {} };
    return (await form.create?.(client, values, key)) ?? { result: {} };
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
    busy: computed(() => intent.busy.value || isReading.value),
    fieldErrors: computed(() => sorted.value.fields),
    problems: computed(() => sorted.value.general),
    /** How a clash names its field. */
    nameOf: (path: string) => nameOfField(path, fields, tools.value, entity()),
  };
}
