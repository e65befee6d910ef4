import { readAutomaticReason } from '@vitrine/api/automatic-reasons';
import { useI18n } from 'vue-i18n';

/** Messages for technical codes: codes of a provider, kinds of blocks, automatic reasons. */
export function useCodeMessages() {
  const { t, te } = useI18n();

  /** The message of a code in this group, or the code itself, because a newer server or a provider may send unknown codes. */
  const wordOf = (group: 'disputeReason' | 'blockKind', code: string): string =>
    te(`${group}.${code}`) ? t(`${group}.${code}`) : code;

  /** A typed reason unchanged; an automatic reason in the user's language. */
  function reasonMessage(reason: string): string {
    const known = readAutomaticReason(reason);
    return known ? t(`automaticReason.${known.code}`, { number: known.returnNumber ?? '' }) : reason;
  }

  return { wordOf, reasonMessage };
}
