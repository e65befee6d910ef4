import type { Client } from '@urql/core';
import { computed } from 'vue';
import { usePreview } from '../usePreview';
import type { FormDefinition } from './define-form';

/** What sending a form would do, asked while it is filled in and looked at. */
export function useFormPreview<Entity, Values extends object, Preview>(
  form: FormDefinition<Entity, Values, Preview>,
  client: Client,
  at: { entity: () => Entity | undefined; values: () => Values | undefined; isShown: () => boolean },
) {
  const { preview, checking, problems } = usePreview(
    () => {
      const [entity, values] = [at.entity(), at.values()];
      return form.preview && at.isShown() && entity && values ? form.preview(values, entity) : null;
    },
    ({ load }) => load(client),
  );
  /** Whether it may not be sent because nobody knows yet what that would do. */
  const isUnforeseen = computed(() => {
    const [entity, values] = [at.entity(), at.values()];
    if (!form.preview || (entity && values && form.needsNoPreview?.(values, entity))) return false;
    return !preview.value || checking.value;
  });
  return { preview, checking, problems, isUnforeseen };
}
