import { computed, ref, type ComputedRef } from 'vue';
import { useI18n } from '../../app/messages/i18n';

/**
 * The message of a declined payment; null without one, and once another attempt has begun: what was wrong with the card
 * of before says nothing about the one that is tried now, whose own answer stands in the form.
 */
export function useDeclineMessage(failureCode: () => string | null | undefined): {
  declined: ComputedRef<string | null>;
  tryAgain: () => void;
} {
  const { t, te } = useI18n();
  const isTryingAgain = ref(false);
  const declined = computed(() => {
    const code = failureCode();
    if (!code || isTryingAgain.value) return null;
    const key = `errors.${code.toUpperCase()}`;
    return te(key) ? t(key) : t('pay.declined');
  });
  return { declined, tryAgain: () => void (isTryingAgain.value = true) };
}
