import type { OperationResult } from '@urql/core';
import { onScopeDispose, ref, watch } from 'vue';
import type { Ref } from 'vue';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';

/** What the API returned about an action; nothing when it has an error. */
export interface PreviewAnswer<Preview> {
  result: Pick<OperationResult, 'error'>;
  preview: Preview | null | undefined;
}

const PAUSE_MS = 250;

/**
 * The preview of an action, loaded while the user is still deciding. Only the response to the latest input
 * counts; until it arrives, `checking` is true and the button must be disabled. A null input loads nothing.
 */
export function usePreview<Input, Preview>(
  input: () => Input | null,
  ask: (input: Input) => Promise<PreviewAnswer<Preview>>,
) {
  const preview = ref(null) as Ref<Preview | null>;
  const checking = ref(false);
  const problems = ref<string[]>([]);
  let latest = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function requestPreview(wanted: Input, turn: number): Promise<void> {
    const { result, preview: answer } = await ask(wanted);
    if (turn !== latest) return;
    checking.value = false;
    problems.value = errorsOf(result).map(messagesFor);
    preview.value = problems.value.length > 0 ? null : (answer ?? null);
  }

  /** Loads again with the same input, because the order itself has changed. */
  function refresh(): void {
    clearTimeout(pause);
    const wanted = input();
    const turn = (latest += 1);
    checking.value = wanted !== null;
    if (wanted !== null) {
      pause = setTimeout(() => void requestPreview(wanted, turn), PAUSE_MS);
      return;
    }
    preview.value = null;
    problems.value = [];
  }

  watch(() => JSON.stringify(input()), refresh, { immediate: true });
  onScopeDispose(() => {
    latest += 1;
    clearTimeout(pause);
  });

  return { preview, checking, problems, refresh };
}
