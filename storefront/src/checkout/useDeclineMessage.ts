import { computed, type ComputedRef } from 'vue';
import { useI18n } from '../app/i18n';

/** Why the bank said no and what to do about it; null while it has not. */
export function useDeclineMessage(failureCode: () => string | null | undefined): ComputedRef<string | null> {
  const { t, te } = useI18n();
  return computed(() => {
    const code = failureCode();
    if (!code) return null;
    const key = `errors.${code.toUpperCase()}`;
    return te(key) ? t(key) : t('pay.declined');
  });
}
