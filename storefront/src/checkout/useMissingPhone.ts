import { ref, watch, type Ref } from 'vue';
import { useI18n } from '../app/i18n';

export interface MissingPhone {
  phone: Ref<string>;
  phoneError: Ref<string | undefined>;
  /** True unless the number is needed and was not given, which is then said at the field. */
  check: () => boolean;
}

/** A telephone number that is asked for by itself, outside the form of an address. */
export function useMissingPhone(known: string | null | undefined, isNeeded: () => boolean): MissingPhone {
  const { t } = useI18n();
  const phone = ref(known ?? '');
  const phoneError = ref<string>();
  watch(phone, () => (phoneError.value = undefined));

  function check(): boolean {
    const isLacking = isNeeded() && !phone.value.trim();
    phoneError.value = isLacking ? t('field.required') : undefined;
    return !isLacking;
  }

  return { phone, phoneError, check };
}
