import { ref, watch, type Ref } from 'vue';
import { useI18n } from '../../app/messages/i18n';

export interface MissingPhone {
  phone: Ref<string>;
  phoneError: Ref<string | undefined>;
  /** Returns false and shows an error at the field when the number is required and missing. */
  check: () => boolean;
}

/** A phone number field outside an address form. */
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
