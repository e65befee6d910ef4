import type { Client } from '@urql/core';
import { isOutcomeUnknown } from '../../app/useIntent';
import type { Answer, useIntent } from '../../app/useIntent';
import type { UserError } from '../../app/user-errors';
import type { FormDefinition } from './define-form';
import type { OpenAttempt } from './drafts/kept-drafts';
import type { useDraft } from './drafts/useDraft';

type State = Record<string, unknown>;

/** What is sent of a form. */
export interface Sent<Values, Preview> {
  readonly values: Values;
  /** The values as texts and choices of the fields. */
  readonly state: State;
  /** What the user was shown that it would do; null while that is not known. */
  readonly preview: Preview | null;
}

/** Whether nobody knows if the request, or an earlier one under its key, had its effect. */
const isUnsettled = (problems: readonly UserError[]): boolean =>
  isOutcomeUnknown(problems) || problems.some(({ code }) => code === 'IDEMPOTENCY_KEY_REUSED');

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

  /** A request under its key, to be noted before it is sent. */
  const attemptOf = (entity: Entity | undefined, sent: Sent<Values, Preview>, key: string): OpenAttempt => ({
    ...{ key, version: versionOf(entity), sent: JSON.stringify(sent.state) },
    ...{ values: sent.values, preview: sent.preview, at: new Date().toISOString() },
  });

  /**
   * A repeat sends the version and the values of before, which the request itself may have changed: only the same request,
   * to the letter, is known by its key.
   */
  async function send(
    entity: Entity | undefined,
    now: Sent<Values, Preview>,
    done: string,
  ): Promise<boolean> {
    const { state } = now;
    const again = isRepeat(state) ? draft.attempt() : null;
    const open = again ?? unsettled(draft.attempt());
    const shown = again && entity ? { ...entity, version: again.version } : entity;
    const values = (again?.values ?? now.values) as Values;
    intent.begin(open?.key);
    const isSaved = await intent.send((key) => {
      if (!open && takesKey(entity)) draft.setAttempt(attemptOf(entity, now, key));
      return request(shown, values, key);
    }, done);
    if (isSaved) draft.accept(state);
    if (!isUnsettled(intent.userErrors.value)) draft.setAttempt(null);
    return isSaved;
  }

  return { send, isRepeat };
}

/** An earlier request as long as nobody knows whether it had its effect. */
const unsettled = (open: OpenAttempt | null): OpenAttempt | null => (open?.isSeen ? null : open);

const versionOf = (entity: object | undefined): number | null => {
  const { version } = (entity ?? {}) as { version?: unknown };
  return typeof version === 'number' ? version : null;
};
