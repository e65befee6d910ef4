import type { CombinedError } from '@urql/core';
import { useErrorMessages, type UserErrorData } from '../app/messages/error-messages';
import { useMessages } from './PluginPart';

/**
 * Says what went wrong with a mutation, one sentence for each error; none when it worked. A code of the plugin's own has its words in
 * `errors` of the plugin's messages.
 */
export function usePartErrors() {
  const { t, te } = useMessages();
  const ofShop = useErrorMessages();
  return (
    errors: readonly { readonly code: string }[] | undefined,
    failure: CombinedError | undefined,
  ): string[] => {
    if (failure) return [ofShop.ofFailure(failure)];
    return (errors ?? []).map((error) =>
      te(`errors.${error.code}`) ? t(`errors.${error.code}`) : ofShop.ofError(error as UserErrorData),
    );
  };
}
