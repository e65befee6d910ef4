import { messagesFor } from '../app/error-messages';
import { useIntent } from '../app/useIntent';
import { useMessages } from './plugin-messages';

/**
 * Sends one action of staff under one idempotency key; see `useIntent` of the admin. A code of the plugin's own has its words in
 * `errors` of the plugin's messages.
 */
export function usePluginIntent() {
  const { t, te } = useMessages();
  return useIntent((problem) => {
    const key = `errors.${problem.code}`;
    return te(key) ? t(key) : messagesFor(problem);
  });
}
