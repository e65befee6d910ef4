import type { Client } from '@urql/core';
import type { Answer, useIntent } from '../../app/useIntent';
import type { FormDefinition } from './define-form';
import type { useDraft } from './drafts/useDraft';

type State = Record<string, unknown>;

/** Codes after which nobody knows whether the request, or an earlier one under its key, had its effect. */
const UNSETTLED = new Set(['NETWORK', 'IDEMPOTENCY_KEY_REUSED']);

/** Sends a form under one key until its outcome is known, also when the page was loaded anew in between. */
export function useSending<Entity extends object, Values extends object, Preview>(
  form: FormDefinition<Entity, Values, Preview>,
  client: Client,
  { draft, intent }: { draft: ReturnType<typeof useDraft<State>>; intent: ReturnType<typeof useIntent> },
) {
  /** Whether these texts of the fields were sent before and the answer was lost. */
  const isRepeat = (state: State): boolean => draft.attempt()?.sent === JSON.stringify(state);

  /** A mutation without a key is known by its version alone. */
  const takesKey = (entity: Entity | undefined): boolean =>
    entity ? (form.update?.length ?? 0) > 3 : (form.create?.length ?? 0) > 2;

  async function request(entity: Entity | undefined, values: Values, key: string): Promise<Answer> {
    if (entity) return (await form.update?.(client, entity, values, key)) ?? { result: {} };
    return (await form.create?.(client, values, key)) ?? { result: {} };
  }

  /**
   * A repeat sends the version of before as well, which the request itself may have changed: only the same request, to the
   * letter, is known by its key.
   */
  async function send(
    entity: Entity | undefined,
    { values, state }: { values: Values; state: State },
    done: string,
  ): Promise<boolean> {
    const open = draft.attempt();
    const shown = open && entity && isRepeat(state) ? { ...entity, version: open.version } : entity;
    if (open) intent.begin(open.key);
    const isSaved = await intent.send((key) => {
      const attempt = {
        key,
        version: versionOf(entity),
        sent: JSON.stringify(state),
        at: new Date().toISOString(),
      };
      if (!open && takesKey(entity)) draft.setAttempt(attempt);
      return request(shown, values, key);
    }, done);
    if (isSaved) draft.accept(state);
    if (!intent.userErrors.value.some(({ code }) => UNSETTLED.has(code))) draft.setAttempt(null);
    return isSaved;
  }

  return { send, isRepeat };
}

const versionOf = (entity: object | undefined): number | null => {
  const { version } = (entity ?? {}) as { version?: unknown };
  return typeof version === 'number' ? version : null;
};
