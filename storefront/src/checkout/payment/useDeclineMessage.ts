import { computed, type ComputedRef } from 'vue';
import { useI18n } from '../../app/messages/i18n';

/** The message of a declined payment; null without one. */
export function useDeclineMessage(failureCode: () => string | null | undefined): ComputedRef<string | null> {
  const { t, te } = useI18n();
  return computed(() => {
    const code = failureCode();
    if (!code) return null;
    const key = `errors.${code.toUpperCase()}`;
    return te(key) ? t(key) : t('pay.declined');
  });
}
