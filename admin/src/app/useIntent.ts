import type { OperationResult } from '@urql/core';
import { ref } from 'vue';
import { messagesFor } from './error-messages';
import { newKey } from '@vitrine/client/intent-key';
import { errorsOf } from './user-errors';
import type { UserError } from './user-errors';

export interface Answer {
  result: Pick<OperationResult, 'error'>;
  userErrors?: readonly UserError[];
}

/**
 * Codes after which nobody knows whether a request had its effect: no answer came, or one that says that the API failed
 * over it, or over writing the answer. Under its key it is sent again without a second effect.
 */
const UNKNOWN_OUTCOME: ReadonlySet<string> = new Set(['NETWORK', 'INTERNAL', 'QUERY_TOO_EXPENSIVE', 'BUSY']);

export const isOutcomeUnknown = (problems: readonly UserError[]): boolean =>
  problems.some(({ code }) => UNKNOWN_OUTCOME.has(code));

/**
 * Sends one action of a user, from opening a dialog to its effect, under one idempotency key.
 *
 * The key is made by `begin` and stays until the outcome is known, so that pressing twice, or again after a lost
 * response, has one effect. After success, and after a user error, the next press gets a new key.
 *
 * @param messageOf the message of an error, where the page knows more about it than its code
 */
export function useIntent(messageOf: (problem: UserError) => string = messagesFor) {
  const toast = useToast();
  const busy = ref(false);
  const userErrors = ref<UserError[]>([]);
  const problems = ref<string[]>([]);
  let key = newKey();

  function forget(): void {
    userErrors.value = [];
    problems.value = [];
  }

  /** @param earlier the key of a request whose answer was lost, to send it again */
  function begin(earlier?: string): void {
    forget();
    key = earlier ?? newKey();
  }

  /** Returns true on success, and then shows `done` in a notice; none when it is empty. */
  async function send(request: (idempotencyKey: string) => Promise<Answer>, done: string): Promise<boolean> {
    if (busy.value) return false;
    busy.value = true;
    forget();
    const { result, userErrors: found } = await request(key);
    busy.value = false;
    userErrors.value = errorsOf(result, found);
    problems.value = userErrors.value.map((userError) => messageOf(userError));
    if (!isOutcomeUnknown(userErrors.value)) key = newKey();
    if (userErrors.value.length > 0) return false;
    if (done) toast.add({ icon: 'i-lucide-check', color: 'success', title: done });
    return true;
  }

  return { busy, problems, userErrors, begin, send, forget };
}
