import { computed, ref } from 'vue';
import type { Ref } from 'vue';

/**
 * Dialogs of which one is open at a time, by the name of the step that they are.
 *
 * @param plain the forms that need nothing but the row they are about; the page draws the others itself
 */
export function useStepForms<Step extends string, Forms extends { readonly [Name in Step]?: unknown }>(
  first: Step,
  plain: Forms,
) {
  const step = ref(first) as Ref<Step>;
  const plainForm = computed(() => {
    const form: unknown = plain[step.value];
    return (form ?? null) as Exclude<Forms[keyof Forms], undefined> | null;
  });
  return { step, plainForm };
}
