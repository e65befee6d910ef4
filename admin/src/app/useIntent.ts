import type { OperationResult } from '@urql/core';
import { ref } from 'vue';
import { messagesFor } from './error-messages';
import { newKey } from '@vitrine/client/intent-key';
import { errorsOf } from './user-errors';
import type { UserError } from './user-errors';

export interface Answer {
  result: Pick<OperationResult, 'error'>;
  refusals?: readonly UserError[];
}

/**
 * Sends one action of a user, from opening a dialog to its effect, under one idempotency key.
 *
 * The key is made by `begin` and stays until the outcome is known, so that pressing twice, or again after a lost
 * response, has one effect. After any response, success or error, the next press gets a new key.
 *
 * @param messageOf the message of an error, where the page knows more about it than its code
 */
export function useIntent(messageOf: (problem: UserError) => string = messagesFor) {
  const toast = useToast();
  const busy = ref(false);
  const refusals = ref<UserError[]>([]);
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

  /** Returns true on success, and then shows `done` in a notice. */
  async function send(request: (idempotencyKey: string) => Promise<Answer>, done: string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    forget();
    const { result, refusals: found } = await request(key);
    busy.value = false;
    refusals.value = errorsOf(result, found);
    problems.value = refusals.value.map((refusal) => messageOf(refusal));
    if (refusals.value[0]?.code !== 'NETWORK') key = newKey();
    if (refusals.value.length > 0) return false;
    toast.add({ icon: 'i-lucide-check', color: 'success', title: done });
    return true;
  }

  return { busy, problems, refusals, begin, send, forget };
}
