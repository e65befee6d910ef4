import { computed, type ComputedRef } from 'vue';
import { useWords } from '../app/words';

/** Why the bank said no and what to do about it; null while it has not. */
export function useDeclineWords(failureCode: () => string | null | undefined): ComputedRef<string | null> {
  const { t, te } = useWords();
  return computed(() => {
    const code = failureCode();
    if (!code) return null;
    const key = `errors.${code.toUpperCase()}`;
    return te(key) ? t(key) : t('pay.declined');
  });
}
