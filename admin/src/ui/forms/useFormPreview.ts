import type { Client } from '@urql/core';
import { computed } from 'vue';
import { usePreview } from '../usePreview';
import type { Tools } from '../useTools';
import type { FormDefinition } from './define-form';

interface At<Entity, Values> {
  entity: () => Entity | undefined;
  values: () => Values | undefined;
  isShown: () => boolean;
  tools: () => Tools;
  /** What was shown when the request was sent that sending would repeat; undefined when it would be another one. */
  shownBefore: () => unknown;
}

/**
 * What sending a form would do, asked while it is filled in and looked at. Of a request whose answer was lost it is not asked
 * again: it may have had its effect, and then a total of today would be another one.
 */
export function useFormPreview<Entity, Values extends object, Preview>(
  form: FormDefinition<Entity, Values, Preview>,
  client: Client,
  at: At<Entity, Values>,
) {
  const isAgain = (): boolean => at.shownBefore() !== undefined;
  const asked = usePreview(
    () => {
      const [entity, values] = [at.entity(), at.values()];
      const isAsked = form.preview && at.isShown() && !isAgain();
      return isAsked && entity && values ? (form.preview?.(values, entity) ?? null) : null;
    },
    ({ load }) => load(client),
  );
  const preview = computed(() => (isAgain() ? (at.shownBefore() as Preview | null) : asked.preview.value));
  /** Why this user may not send it; nothing where they may. */
  const forbidden = computed(() => {
    const key = isAgain()
      ? undefined
      : form.forbids?.({ entity: at.entity(), preview: preview.value, tools: at.tools() });
    return key ? [at.tools().t(key)] : [];
  });
  /** Whether it may not be sent, because nobody knows yet what that would do, or because the user may not do that. */
  const isUnforeseen = computed(() => {
    const [entity, values] = [at.entity(), at.values()];
    if (forbidden.value.length > 0) return true;
    if (!form.preview || isAgain()) return false;
    if (entity && values && form.needsNoPreview?.(values, entity)) return false;
    return !asked.preview.value || asked.checking.value;
  });
  const { checking, refresh } = asked;
  const problems = computed(() => [...asked.problems.value, ...forbidden.value]);
  return { preview, checking, problems, refresh, isUnforeseen };
}
