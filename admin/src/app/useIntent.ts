import type { OperationResult } from '@urql/core';
import { ref } from 'vue';
import { messagesFor } from './error-messages';
import { newKey } from '@vitrine/client/intent-key';
import { errorsOf } from './user-errors';
import type { Problem } from './user-errors';

export interface Answer {
  result: Pick<OperationResult, 'error'>;
  refusals?: readonly Problem[];
}

/**
 * One intention of a person, from opening a dialog to its effect.
 *
 * The key is made by `begin` and stays while the answer is unknown, so that pressing twice, or again after a lost
 * answer, has one effect. An answered intention is over, done or refused: the next press gets a key of its own.
 *
 * @param wordsOf how a refusal is told, where the page knows more of it than its code
 */
export function useIntent(wordsOf: (problem: Problem) => string = messagesFor) {
  const toast = useToast();
  const busy = ref(false);
  const refusals = ref<Problem[]>([]);
  const problems = ref<string[]>([]);
  let key = newKey();

  function forget(): void {
    refusals.value = [];
    problems.value = [];
  }

  function begin(): void {
    forget();
    key = newKey();
  }

  /** True when the server did it. `done` is then told in a notice. */
  async function send(request: (idempotencyKey: string) => Promise<Answer>, done: string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    forget();
    const { result, refusals: found } = await request(key);
    busy.value = false;
    refusals.value = errorsOf(result, found);
    problems.value = refusals.value.map((refusal) => wordsOf(refusal));
    if (refusals.value[0]?.code !== 'NETWORK') key = newKey();
    if (refusals.value.length > 0) return false;
    toast.add({ icon: 'i-lucide-check', color: 'success', title: done });
    return true;
  }

  return { busy, problems, refusals, begin, send, forget };
}
