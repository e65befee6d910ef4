import { computed, ref } from 'vue';
import type { ComputedRef, Ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import type { UserError } from '../../app/user-errors';
import type { Tools } from '../useTools';
import type { FormDefinition } from './define-form';
import type { FieldDefinition } from './fields/field';
import { sortErrors } from './fields/field-errors';

/** What was refused of a form that was sent, at its fields and above them. */
export function useFormErrors<Entity, Values extends object, Preview>(
  form: FormDefinition<Entity, Values, Preview>,
  at: { entity: () => Entity | undefined; tools: ComputedRef<Tools>; userErrors: Ref<UserError[]> },
) {
  const fields = form.fields as Readonly<Record<string, FieldDefinition<Entity>>>;
  /** The values that were sent, in whose lists errors count. */
  const sent = ref<Record<string, unknown>>({});
  const sorted = computed(() =>
    sortErrors(
      at.userErrors.value,
      { fields, fieldOfCode: form.fieldOfCode, sent: sent.value },
      (error) => form.messageOf?.(error, at.entity(), at.tools.value) ?? messagesFor(error),
    ),
  );
  return {
    sent,
    fieldErrors: computed(() => sorted.value.fields),
    refusals: computed(() => sorted.value.general),
  };
}
