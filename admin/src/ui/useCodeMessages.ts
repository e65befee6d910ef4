import { readAutomaticReason } from '@vitrine/api/automatic-reasons';
import { useI18n } from 'vue-i18n';

/** Words for what programs wrote: codes of a provider, names of mails, reasons that the shop gave by itself. */
export function useCodeMessages() {
  const { t, te } = useI18n();

  /** The words of this group of messages, or the code itself: a newer server or a provider may know more than we do. */
  const wordOf = (group: 'disputeReason' | 'mailTemplate' | 'blockKind', code: string): string =>
    te(`${group}.${code}`) ? t(`${group}.${code}`) : code;

  /** A person's reason as it was typed, the shop's own in the language of the reader. */
  function reasonMessage(reason: string): string {
    const known = readAutomaticReason(reason);
    return known ? t(`automaticReason.${known.code}`, { number: known.returnNumber ?? '' }) : reason;
  }

  return { wordOf, reasonMessage };
}
